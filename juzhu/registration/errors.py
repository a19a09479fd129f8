"""What can go wrong with a registration."""

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import JuzhuError


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


class StepForbidden(JuzhuError):
    """Something was answered before, or has not come so far."""

    code = "step_forbidden"
    status = 409
    sentence = _("这一步现在不能办，可能已经办过了。请刷新看最新的。")


class NearToIt(JuzhuError):
    """回避: it concerns the officer, or somebody near to them. Source: requirements G04."""

    code = "near_to_it"
    status = 409
    sentence = _("这件事和您有利害关系，您要回避。请交给别的同事。")


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
