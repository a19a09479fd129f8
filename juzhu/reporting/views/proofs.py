"""Asking a holder to show the permit, for organisations: choose, show a QR code, wait, read what came."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError, Sentence
from juzhu.reporting.access import Acting, acting, page, reporter, typed
from juzhu.reporting.forms import ProofForm
from juzhu.wallets import catalogue, presenting

OUTCOMES: dict[str, tuple[str, Sentence, Sentence]] = {
    "valid": ("good", gettext_lazy("有效"), gettext_lazy("居住证现在有效，要看的都出示了。")),
    "unproved": (
        "warn", gettext_lazy("有效，但没有都证明"), gettext_lazy("证现在有效。有的没有出示，或者不满足。"),
    ),
    "suspended": ("warn", gettext_lazy("功能中止"), gettext_lazy("证是真的，现在不能使用。")),
    "terminated": ("warn", gettext_lazy("已终止"), gettext_lazy("证是真的，已不再有效。")),
    "stale": ("warn", gettext_lazy("不是最新的"), gettext_lazy("请对方在手机上更新一次，再出示。")),
    "device_revoked": (
        "bad", gettext_lazy("这台设备已停用"), gettext_lazy("持证人停用了这台设备，不要采信。"),
    ),
    "forged": ("bad", gettext_lazy("伪造或被改"), gettext_lazy("签名对不上，不要采信。")),
    "not_a_permit": ("bad", gettext_lazy("不是居住证"), gettext_lazy("出示的不是我们发的证。")),
    "declined": ("soft", gettext_lazy("对方没有出示"), gettext_lazy("对方没有同意，或者手机里没有居住证。")),
}  # fmt: skip
"""By outcome: its tone, its word, and what it means."""


@require_http_methods(["GET", "POST"])
@reporter
def ask(request: HttpRequest) -> HttpResponse:
    """`/report/proof`: choose what to see, and say why."""
    who = acting(request)
    if who.organisation is None:
        return redirect("reporting:who")
    form = ProofForm(typed(request))
    if request.method == "POST" and form.is_valid():
        checker = presenting.Checker(organisation=who.organisation, account_id=who.account.pk)
        try:
            made = presenting.ask(form.codes, form.cleaned_data["purpose"], checker, now=clock.now())
        except JuzhuError as error:
            form.add_error("purpose", str(error.sentence))
        else:
            return redirect("reporting:proof_asked", made.key)
    return page(request, "proof", {"form": form})


@require_safe
@reporter
def proof(request: HttpRequest, key: str) -> HttpResponse:
    """`/report/proof/<key>`: the QR code, and then what was shown."""
    return page(request, "proof_asked", _context(acting(request), key))


@require_safe
@reporter
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """The same part of the page alone, for HTMX; without scripts, the page again."""
    if "HX-Request" not in request.headers:
        return redirect("reporting:proof_asked", key)
    return render(request, "reporting/_proof.html", _context(acting(request), key))


def _context(who: Acting, key: str) -> dict[str, Any]:
    """404 for what another account, or the same one for another organisation, has asked."""
    row = presenting.find(key)
    if row is None or row.asked_by_id != who.account.pk or row.organisation != who.organisation:
        raise Http404
    now = clock.now()
    items = catalogue.items(row.asked)
    context: dict[str, Any] = {"row": row, "items": items, "key": key}
    if row.answered_at is not None:
        result = presenting.result(row, now)
        tone, word, means = OUTCOMES[row.outcome]
        context |= {
            "tone": tone,
            "word": word,
            "means": means,
            "lines": [_line(item, result) for item in items if item.claims],
            "photo": result.get("photo"),
            "gone": bool(row.given) and not result,
            "kept_minutes": int(presenting.KEPT_FOR.total_seconds()) // 60,
        }
    elif row.expires_at > now:
        context |= {"page": presenting.page(row), "link": presenting.link(row)}
    return context


def _line(item: catalogue.Item, result: Any) -> tuple[Sentence, str]:
    """What was asked, and what was shown of it."""
    if not set(item.claims) <= set(result):
        return item.words, _("没有出示")
    if item.personal:
        return item.words, str(result[item.claims[0]])
    return item.words, _("是") if catalogue.holds([item], result) else _("不是")
