"""What a reporter has to do, as their pages show it: its words, where it is done, what a form begins with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from juzhu.design.formats import day, language
from juzhu.operations.errors import Sentence
from juzhu.registration.duties.reporters import ANSWERABLE, Owed
from juzhu.registration.reporting.entries import BEGAN, ENDED, LEASE, WORK

WORDS: dict[str, tuple[Sentence, Sentence, Sentence]] = {
    "pass_on": (_("房东告知的租客，要您报送"), _("%(day)s 告知"), _("去报送")),
    "returned": (_("物业退回了，要您自己报"), _("%(day)s 入住或搬走"), _("报送")),
    "tenant": (_("合同里的租客，还没有报"), _("%(day)s 起租"), _("报入住")),
    "ended": (_("租期到了，报搬走还是还住着"), _("%(day)s 到期"), _("报搬走")),
    "hired": (_("中介说介绍给您的员工，还没有报"), _("%(day)s 介绍成"), _("报入职")),
    "let": (_("中介说介绍给您的租客，还没有报"), _("%(day)s 介绍成"), _("报入住")),
    "mend": (_("安全排查要改的"), _("%(day)s 排查"), _("看要改什么")),
    "order": (_("责令限期改正"), _("%(day)s 发出"), _("打开看")),
}
"""What it is, what happened when, what to press."""
KIND_OF = {"returned": LEASE, "tenant": LEASE, "ended": LEASE, "let": LEASE, "hired": WORK}
"""Which form reports it."""
TERM_DAYS = 7
"""The bar of days left: three working days and a weekend, with one to spare."""


def lines(found: Iterable[Owed], today: date) -> list[dict[str, Any]]:
    """Each with its words and the one address where it is done."""
    return [_line(one, today) for one in found]


def _line(one: Owed, today: date) -> dict[str, Any]:
    title, happened, label = WORDS[one.kind]
    return {
        "key": one.key,
        "title": title,
        "happened": str(happened) % {"day": day(one.happened_on, language())},
        "name": one.name,
        "number": one.row.number if one.kind == "order" else "",
        "where": _where(one),
        "due_on": one.due_on,
        "over": one.left(today) < 0,
        "url": _url(one),
        "label": label,
        "goes_on": one.kind == "ended",
        "not_so": one.kind in ANSWERABLE and one.kind != "ended",
    }


def _where(one: Owed) -> str:
    if one.kind in ("mend", "let"):
        return str(one.row.dwelling.address)
    if one.kind == "tenant":
        return str(one.row.lease.dwelling.address)
    return "" if one.kind in ("order", "hired") else str(one.row.address)


def _url(one: Owed) -> str:
    if one.kind == "pass_on":
        return reverse("reporting:told")
    if one.kind == "mend":
        return reverse("portal:letting_dwelling", args=[one.row.dwelling.number])
    if one.kind == "order":
        return reverse("reporting:order", args=[one.row.number])
    return f"{reverse('reporting:one', args=[KIND_OF[one.kind]])}?about={one.key}"


def initial(one: Owed) -> dict[str, Any]:
    """What the form begins with. Of what an agent said it takes the name alone: the rest the reporter has."""
    row = one.row
    if one.kind == "tenant":
        home = row.lease.dwelling
        person = {"identity_number": row.identity_number, "phone": row.phone, "until_on": row.lease.until_on}
        return _common(one, BEGAN) | person | _place(home.subdistrict, home.community_id, home.address)
    if one.kind == "hired":
        return _common(one, BEGAN)
    if one.kind == "let":
        home = row.dwelling
        return _common(one, BEGAN) | _place(home.subdistrict, home.community_id, home.address)
    own = {"identity_number": row.identity_number, "phone": row.phone, "born": row.born}
    own |= _place(row.area, row.community_id, row.address)
    if one.kind == "ended":
        return _common(one, ENDED) | own
    return _common(one, row.phase) | own | {"until_on": row.until_on}


def _common(one: Owed, phase: str) -> dict[str, Any]:
    return {"name": one.name, "phase": phase, "happened_on": one.happened_on}


def _place(subdistrict: str, community: str | None, address: str) -> dict[str, Any]:
    return {"subdistrict": subdistrict, "community": community or "", "address": address}
