"""Risk hints in a sentence each, with the figures that they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _


def sentence(hint: Mapping[str, Any]) -> str:
    """One hint, as an officer reads it. A code that is not known here says nothing but itself."""
    about = hint.get("about", {})
    if not isinstance(about, Mapping):
        about = {"case": about}
    text = {
        "crowded": _("这个地址现在登记了 %(people)s 人（%(from)s 人起提示）。"),
        "shared_phone": _("这个手机号登记在 %(people)s 个人名下（%(from)s 人起提示）。"),
        "not_insured": _("社保最后缴到 %(last)s，%(months)s 个多月没有缴，登记里还写着单位。"),
        "insured_elsewhere": _("社保由另一家单位缴，缴到 %(last)s；登记的单位没有报过。"),
        "asked": _("%(case)s 是自动办理的，本人要求由工作人员再看一遍。"),
        "sampled": _("%(case)s 是自动办理的，按编号抽到，由工作人员再看一遍。"),
        "random": _("随机抽到的：种子 %(seed)s，从 %(of)s 张里抽 %(share_percent)s%%。"),
    }.get(str(hint.get("code")))
    return text % about if text else str(hint.get("code", ""))


def sentences(hints: Iterable[Mapping[str, Any]]) -> list[str]:
    """All of them."""
    return [sentence(hint) for hint in hints]
