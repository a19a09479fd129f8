"""Face verification by a provider: what it says counts, from the person who was sent there, and once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta

import httpx
import orjson
import pytest
from django.test.utils import override_settings

from juzhu.operations.models import Event
from juzhu.people.errors import PresenceNotProved
from juzhu.people.models import Account
from juzhu.people.presence import attempts, faces, proofs, ways
from juzhu.people.presence.errors import (
    AttemptOver,
    FaceCancelled,
    FaceNotLive,
    FaceNotMatched,
    FaceProviderDown,
    PresenceUnfinished,
    WayNotOffered,
)
from juzhu.people.tests.providers import TOKEN, Running, connected, running
from juzhu.permits.tests import factories as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_day"),
    pytest.mark.requirement("F04", "J03", "J10"),
]
HERE, ELSEWHERE = "session-of-this-browser", "session-of-another"
BACK = "https://testserver/presence/back"


@pytest.fixture(scope="module")
def process() -> Iterator[Running]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(process: Running) -> Iterator[Running]:
    process.behave("up")
    with connected(process):
        yield process


@pytest.fixture
def account(provider: Running) -> Account:
    return make.make_account()


def sent(account: Account, purpose: str = "open", session: str = HERE) -> str:
    """The provider's page."""
    return proofs.begin_face(
        account, purpose=purpose, session=session, target="/permit", return_url=BACK, language="zh"
    )


def back(account: Account, brought: dict[str, str], session: str = HERE) -> str:
    """Come back from the provider; the purpose that was proved."""
    attempt = proofs.back_from_provider(account, brought["state"], session=session)
    proofs.by_face(account, attempt, brought["code"])
    return attempt.purpose


def kinds(account: Account) -> list[tuple[str, object]]:
    events = Event.objects.filter(kind__startswith="presence.", actor_account_id=account.pk)
    return [(event.kind, event.data.get("because")) for event in events.order_by("position")]


def test_who_is_seen_proves_presence_and_no_image_is_kept(account: Account, provider: Running):
    assert back(account, provider.answered(sent(account, "load"))) == "load"
    agreed, proved = Event.objects.filter(kind__startswith="presence.").order_by("position")
    assert (agreed.kind, agreed.data) == (
        "presence.face_agreed", {"way": "face", "purpose": "load", "provider": "示例核验"}
    )  # fmt: skip
    evidence = proved.data.pop("evidence")
    assert len(evidence) == 64
    assert (proved.kind, proved.person_id, proved.data) == (
        "presence.proved",
        account.person_id,
        {
            "way": "face", "purpose": "load", "provider": "juzhu-faces", "match": True, "score": 0.97,
            "liveness": 2,
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "error", "because"),
    [
        ("other", FaceNotMatched, "match"),
        ("photograph", FaceNotLive, "liveness"),
        ("cancel", FaceCancelled, "cancelled"),
    ],
)
def test_somebody_else_a_photograph_and_nobody(account, provider, seen, error, because):
    with pytest.raises(error):
        back(account, provider.answered(sent(account), seen))
    assert kinds(account) == [("presence.face_agreed", None), ("presence.failed", because)]


@pytest.mark.parametrize("threshold", [{"least_score": 0.98}, {"least_liveness": 3}])
def test_the_districts_thresholds_count(process: Running, threshold):
    with connected(process, **threshold):
        account = make.make_account()
        with pytest.raises(FaceNotMatched):
            back(account, process.answered(sent(account)))


def test_what_came_back_is_good_once(account: Account, provider: Running):
    brought = provider.answered(sent(account))
    back(account, brought)
    with pytest.raises(AttemptOver):
        back(account, brought)
    assert kinds(account)[-1] == ("presence.failed", "over")


def test_it_is_good_for_its_session_and_account(account: Account, provider: Running):
    other, brought = make.make_account("李明"), provider.answered(sent(account))
    with pytest.raises(AttemptOver):
        back(account, brought, session=ELSEWHERE)
    with pytest.raises(AttemptOver):
        back(other, brought)
    assert back(account, brought) == "open", "and nobody else has used it up"


@pytest.mark.parametrize("state", ["", "ab", "zz", "00" * 32, "状态", "a" * 10_000])
def test_a_state_of_nobodys_is_refused(account: Account, state: str):
    with pytest.raises(AttemptOver):
        proofs.back_from_provider(account, state, session=HERE)


def test_it_is_good_for_five_minutes(account: Account, provider: Running, monkeypatch: pytest.MonkeyPatch):
    brought, now = provider.answered(sent(account)), attempts.clock.now()
    monkeypatch.setattr(attempts.clock, "now", lambda: now + timedelta(minutes=5, seconds=1))
    with pytest.raises(AttemptOver):
        back(account, brought)


@pytest.mark.parametrize("code", ["", "guessed", "x" * 300])
def test_without_the_persons_own_browser_there_is_no_result(account: Account, provider: Running, code: str):
    brought = provider.answered(sent(account))
    with pytest.raises(PresenceUnfinished):
        back(account, {**brought, "code": code})


@pytest.mark.parametrize("mode", ["down", "failing", "broken", "forged", "unsigned"])
def test_a_bad_day_of_the_providers_is_nobodys_wrong_try(account: Account, provider: Running, mode: str):
    brought = provider.answered(sent(account))
    provider.behave(mode)
    with pytest.raises(FaceProviderDown):
        back(account, brought)
    assert kinds(account)[-1] == ("presence.failed", "provider_down")
    assert not issubclass(FaceProviderDown, PresenceNotProved)
    assert "password" in ways.offered(account, make.TODAY)


def test_where_no_keys_are_registered_the_plain_result_counts(process: Running):
    process.behave("unsigned")
    with connected(process, jwks={}):
        account = make.make_account()
        assert back(account, process.answered(sent(account))) == "open"


def test_a_provider_that_is_down_is_left_in_peace_for_a_while(account: Account, provider: Running):
    provider.behave("failing")
    for _time in range(5):
        with pytest.raises(FaceProviderDown):
            sent(account)
    asked = provider.service.asked
    with pytest.raises(FaceProviderDown):
        sent(account)
    assert provider.service.asked == asked
    assert Event.objects.latest("position").data["fault"] == "breaker_open"
    time.sleep(0.35)
    provider.behave("up")
    assert sent(account).startswith(provider.url)


def test_people_are_sent_to_the_providers_own_host_alone(process: Running):
    process.behave("up")
    with connected(process, pages="https://faces.example.cn"):
        account = make.make_account()
        with pytest.raises(FaceProviderDown):
            sent(account)


def test_a_result_of_another_session_is_no_result(process: Running):
    check = faces.HttpFaceCheck(process.address(jwks={}))
    said = {"session": "another-session-0000", "finished": True, "provider": "p", "match": True}
    with pytest.raises(faces.Fault):
        check._read(orjson.dumps({"result": said}), "this-session-0000000")
    for wrong in (
        {"provider": "p\0"},
        {"score": 7},
        {"liveness": "2"},
        {"match": "yes"},
        {"evidence": "0"},
        {"finished": None},
    ):
        with pytest.raises(faces.Fault):
            check._read(orjson.dumps({"result": {**said, **wrong}}), "another-session-0000")
    check.client.close()


def test_the_provider_learns_who_and_what_for_and_nothing_more(account: Account, provider: Running):
    sent(account, "present")
    session = list(provider.service.sessions._all.values())[-1]
    assert (session.name, session.return_url, session.language) == (account.person.name, BACK, "zh")
    refused = httpx.post(f"{provider.url}/v1/sessions", json={}, headers={"Authorization": "Bearer wrong"})
    assert refused.status_code == 401
    bears = {"Authorization": f"Bearer {TOKEN}"}
    assert httpx.post(f"{provider.url}/v1/sessions", json={"name": 1}, headers=bears).status_code == 400
    assert httpx.post(f"{provider.url}/v1/other", json={}, headers=bears).status_code == 404


def test_it_is_not_offered_to_children_nor_where_nobody_is_connected(provider: Running):
    born = date(make.TODAY.year - 14, make.TODAY.month, make.TODAY.day)
    assert ways.offered(make.make_account("周一", born), make.TODAY) == ["password", "face"]
    young = make.make_account("周二", born + timedelta(days=1))
    assert ways.offered(young, make.TODAY) == ["password"]
    with pytest.raises(WayNotOffered):
        sent(young)
    with override_settings(JUZHU_PRESENCE_WAYS=["password"]), pytest.raises(WayNotOffered):
        sent(make.make_account("周三"))


def test_the_page_of_a_session_is_answered_once(account: Account, provider: Running):
    page = sent(account)
    assert account.person.name in httpx.get(page).text
    assert httpx.post(page, data={"seen": "nonsense"}).status_code == 422
    provider.answered(page)
    assert httpx.get(page).status_code == 404
    assert httpx.post(page, data={"seen": "me"}).status_code == 404
