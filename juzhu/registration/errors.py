"""What can go wrong with a registration."""

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import JuzhuError
from juzhu.people.errors import ConflictOfInterest as ConflictOfInterest
from juzhu.people.errors import OutOfArea as OutOfArea


class HouseholdIsLocal(JuzhuError):
    """Somebody with local household registration needs no residence registration (requirements A01)."""

    code = "household_is_local"
    sentence = _("您的户籍在杭州市区，不用办居住登记，也不用居住证。")


class NotRegistered(JuzhuError):
    """A change or a departure without a current registration."""

    code = "not_registered"
    status = 409
    sentence = _("您现在没有居住登记。请先登记住址。")


class AlreadyRegistered(JuzhuError):
    """A first registration where there is a current one: a move is reported instead."""

    code = "already_registered"
    status = 409
    sentence = _("您已经登记过住址。搬家了，请用“住址变了”。")


class DayInvalid(JuzhuError):
    """A day that can't be: in the future, or before what it follows."""

    code = "day_invalid"


class PlaceUnknown(JuzhuError):
    """A subdistrict or community that isn't one of ours."""

    code = "place_unknown"
    sentence = _("请从列表里选街道和社区。")


class NothingReported(JuzhuError):
    """A filing without a single entry."""

    code = "nothing_reported"
    sentence = _("没有要报送的内容。")


class ReportInvalid(JuzhuError):
    """Entries that can't be taken; `about["faults"]`: place → field → sentence. Nothing was filed."""

    code = "report_invalid"
    status = 422
    sentence = _("有内容要改，还没有报送。请看标出来的地方。")


class PropertyFirmUnknown(JuzhuError):
    """Not a property firm that reports here, or nothing that one may be told."""

    code = "property_firm_unknown"
    sentence = _("这家物业没有开通报送。请直接向派出所报送。")


class AnsweredAlready(JuzhuError):
    """Somebody has answered it before."""

    code = "answered_already"
    status = 409
    sentence = _("这一条已经答复过了。")


class SaidTooLittle(JuzhuError):
    """An officer's word of how it was settled is missing."""

    code = "said_too_little"
    sentence = _("请写明核实的情况，至少 5 个字。")


class NothingOwed(JuzhuError):
    """An answer to a duty that is not there any more, or was never theirs."""

    code = "nothing_owed"
    status = 409
    sentence = _("这一件不用办了，可能刚刚办过。")


class DutyUnknown(JuzhuError):
    """A provision that lays no such duty on whom it is about."""

    code = "duty_unknown"
    sentence = _("这一条没有规定这个人或者单位的义务。请改选条款。")


class OrderClosed(JuzhuError):
    """An order that was obeyed or revoked before."""

    code = "order_closed"
    status = 409
    sentence = _("这一份责令改正已经办结。")


class FineImpossible(JuzhuError):
    """A fine that the statute does not leave open; the sentence says which rule stands in the way."""

    code = "fine_impossible"
    status = 409


class HeavierThanAnnounced(JuzhuError):
    """A decision beyond what was told before the hearing."""

    code = "heavier_than_announced"
    status = 409
    sentence = _("不能比告知的更重。要更重，请重新告知，重新听取陈述申辩。")


class OpenedByTheSame(JuzhuError):
    """Who opened a case does not decide it."""

    code = "opened_by_the_same"
    status = 409
    sentence = _("这一件是您立的案，要由另一位所长决定。")


class StatementTermRuns(JuzhuError):
    """The term for a statement is not over."""

    code = "statement_term_runs"
    status = 409
    sentence = _("陈述申辩的期限还没有到。本人不说话，要等期限过了再办。")


class CaseMovedOn(JuzhuError):
    """A step that the case does not allow as it stands."""

    code = "case_moved_on"
    status = 409
    sentence = _("这一件的情况已经变了，请刷新再看。")


class SheetGone(JuzhuError):
    """A sheet that is not there, or not this reporter's: told alike."""

    code = "not_found"
    status = 404
    sentence = _("没有这张表，或者您看不了。")


class SheetBusy(JuzhuError):
    """A sheet that is being read or filed, or was filed already."""

    code = "sheet_busy"
    status = 409
    sentence = _("这张表正在处理，或者已经提交，不用再按。")


class NothingToReport(JuzhuError):
    """A sheet on which no row is good."""

    code = "nothing_to_report"
    status = 409
    sentence = _("没有可以提交的行。有疑问的行，要先勾“核对过了”。")


class NobodyMovesIn(JuzhuError):
    """A household's form without anybody on it."""

    code = "nobody_moves_in"
    sentence = _("请勾选谁一起登记，至少一位。")


class ExemptionInvalid(JuzhuError):
    """A stay that frees nobody from registering, or days that can't be."""

    code = "exemption_invalid"
    sentence = _("请选住在哪里，从哪天起。")


class LinkInvalid(JuzhuError):
    """A signed link that isn't ours, or is over."""

    code = "link_invalid"
    status = 404
    sentence = _("这个链接不对，或者过期了。可以直接登记，不用链接。")


class StepForbidden(JuzhuError):
    """Something was answered before, or has not come so far."""

    code = "step_forbidden"
    status = 409
    sentence = _("这一步现在不能办，可能已经办过了。请刷新看最新的。")


class DwellingInvalid(JuzhuError):
    """What was said of a dwelling can't be; `about["field"]` names the place."""

    code = "dwelling_invalid"
    status = 422
    sentence = _("房屋的信息还有要改的。")


class RoomNotForLiving(JuzhuError):
    """A kitchen, balcony, cellar or garage is never let to live in. Source: Hangzhou order 287."""

    code = "room_not_for_living"
    status = 422
    sentence = _("厨房、阳台、地下储藏室、车库不能出租给人住。请改成不出租。")


class DwellingGone(JuzhuError):
    """The dwelling was torn down or is no dwelling any more."""

    code = "dwelling_gone"
    status = 409
    sentence = _("这处房屋已经注销，不能再办。")


class YoursAlready(JuzhuError):
    """A landlord records or claims what is theirs."""

    code = "yours_already"
    status = 409
    sentence = _("这个地址您已经登记过了。")


class LeaseInvalid(JuzhuError):
    """What was said of a lease can't be; `about["field"]` names the place."""

    code = "lease_invalid"
    status = 422
    sentence = _("合同的信息还有要改的。")


class StillLet(JuzhuError):
    """A dwelling can't go while somebody rents it."""

    code = "still_let"
    status = 409
    sentence = _("还有没结束的合同。请先把合同结束，再办这一步。")


class LandNotForIt(JuzhuError):
    """The housing department files leases on state-owned land; on collective land the subdistrict looks."""

    code = "land_not_for_it"
    status = 409
    sentence = _("集体土地上的房屋不用备案，由街道核对合同。")


class PapersMissing(JuzhuError):
    """Something is handed in without its scan."""

    code = "papers_missing"
    status = 422
    sentence = _("请附上照片或扫描件。")


class ReasonTooShort(JuzhuError):
    """A return without a reason that somebody could act on."""

    code = "reason_too_short"
    status = 422
    sentence = _("请写明要补什么、怎么补，至少 5 个字。")


class InspectionInvalid(JuzhuError):
    """What was found can't be; `about["field"]` names the place."""

    code = "inspection_invalid"
    status = 422
    sentence = _("排查表还有要改的。")


class InspectionDone(JuzhuError):
    """Somebody else has inspected it meanwhile."""

    code = "inspection_done"
    status = 409
    sentence = _("这次排查已经有人填过了。请看已有的结果。")


class AskedForAlready(JuzhuError):
    """The office has been asked before, and has not answered yet."""

    code = "asked_for_already"
    status = 409
    sentence = _("已经交上去了，正在等答复，不用再交。")
