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


class BeingChecked(JuzhuError):
    """Something that a department is asked about: it may be neither asked for nor held against the applicant.

    `about["codes"]` names the conditions. The sentence names the bureau.
    """

    code = "being_checked"
    status = 409
    sentence = _("正在向部门核对，现在不能要申请人交，也不能以此不予。")
