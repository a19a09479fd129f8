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
