"""What can go wrong with a paper."""

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import JuzhuError


class GlyphMissing(JuzhuError):
    """A character that no font has. Rather no paper than a paper with a box in a name.

    `about["character"]` is the character, `about["code_point"]` its number in Unicode.
    """

    code = "glyph_missing"
    status = 422
    sentence = _("字体里没有这个字，文书没有生成。")

    def __init__(self, character: str) -> None:
        points = " ".join(f"U+{ord(sign):04X}" for sign in character)
        about = {"character": character, "points": points}
        super().__init__(
            _(
                "字体里没有“%(character)s”（%(points)s）这个字，文书没有生成。"
                "请管理员把有这个字的字体放进文书目录的 fonts。"
            )
            % about,
            character=character,
            code_point=points,
        )


class TemplateBroken(JuzhuError):
    """A template that typst can't set: `about` names the file, the line and the fault."""

    code = "template_broken"
    status = 500
    sentence = _("文书模板有错，文书没有生成。请联系管理员。")


class DistrictFilesBroken(JuzhuError):
    """The district's own words, names or seals can't be used: `about["fault"]` says which and why."""

    code = "district_files_broken"
    status = 500
    sentence = _("文书目录里的文件有错，文书没有生成。请联系管理员。")


class NoVersion(JuzhuError):
    """A permit without a version has no contents that could be confirmed."""

    code = "no_permit_version"
    status = 409
    sentence = _("这张居住证还没有登载内容，不能打印确认单。请先办更正。")


class PermitEnded(JuzhuError):
    """A slip for a permit whose functions have ended."""

    code = "permit_ended"
    status = 409
    sentence = _("这张居住证的使用功能已经终止，不能打印确认单。")


class AgentIncomplete(JuzhuError):
    """An agent of whom something is missing. `about["field"]` says what: name, shows or mandate."""

    code = "agent_incomplete"


class AgentIsHolder(JuzhuError):
    """The agent's number is the holder's own."""

    code = "agent_is_holder"
    sentence = _("这是持证人自己的号码。本人来领，请选“本人”。")


class SealPending(JuzhuError):
    """A slip that no worker has sealed yet."""

    code = "seal_pending"
    status = 409
    sentence = _("确认单正在盖电子印章，请过几秒再打开。")


class CaseNotAnswered(JuzhuError):
    """An archive of a case that is still being handled."""

    code = "case_not_answered"
    status = 409
    sentence = _("这一件还没有办结，不能归档。")
