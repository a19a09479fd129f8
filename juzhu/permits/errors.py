"""What can go wrong with an application or a permit."""

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import JuzhuError
from juzhu.people.errors import ConflictOfInterest as ConflictOfInterest
from juzhu.people.errors import OutOfArea as OutOfArea


class TransitionForbidden(JuzhuError):
    """The application does not stand where this action starts: somebody was quicker, or a page is old."""

    code = "transition_forbidden"
    status = 409
    sentence = _("这一件的状态已经变了，可能有同事先办了。请看最新的状态。")


class LeftThisPlace(JuzhuError):
    """An applicant who has registered out since the day that their case is judged by."""

    code = "left_this_place"
    status = 409
    sentence = _(
        "申请人已经登记离开，现在不能准予。请用一次性告知请本人登记现在的住址；登记好了再准予，到期没有登记的，这一件失效。"
    )


class SameOfficer(JuzhuError):
    """Four eyes: accepting and deciding are done by two different officers."""

    code = "same_officer"
    status = 409
    sentence = _("这一件是您受理的，受理人不能自己审核。请交给另一位同事。")


class TwoMustLook(JuzhuError):
    """A refused endorsement ends a permit, and nobody ends one alone: somebody has accepted it first."""

    code = "two_must_look"
    status = 409
    sentence = _("不予签注会终止居住证，要两个人先后看过。请先受理，再由审核岗位决定。")


class StillMissing(JuzhuError):
    """Not everything is proved. `about["codes"]` lists what is not."""

    code = "still_missing"
    status = 409
    sentence = _("还有没证明的条件，现在不能受理或准予。请先一次性告知。")


class NotLookedAt(JuzhuError):
    """An upload that a finding rests on was not judged by an officer yet."""

    code = "not_looked_at"
    status = 409
    sentence = _("还有材料等您看。全部看过才能准予。")


class NotRefusable(JuzhuError):
    """The rules give no reason to refuse."""

    code = "not_refusable"
    status = 409
    sentence = _("按规则没有不予的理由。条件没满足才能不予；材料不够，请一次性告知。")


class NoticeIncomplete(JuzhuError):
    """A one-off notice that leaves out something that is missing."""

    code = "notice_incomplete"
    status = 409
    sentence = _("一次性告知必须写全。还缺的条件不能从告知里去掉。")


class AnotherApplication(JuzhuError):
    """There is an unfinished application, or a permit that is still good."""

    code = "another_application"
    status = 409
    sentence = _("您已经有一件在办，或者已经有居住证。不用再申领。")


class DraftIncomplete(JuzhuError):
    """A step of the form was not finished. `about["step"]` says which."""

    code = "draft_incomplete"
    sentence = _("还有一步没有填完。请先填完再提交。")


class NotRegisteredHere(JuzhuError):
    """An application needs a current registration, since it says which station is in charge."""

    code = "not_registered"
    status = 409
    sentence = _("申领之前要先登记住址。登记只要几分钟。")


class WindowClosed(JuzhuError):
    """An endorsement before its window opens. `about["opens"]` says when it does."""

    code = "window_closed"
    status = 409
    sentence = _("签注还没有开始。开始的那天我们会提醒您。")


class ReasonMissing(JuzhuError):
    """A refusal without reasons."""

    code = "reason_missing"
    sentence = _("请写明不予的理由。申请人会看到这段话。")


class ExtendedAlready(JuzhuError):
    """The term of a supplement is extended once only."""

    code = "extended_already"
    status = 409
    sentence = _("补正期限已经延长过一次，不能再延长。")


class PermitEnded(JuzhuError):
    """Something is asked of a permit that has ended."""

    code = "permit_ended"
    status = 409
    sentence = _("这张居住证已经终止，不能再改。")


class CorrectionInvalid(JuzhuError):
    """What shall stand on the permit is empty, of the wrong form, or what stands there already."""

    code = "correction_invalid"
    sentence = _("请写清楚正确的内容。和证上一样的，不用更正。")


class ProofMissing(JuzhuError):
    """A correction without a proof."""

    code = "proof_missing"
    sentence = _("请附上证明，照片或 PDF 都可以。")


class CorrectionAsked(JuzhuError):
    """A correction of the same field waits already."""

    code = "correction_asked"
    status = 409
    sentence = _("这一项您已经申请过更正，正在核对。请等结果。")


class NotConfirmed(JuzhuError):
    """The identity provider does not say what shall be put right."""

    code = "not_confirmed"
    status = 409
    sentence = _("人口库里不是这样写的，不能照改。请先请户籍窗口核对人口库，或写明理由不予更正。")


class FindingsContradict(JuzhuError):
    """The result of a check does not follow from what was found."""

    code = "findings_contradict"
    sentence = _(
        "结论和上面查到的对不上。有一样不属实，就不能写“属实”；写“变了”或“涉嫌虚假”，要有不属实的一样。"
    )


class NobodyToCheck(JuzhuError):
    """A draw from nobody."""

    code = "nobody_to_check"
    status = 409
    sentence = _("这个街道现在没有可以抽查的居住证。")


class ReviewOwed(JuzhuError):
    """A person's look that the holder asked for is owed to them."""

    code = "review_owed"
    status = 409
    sentence = _("这是本人要求的人工复核，不能取消。请复核后记下结果，本人会收到。")


class TimeBarred(JuzhuError):
    """An act is not punished two years after it ended. Source: Administrative Penalty Law art. 36."""

    code = "time_barred"
    status = 409
    sentence = _("已经超过 2 年，不能再处罚。")


class ImpossiblePenalty(JuzhuError):
    """A penalty that the statutes do not know, or not for somebody of that age."""

    code = "impossible_penalty"
    status = 409
    sentence = _("法律没有规定这样的处罚。")


class HeavierThanTold(JuzhuError):
    """A decision that goes beyond what the person was told. Source: Administrative Penalty Law arts. 44,
    45.
    """

    code = "heavier_than_told"
    status = 409
    sentence = _("不能比告知当事人的更重，也不能因为陈述、申辩加重。要加重，请重新告知。")


class OpenedByYou(JuzhuError):
    """Four eyes: who opened a case of fraud does not decide it."""

    code = "opened_by_you"
    status = 409
    sentence = _("这个案件是您立的，不能自己决定。请交给另一位所长。")


class TermRunning(JuzhuError):
    """The term for a statement is not over."""

    code = "term_running"
    status = 409
    sentence = _("陈述、申辩的期限还没有过。本人没有放弃的，要等期限过了。")


class ColleagueUnsuited(JuzhuError):
    """A case can't be given to this colleague; the sentence says why. No word of whose relative it is."""

    code = "colleague_unsuited"
    status = 409
    sentence = _("这一件不能交给这位同事：岗位或者辖区不对。请选别的同事。")


class PauseReasonUnknown(JuzhuError):
    """The law knows no such reason to stop the clock. `about["known"]` lists those it knows."""

    code = "pause_reason_unknown"
    sentence = _("不能因为这个停下期限。法律只认：听证、检验、检测、检疫、鉴定、专家评审。")


class ClockPaused(JuzhuError):
    """Nothing is decided while the clock stands still."""

    code = "clock_paused"
    status = 409
    sentence = _("期限停着，不能作决定。请先恢复计算期限。")


class ClockRuns(JuzhuError):
    """There is no pause to end."""

    code = "clock_runs"
    status = 409
    sentence = _("期限没有停，不用恢复。")


class TermIsOver(JuzhuError):
    """A term that has gone by can't be paused any more: the delay is the office's own."""

    code = "term_is_over"
    status = 409
    sentence = _("答复的期限已经过了，不能再停。请马上作决定。")


class RemedyInvalid(JuzhuError):
    """A remedy with days or outcomes that can't be. The sentence says which; `about["field"]` names it."""

    code = "remedy_invalid"


class NotOverturned(JuzhuError):
    """Nobody has overturned the decision, so there is nothing to do anew."""

    code = "not_overturned"
    status = 409
    sentence = _("没有撤销原决定的复议决定或者判决，不能重新办理。请先记下结果。")


class FactStands(JuzhuError):
    """A fact still ends what was to be done anew."""

    code = "fact_stands"
    status = 409
    sentence = _("记录的事实还在，这一件就还是终结的。请先撤销记错的事实，凭证写复议决定或者判决。")


class AnotherInHand(JuzhuError):
    """The applicant has something newer, which must end before the old case can be reopened. The sentence
    says what to do.
    """

    code = "another_in_hand"
    status = 409


class MayNotRepresent(JuzhuError):
    """Somebody who may not act for this applicant. The sentence says why."""

    code = "may_not_represent"
    sentence = _("这个人不能替申领人代办。")


class RepresentativeMissing(JuzhuError):
    """A child under 16 at the window, and nobody who acts for it. Source: Zhejiang art. 7.3."""

    code = "representative_missing"
    status = 409
    sentence = _("未满 16 周岁的，要由监护人或近亲属代办。请先填代办人。")


class CorrectionUnexplained(JuzhuError):
    """An officer mends somebody's form and does not say how they know."""

    code = "correction_unexplained"
    sentence = _("请写明凭什么改：本人在场，还是电话里说的。")


class NothingToComplete(JuzhuError):
    """A refusal to complete where nothing is missing any more."""

    code = "nothing_to_complete"
    status = 409
    sentence = _("要补的都齐了，没有不补正可言。请接着审查。")


class RouteUnknown(JuzhuError):
    """A route that the law does not know."""

    code = "route_unknown"
    sentence = _("没有这条途径。请从列出的途径里选一条。")


class BeingChecked(JuzhuError):
    """Something that a department is asked about: it may be neither asked for nor held against the applicant.

    `about["codes"]` names the conditions. The sentence names the bureau.
    """

    code = "being_checked"
    status = 409
    sentence = _("正在向部门核对，现在不能要申请人交，也不能以此不予。")


class AskedTooLate(JuzhuError):
    """An office asks once for all; this could have been asked the first time."""

    code = "asked_too_late"
    status = 409
    sentence = _("第一次告知时就该一起要的，不能现在再要。没有它办不了的，请和所长商量。")


class AnotherRouteHolds(JuzhuError):
    """Who meets another route is not refused; `about["route"]` names it. Source: requirements E03."""

    code = "another_route_holds"
    status = 409
