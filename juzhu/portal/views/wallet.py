"""我的证照 on the holder's own device: loading the permit, showing it without reception, proving parts of it.

The device's key, the document and the lists stay in the browser; what it fetches and sends goes by the
standards' own addresses. Here are the pages around it (docs/wallet.md). The card itself is one page for
everybody, so that a device may keep it: who is signed in makes no difference to it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from juzhu.design import shell
from juzhu.design.context import district
from juzhu.design.formats import language
from juzhu.design.templatetags.face import address_of
from juzhu.operations import clock
from juzhu.operations.errors import JuzhuError, Sentence
from juzhu.permits.models import Permit
from juzhu.permits.queries import current_permit
from juzhu.portal import presence
from juzhu.portal.access import channel_of, circle, citizen, no_store, viewer
from juzhu.portal.forms.wallet import DeviceForm, LinkForm
from juzhu.portal.views.checker import lists_context
from juzhu.wallets import catalogue, issuing, offers, presenting, queries
from juzhu.wallets.claims import city
from juzhu.wallets.metadata import LABELS

HERE = "wallet"
"""The cookie by which a browser says that it holds a permit: no more than that."""
FILES = (
    "portal/people.css",
    "portal/permit.css",
    "portal/wallet.css",
    "portal/wallet/card.js",
    "credentials/verify.js",
)
IMPORTED = (
    "portal/lists.js", "portal/moments.js", "portal/wallet/document.js", "portal/wallet/issuing.js",
    "portal/wallet/keeping.js", "vendor/qr/index.js",
)  # fmt: skip
"""What the scripts ask each other for."""
ICONS = (("portal/wallet/icon-192.png", 192, "any"), ("portal/wallet/icon-512.png", 512, "any"),
         ("portal/wallet/icon-maskable-512.png", 512, "maskable"))  # fmt: skip
DEEP, PAPER = "#07333d", "#faf6ef"
OUTCOMES: dict[str, tuple[str, Sentence]] = {
    "valid": ("good", gettext_lazy("已出示")),
    "unproved": ("warn", gettext_lazy("已出示，没有全部证明")),
    "suspended": ("warn", gettext_lazy("对方看到：功能中止")),
    "terminated": ("warn", gettext_lazy("对方看到：已终止")),
    "stale": ("warn", gettext_lazy("对方看到：不是最新的")),
    "device_revoked": ("bad", gettext_lazy("没有通过：设备已停用")),
    "forged": ("bad", gettext_lazy("没有通过：签名对不上")),
    "not_a_permit": ("bad", gettext_lazy("没有通过：不是居住证")),
    "declined": ("soft", gettext_lazy("您没有出示")),
}
"""By outcome of a question: its tone, and what the holder reads of it."""


@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """`/wallet`: the permits on this device, as their script finds them. The same page for everybody."""
    context = {
        **lists_context(),
        "nav": "permit",
        "user": AnonymousUser(),
        "messages": [],
        "demo_bar": "",
    }
    return render(request, "portal/wallet/card.html", context)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: it keeps the card's page and its files, and nobody's own."""
    return shell.worker(request, "wallet", reverse("portal:wallet"), FILES, IMPORTED)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the card among its apps."""
    here = district(language())
    said = {
        "name": here["permit"],
        "short_name": _("居住证"),
        "description": _("没有信号也能出示的电子居住证。"),
        "lang": "en" if language() == "en" else "zh-CN",
        "id": reverse("portal:wallet"),
        "start_url": reverse("portal:wallet"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": DEEP,
        "icons": [
            {"src": address_of(path), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
            for path, side, purpose in ICONS
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
@citizen
def load(request: HttpRequest) -> HttpResponseBase:
    """`/permit/load`: load the permit onto this device, or into another wallet, after a fresh check."""
    if asked := presence.required(request, "load"):
        return asked
    return _load_page(request, DeviceForm(initial={"device": _device_name(request)}))


def _load_page(request: HttpRequest, form: DeviceForm) -> HttpResponse:
    around = circle(request)
    permit = current_permit(around.person)
    if permit is None:
        return no_store(render(request, "portal/permit/none.html", {"nav": "permit", "circle": around}))
    context = {
        "nav": "permit",
        "circle": around,
        "form": form,
        "permit": permit,
        "loadable": offers.loadable(permit, clock.now()),
        "devices": queries.devices_of(permit),
        "most": offers.MOST_DEVICES,
        "now_s": int(clock.now().timestamp()),
    }
    return no_store(render(request, "portal/wallet/load.html", context))


def _device_name(request: HttpRequest) -> str:
    return _("我的手机") if channel_of(request) == "mobile" else _("我的电脑")


@require_POST
@citizen
def offer(request: HttpRequest) -> HttpResponse:
    """`/permit/wallet/offer`: offer the permit to this browser, as JSON for its script."""
    if not presence.opened(request, "load"):
        return _told(403, "presence_needed", _("请先证明是您本人。"))
    form = DeviceForm(request.POST)
    if not form.is_valid():
        return _told(422, "device_unnamed", str(form.errors["device"][0]))
    try:
        made = _offered(request, form)
    except JuzhuError as error:
        return _told(error.status, error.code, str(error.sentence))
    return _json({"offer": offers.content(made.reference), "tx_code": made.tx_code})


@require_POST
@citizen
def elsewhere(request: HttpRequest) -> HttpResponseBase:
    """`/permit/load/elsewhere`: offer it to another wallet: a QR code, and apart from it six digits."""
    if not presence.opened(request, "load"):
        return redirect(presence.address("load", reverse("portal:wallet_load") + circle(request).suffix))
    form = DeviceForm(request.POST)
    if not form.is_valid():
        return _load_page(request, form)
    try:
        made = _offered(request, form)
    except JuzhuError as error:
        form.add_error(None, str(error.sentence))
        return _load_page(request, form)
    context = {"nav": "permit", "circle": circle(request), "made": made}
    return no_store(render(request, "portal/wallet/elsewhere.html", context))


def _offered(request: HttpRequest, form: DeviceForm) -> offers.Offered:
    permit = current_permit(circle(request).person)
    if permit is None:
        raise Http404
    return offers.make(permit, form.cleaned_data["device"], actor=viewer(request), now=clock.now())


def _is_latest(permit: Permit, version_id: int | None) -> bool:
    latest = permit.versions.first()
    return latest is not None and latest.pk == version_id


@require_safe
@citizen
def devices(request: HttpRequest) -> HttpResponse:
    """`/permit/devices`: which devices have the permit, and to take it from one."""
    around = circle(request)
    permit = current_permit(around.person)
    rows = queries.devices_of(permit) if permit else []
    context = {
        "nav": "permit",
        "circle": around,
        "rows": [(row, permit is not None and _is_latest(permit, row.version_id)) for row in rows],
        "most": offers.MOST_DEVICES,
    }
    return no_store(render(request, "portal/wallet/devices.html", context))


@require_POST
@citizen
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """`/permit/devices/<id>/revoke`: a device has it no more."""
    try:
        row = issuing.revoke(pk, actor=viewer(request), now=clock.now())
    except JuzhuError as error:
        raise Http404 from error
    messages.success(request, _("“{device}”停用了，出示不了了。").format(device=row.device))
    return redirect(reverse("portal:wallet_devices") + circle(request).suffix)


@require_safe
@citizen
def show(request: HttpRequest) -> HttpResponse:
    """`/permit/show`: how to prove something, and a place for a checker's link."""
    form = LinkForm(request.GET if "link" in request.GET else None)
    if form.is_valid():
        row = presenting.behind(form.cleaned_data["link"], clock.now())
        if row is not None:
            return redirect("portal:wallet_consent", row.reference)
        form.add_error("link", _("这个链接已经过期、用过了，或者不是我们发的。请对方再出一个。"))
    context = {"nav": "permit", "form": form, "items": catalogue.ITEMS.values()}
    return no_store(render(request, "portal/wallet/show.html", context))


@require_safe
@citizen
def consent(request: HttpRequest, reference: str) -> HttpResponseBase:
    """`/permit/show/<reference>`: who asks, why, what they would get, what not. Personal data needs a fresh
    check that it is the holder.
    """
    row = presenting.open_request(reference, clock.now())
    if row is None:
        return no_store(render(request, "portal/wallet/over.html", {"nav": "permit"}, status=410))
    items = catalogue.items(row.asked)
    if any(item.personal for item in items) and (asked := presence.required(request, "present")):
        return asked
    wanted = catalogue.claims_of(items)
    context = {
        "nav": "permit",
        "row": row,
        "items": items,
        "request_path": urlsplit(presenting.uri(row)).path,
        "keys": " ".join(queries.keys_of(viewer(request), clock.today())),
        "given": [(name, label) for name, label in _labels() if name in wanted],
        "kept_back": _kept_back(wanted),
        "now_s": int(clock.now().timestamp()),
        "city_code": city(),
    }
    return no_store(render(request, "portal/wallet/consent.html", context))


def _labels() -> list[tuple[str, str]]:
    """What a document says, in the reader's words."""
    at = 1 if language() == "en" else 0
    plainer = {"lives_in": _("居住在")}
    return [(name, plainer.get(name, both[at])) for name, both in LABELS.items()]


def _kept_back(wanted: list[str]) -> list[str]:
    """What is not given; how many years somebody has lived here in one word."""
    years = "residence_years_ge_"
    said = [label for name, label in _labels() if name not in wanted and not name.startswith(years)]
    return said if any(name.startswith(years) for name in wanted) else [*said, _("居住年限")]


@require_POST
@citizen
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """`/permit/show/<reference>/decline`: no. It is written into the holder's log."""
    row = presenting.open_request(reference, clock.now())
    if row is None:
        return no_store(render(request, "portal/wallet/over.html", {"nav": "permit"}, status=410))
    device = queries.keys_of(viewer(request), clock.today()).get(request.POST.get("key", ""))
    try:
        presenting.decline(row, device, clock.now())
    except JuzhuError:
        return no_store(render(request, "portal/wallet/over.html", {"nav": "permit"}, status=410))
    messages.success(request, _("没有出示。对方只知道您没有出示。"))
    return redirect("portal:wallet_log")


@require_safe
@citizen
def log(request: HttpRequest) -> HttpResponse:
    """`/permit/shown`: who asked what and when, and what they were given."""
    around = circle(request)
    rows = [(line, *OUTCOMES[line.outcome]) for line in queries.presentations_of(around.person)]
    context = {"nav": "permit", "circle": around, "rows": rows}
    return no_store(render(request, "portal/wallet/log.html", context))


def _json(said: dict[str, Any]) -> HttpResponse:
    return no_store(JsonResponse(said))


def _told(status: int, code: str, sentence: str) -> HttpResponse:
    return no_store(JsonResponse({"error": code, "sentence": sentence}, status=status))
