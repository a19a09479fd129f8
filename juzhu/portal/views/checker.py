"""核验 in the checker's own browser: the page that scans, and what keeps it on the device.

What is scanned is checked there, by `credentials/verify.js`, against lists that the device keeps. The service
gives the page, the root key and the lists, and learns of no permit.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from juzhu.credentials import publishing
from juzhu.credentials.verify.algorithms import thumbprint
from juzhu.credentials.verify.encoding import base64url
from juzhu.design import shell
from juzhu.design.context import district
from juzhu.operations import clock

OUTCOMES = ("valid", "suspended", "terminated", "stale", "forged", "not_a_permit", "unreadable")
CLAIMS = {
    "name": _("姓名"),
    "sex": _("性别"),
    "birthdate": _("出生日期"),
    "ethnic_group": _("民族"),
    "identity_number": _("公民身份号码"),
    "permit_number": _("居住证编号"),
    "licence_id": _("电子证照编号"),
    "version": _("第几版"),
    "division": _("签发地区"),
    "issued_on": _("签发日期"),
    "valid_until": _("最后一天"),
    "lives_in": _("居住在"),
    "residence_years": _("居住时间"),
    "age_over_16": _("满 16 周岁"),
    "age_over_18": _("满 18 周岁"),
    "household_division": _("户籍地代码"),
    "household_address": _("户籍地址"),
    "residence_address": _("居住地址"),
    "workplace": _("工作单位"),
}
"""What a document may say, in the order in which it is shown."""

FILES = (
    "portal/people.css",
    "portal/permit.css",
    "portal/checker.css",
    "portal/checker.js",
    "credentials/verify.js",
    "vendor/qr/decode.js",
)
IMPORTED = ("vendor/qr/index.js",)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """`/verify`: the same page for everybody."""
    root = publishing.root_jwk()
    context = {
        "root": json.dumps(root),
        "thumbprint": base64url(thumbprint(root)) if root else "",
        "trust_url": publishing.TRUST_LIST,
        "lists": " ".join(publishing.status_paths()),
        "ahead_s": int((clock.now() - datetime.now(UTC)).total_seconds()),
        "city_code": district("zh")["code"][:4] + "00",
        "outcomes": OUTCOMES,
        "claims": CLAIMS,
    }
    return render(request, "portal/verify/check.html", context)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: it keeps the page and its files, and nothing of what was checked."""
    return shell.worker(request, "verify", reverse("portal:check"), FILES, IMPORTED)
