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
