"""What can go wrong with evidence."""

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import JuzhuError


class EvidenceInvalid(JuzhuError):
    """What a piece of evidence says is not of its kind's form."""

    code = "evidence_invalid"
    sentence = _("填的内容不完整。请检查日期和选项。")


class EvidenceNotYours(JuzhuError):
    """A file or a piece of evidence that this reader may not see: told as if it did not exist."""

    code = "not_found"
    status = 404
    sentence = _("没有这一份材料，或者您看不了。")


class AttestedIsNotRemoved(JuzhuError):
    """A department's word is objected to, not deleted."""

    code = "attested"
    status = 409
    sentence = _("这是部门提供的信息，不能删除。有错的话，请告诉窗口。")
