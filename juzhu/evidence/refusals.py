"""Why a program's word is not taken. Codes are stable; the API hands them on."""

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import JuzhuError


class KindNotYours(JuzhuError):
    """A kind that this client, or its department, does not give."""

    code = "insufficient_scope"
    status = 403
    sentence = _("这一类信息不归这个部门提供。")


class PersonImpossible(JuzhuError):
    """An identity number that cannot be anybody's. `about["faults"]` says what is wrong."""

    code = "impossible"
    status = 422
    sentence = _("公民身份号码不对。请对照证件再看一遍。")


class SaysInvalid(JuzhuError):
    """What is said is not of its kind's form. `about["faults"]` names each place."""

    code = "says_invalid"
    status = 422
    sentence = _("填的内容不完整。请检查日期和选项。")


class RecordInvalid(JuzhuError):
    """A signed record that does not verify: wrong key, wrong algorithm, altered, or no record at all."""

    code = "record_invalid"
    status = 422
    sentence = _("签名对不上，这份记录不能采信。")


class RecordDiffers(JuzhuError):
    """A signed record that says something else than what came with it."""

    code = "record_differs"
    status = 422
    sentence = _("签名的记录和提供的内容不一样。")


class KeyReused(JuzhuError):
    """An idempotency key that was used for another word before."""

    code = "idempotency_key_reused"
    status = 422
    sentence = _("这个请求编号已经用过，内容不一样。")


class WordUnknown(JuzhuError):
    """A reference that this department was never given."""

    code = "not_found"
    status = 404
    sentence = _("没有这一份材料，或者您看不了。")
