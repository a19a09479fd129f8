"""What can go wrong with an application or a permit."""

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import JuzhuError


class TransitionForbidden(JuzhuError):
    """The application does not stand where this action starts: somebody was quicker, or a page is old."""

    code = "transition_forbidden"
    status = 409
    sentence = _("这一件的状态已经变了，可能有同事先办了。请看最新的状态。")


class SameOfficer(JuzhuError):
    """Four eyes: accepting and deciding are done by two different officers."""

    code = "same_officer"
    status = 409
    sentence = _("这一件是您受理的，受理人不能自己审核。请交给另一位同事。")


class OutOfArea(JuzhuError):
    """An officer's area does not hold this application: told as if it did not exist."""

    code = "not_found"
    status = 404
    sentence = _("没有这一件，或者不在您的辖区。")


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


class ConflictOfInterest(JuzhuError):
    """回避: it is the officer's own case, or that of somebody near to them. Source: requirements G04."""

    code = "conflict_of_interest"
    status = 409
    sentence = _("这一件和您有利害关系，您要回避，不能办。请移交给别的同事。")


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


class AnotherInHand(JuzhuError):
    """The applicant has something newer, which must end before the old case can be reopened. The sentence
    says what to do.
    """

    code = "another_in_hand"
    status = 409
