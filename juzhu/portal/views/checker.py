"""核验 in the checker's own browser: the page that scans, and what keeps it on the device.

What is scanned is checked there, by `credentials/verify.js`, against lists that the device keeps: the service
gives the page, the root key and the lists, and learns of no permit. Only who has no script posts a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.credentials import checks, live_code, publishing, queries
from juzhu.credentials.addresses import TRUST_LIST
from juzhu.credentials.verify.algorithms import thumbprint
from juzhu.credentials.verify.encoding import base64url
from juzhu.design import shell
from juzhu.design.context import district
from juzhu.design.formats import day, language
from juzhu.operations import clock
from juzhu.portal.forms.checker import TextForm

OUTCOMES = ("valid", "suspended", "terminated", "stale", "forged", "not_a_permit", "unreadable")
CLAIMS = {
    "name": gettext_lazy("姓名"),
    "sex": gettext_lazy("性别"),
    "birthdate": gettext_lazy("出生日期"),
    "ethnic_group": gettext_lazy("民族"),
    "identity_number": gettext_lazy("公民身份号码"),
    "permit_number": gettext_lazy("居住证编号"),
    "licence_id": gettext_lazy("电子证照编号"),
    "version": gettext_lazy("第几版"),
    "division": gettext_lazy("发证机关"),
    "issued_on": gettext_lazy("签发日期"),
    "valid_until": gettext_lazy("最后一天"),
    "lives_in": gettext_lazy("居住在"),
    "residence_years": gettext_lazy("居住时间"),
    "age_over_16": gettext_lazy("满 16 周岁"),
    "age_over_18": gettext_lazy("满 18 周岁"),
    "household_division": gettext_lazy("户籍地代码"),
    "household_address": gettext_lazy("户籍地址"),
    "residence_address": gettext_lazy("居住地址"),
    "workplace": gettext_lazy("工作单位"),
}
"""What a document may say, in the order in which it is shown."""

DAY = re.compile(r"\d{4}-\d\d-\d\d")
JPEG = "data:image/jpeg;base64,"
FILES = (
    "portal/people.css",
    "portal/permit.css",
    "portal/checker.css",
    "portal/checker.js",
    "credentials/verify.js",
    "vendor/qr/decode.js",
)
IMPORTED = ("portal/lists.js", "portal/moments.js", "vendor/qr/index.js")


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """`/verify`: the same page for everybody; by POST the answer to `text`, for who has no script."""
    form = TextForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _answer(request, form.cleaned_data["text"])
    context = {
        "form": form,
        **lists_context(),
        "city_code": _city(),
        "outcomes": OUTCOMES,
        "rows": [(name, label, "") for name, label in CLAIMS.items()],
    }
    return render(request, "portal/verify/check.html", context)


def lists_context() -> dict[str, Any]:
    """What a page needs to check by itself: the root key, where the lists are, and how many seconds the
    service's clock is ahead of the machine's, in a demo.
    """
    root = publishing.root_jwk()
    return {
        "root": json.dumps(root),
        "thumbprint": base64url(thumbprint(root)) if root else "",
        "trust_url": TRUST_LIST,
        "lists": " ".join(queries.status_paths()),
        "ahead_s": round((clock.now() - datetime.now(UTC)).total_seconds()),
    }


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: it keeps the page and its files, and nothing of what was checked."""
    return shell.worker(request, "verify", reverse("portal:check"), FILES, IMPORTED)


def _answer(request: HttpRequest, text: str) -> HttpResponse:
    """The page's answer without a script, of the register as it stands now. A live code has its own page."""
    live = text.removeprefix(request.build_absolute_uri(reverse("portal:verify", args=["-"]))[:-1])
    if live_code.SHAPE.fullmatch(live):
        return redirect("portal:verify", live)
    found = checks.check(text, clock.now())
    photo = str(found.claims.get("photo", ""))
    context = {
        "check": found,
        "kind": "not_a_permit" if found.outcome == "unknown" else found.outcome,
        "photo": photo if photo.startswith(JPEG) else "",
        "rows": _said(found.claims),
    }
    response = render(request, "portal/verify/checked.html", context)
    response.headers["Cache-Control"] = "no-store, max-age=0"
    return response


def _said(claims: Mapping[str, Any]) -> list[tuple[str, Any, str]]:
    """What a document says, in words: name, label and text of each."""
    years = [
        int(name.rpartition("_")[2]) for name, value in claims.items() if "years" in name and value is True
    ]
    found = {**claims, "residence_years": _("满 {n} 年").format(n=max(years)) if years else ""}
    rows = [(name, label, _written(name, found.get(name))) for name, label in CLAIMS.items()]
    return [row for row in rows if row[2]]


def _written(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    here = district(language())
    if name == "lives_in" and value == _city():
        return here["city"]
    if name == "division" and value == here["code"]:
        return here["authority"]
    if isinstance(value, str) and DAY.fullmatch(value):
        return day(date.fromisoformat(value), language())
    return "" if value is None else str(value)


def _city() -> str:
    """The division code of the city that the district is in."""
    return district("zh")["code"][:4] + "00"
