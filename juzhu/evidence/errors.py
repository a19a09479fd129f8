"""What can go wrong with evidence."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import JuzhuError, Sentence


class EvidenceInvalid(JuzhuError):
    """What a piece of evidence says is not of its kind's form. `faults`: the wrong fields, each in words."""

    code = "evidence_invalid"
    sentence = _("填的内容不完整。请检查日期和选项。")

    def __init__(self, faults: Mapping[str, Sentence] | None = None, **about: object) -> None:
        self.faults = dict(faults or {})
        about.setdefault("fields", sorted(self.faults))
        super().__init__("", **about)


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


class KindNotYours(JuzhuError):
    """A department gives its word on what its own books say, not on other kinds."""

    code = "kind_not_yours"
    status = 403
    sentence = _("您的部门不提供这一种证明。")


class PersonNotFound(JuzhuError):
    """No person of that number and name, or not in the officer's area: it never says which."""

    code = "person_not_found"
    status = 404
    sentence = _("姓名和证号对不上，或者这个人还没有在本区登记。请对照证件再看一遍。")


class NotObjectable(JuzhuError):
    """Only a department's word that stands is objected to."""

    code = "not_objectable"
    status = 409
    sentence = _("这一条已经不作数了，不用提异议。")


class AlreadyObjected(JuzhuError):
    """One open objection a word."""

    code = "already_objected"
    status = 409
    sentence = _("这一条您已经说过不对，部门正在核对。")


class UpheldAlready(JuzhuError):
    """The department has looked at this very word and stands by it."""

    code = "upheld_already"
    status = 409
    sentence = _("部门已经核对过这一条，认为没有错。有新的材料，请带到窗口；对决定不服，可以申请行政复议。")


class ObjectionAnswered(JuzhuError):
    """A second answer; the first one stands."""

    code = "objection_answered"
    status = 409
    sentence = _("这件异议已经答复过了。")


class OwnWord(JuzhuError):
    """An objection against the officer's own word, which a colleague can look into."""

    code = "own_word"
    status = 409
    sentence = _("这条证明是您给的，要请部门的另一位同事核对、答复。")


class NothingCorrected(JuzhuError):
    """A correction that says what was said before."""

    code = "nothing_corrected"
    sentence = _("改后的内容和原来一样。没有错的话，请选“核对无误”并写明理由。")


class AnswerMissing(JuzhuError):
    """An answer to an objection without its reasons. Source: Personal Information Protection Law art. 50."""

    code = "answer_missing"
    sentence = _("请写明核对的情况，至少 5 个字。本人会看到。")


class SheetRefused(JuzhuError):
    """A sheet that can't be read at all. The sentence names it and says what to do."""

    code = "sheet_refused"
    sentence = _("这张表读不了。请用模板重新填一张。")


class SheetDone(JuzhuError):
    """A sheet that was filed already."""

    code = "sheet_done"
    status = 409
    sentence = _("这张表已经入库，不用再按。")


class NothingToFile(JuzhuError):
    """A sheet on which no row is good and new."""

    code = "nothing_to_file"
    status = 409
    sentence = _("没有可以入库的行。有疑问的行，要先勾“核对过了”。")
