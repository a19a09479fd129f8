"""What a wallet in a browser needs beside the standards: offline code, asking, giving back, saying no."""

from __future__ import annotations

from typing import Any

import pytest

from juzhu.credentials.queries import offline_code
from juzhu.operations import clock
from juzhu.operations.models import Event
from juzhu.wallets import offers, presenting, queries
from juzhu.wallets.errors import InvalidRequest
from juzhu.wallets.models import Loading, Presentation
from juzhu.wallets.tests.holders import Wallet, permit

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(on_day: Any) -> Wallet:
    """A device that has the permit."""
    held, account = permit()
    wallet = Wallet()
    wallet.load(offers.make(held, "我的手机", actor=account.actor, now=clock.now()))
    return wallet


def asked(*codes: str) -> presenting.Asked:
    return presenting.ask(codes, "入职登记", presenting.Checker(name="运河小学"), now=clock.now())


def code(wallet: Wallet) -> Any:
    return wallet.http.get("/openid/offline-code", headers={"Authorization": f"Bearer {wallet.access}"})


def test_the_offline_code_comes_with_the_token_of_the_document(loaded: Wallet) -> None:
    held = Loading.objects.get().permit
    assert code(loaded).json() == {"offline_code": offline_code(held)}
    assert offline_code(held).startswith("JZ1:")
    loaded.access = "no-token-of-ours"
    assert code(loaded).status_code == 401


def test_who_has_no_document_yet_has_no_code(on_day: Any) -> None:
    held, account = permit()
    wallet = Wallet()
    wallet.redeem(offers.make(held, "", actor=account.actor, now=clock.now()))
    answer = code(wallet)
    assert (answer.status_code, answer.json()["error"]) == (400, "credential_request_denied")


def test_asking_whether_a_token_is_good_does_not_use_it_up(loaded: Wallet) -> None:
    said = {"token": loaded.refresh}
    assert loaded.form("/openid/introspection", said).json() == {"active": True}
    assert loaded.form("/openid/introspection", said).json() == {"active": True}
    assert loaded.form("/openid/introspection", {"token": "x"}).json() == {"active": False}
    assert loaded.renew().status_code == 200
    assert loaded.form("/openid/introspection", said).json() == {"active": False}


def test_a_device_gives_the_permit_back_once(loaded: Wallet) -> None:
    for _again in range(2):
        assert loaded.form("/openid/revocation", {"token": loaded.refresh}).status_code == 200
    row = Loading.objects.get()
    assert (row.ended_by, queries.devices_of(row.permit)) == ("revoked", [])
    assert loaded.form("/openid/introspection", {"token": loaded.refresh}).json() == {"active": False}
    assert loaded.renew().status_code == 400
    assert Event.objects.filter(kind="permit.loading_revoked").count() == 1
    assert loaded.form("/openid/revocation", {"token": "x"}).status_code == 200


def test_the_page_of_a_request_and_its_link_lead_to_the_same(on_day: Any) -> None:
    made, now = asked("lives_in_city"), clock.now()
    for link in (made.page, made.link):
        assert presenting.behind(link, now) == made.row
    for other in (
        made.page[:-1],
        made.page + "/x",
        made.page.replace("//", "//evil."),
        "https://pay.example",
    ):
        assert presenting.behind(other, now) is None


def test_a_refusal_is_told_to_the_checker_and_stands_in_the_holders_log(loaded: Wallet) -> None:
    device, made = Loading.objects.get(), asked("lives_in_city", "age_over_16")
    presenting.decline(made.row, device, clock.now())
    row = presenting.find(made.key)
    assert row is not None
    assert (row.outcome, row.given, row.result) == ("declined", [], {})
    (line,) = queries.presentations_of(device.permit.person)
    assert [str(words) for words in line.asked] == ["有有效的居住证", "住在杭州", "满 16 周岁"]
    assert (line.outcome, list(line.given), line.device) == ("declined", [], "我的手机")
    with pytest.raises(InvalidRequest):
        presenting.decline(made.row, device, clock.now())
    said = Presentation.objects.get()
    assert loaded.form("/openid/answer", {"state": said.state, "error": "access_denied"}).status_code == 400


def test_a_refusal_without_a_device_is_nobodys(loaded: Wallet) -> None:
    made = asked()
    presenting.decline(made.row, None, clock.now())
    assert Presentation.objects.get().outcome == "declined"
    assert queries.presentations_of(Loading.objects.get().permit.person) == []
