"""One question to a bureau's service, on its good days and on its bad ones, over real HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest
from pydantic import ValidationError

from juzhu.evidence.connectors.addresses import Bureau, faults_of
from juzhu.evidence.connectors.circuits import Circuit, Outcome, ask_together
from juzhu.evidence.connectors.lookups import Found, Nothing, Question
from juzhu.evidence.kinds import Kind
from juzhu.evidence.tests.bureaus import TOKEN, Running
from juzhu.evidence.tests.programs import INSURED
from juzhu.operations.outside import Fault

pytestmark = pytest.mark.requirement("D08")
NUMBER = "11010519491231002X"
RECORD = {"identity_number": NUMBER, "name": "周晓芸", "kind": "insurance", "says": INSURED}
QUESTION = Question(1, NUMBER, "周晓芸", Kind.INSURANCE)


@pytest.fixture(scope="module", autouse=True)
def books(bureau_process: Running) -> None:
    bureau_process.write([{**RECORD, "valid_until": "2026-12-31"}])


@pytest.fixture
def circuit(bureau: Running) -> Iterator[Circuit]:
    way = Circuit(bureau.address(breaker_faults=3, breaker_rest_s=0.4))
    yield way
    way.client.close()


def code(outcome: Outcome) -> str:
    return outcome.code if isinstance(outcome, Fault) else type(outcome).__name__


def test_a_known_person_is_found_with_a_record_that_verifies(circuit: Circuit):
    found = circuit.ask(QUESTION)
    assert isinstance(found, Found)
    said = [(run["from"], run["to"], run["division"]) for run in found.says["runs"]]
    assert said == [(run["from"], run["to"], run["division"]) for run in INSURED["runs"]]
    assert str(found.valid_until) == "2026-12-31"
    assert found.record["format"] == "jws"
    assert len(found.record["digest"]) == 64


def test_an_unsigned_answer_is_found_without_a_record(bureau: Running, circuit: Circuit):
    bureau.behave("unsigned")
    found = circuit.ask(QUESTION)
    assert isinstance(found, Found)
    assert found.record == {}


@pytest.mark.parametrize(
    "other",
    [
        Question(1, "11010519491231002X", "别人", Kind.INSURANCE),
        Question(1, "110105194912310038", "周晓芸", Kind.INSURANCE),
        Question(1, NUMBER, "周晓芸", Kind.LABOUR_CONTRACT),
    ],
)
def test_who_or_what_is_not_in_the_books_is_nothing(circuit: Circuit, other: Question):
    assert isinstance(circuit.ask(other), Nothing)


@pytest.mark.parametrize(
    ("mode", "fault"),
    [
        ("down", "unreachable"),
        ("failing", "refused"),
        ("broken", "broken_answer"),
        ("forged", "broken_answer"),
    ],
)
def test_each_bad_day_has_its_fault(bureau: Running, circuit: Circuit, mode: str, fault: str):
    bureau.behave(mode)
    assert code(circuit.ask(QUESTION)) == fault


def test_a_slow_answer_is_not_waited_for(bureau: Running, circuit: Circuit):
    bureau.behave("slow", 3)
    began = time.monotonic()
    assert code(circuit.ask(QUESTION)) == "timeout"
    assert time.monotonic() - began < 1.5


def test_a_wrong_token_is_refused(bureau: Running):
    way = Circuit(bureau.address(token="wrong"))
    assert code(way.ask(QUESTION)) == "refused"
    way.client.close()


def test_a_signed_answer_without_registered_keys_is_a_fault(bureau: Running):
    way = Circuit(bureau.address(jwks={}))
    assert code(way.ask(QUESTION)) == "broken_answer"
    way.client.close()


def test_nobody_there_is_unreachable(bureau: Running):
    way = Circuit(bureau.address(url="http://127.0.0.1:9", jwks={}))
    assert code(way.ask(QUESTION)) == "unreachable"
    way.client.close()


def test_the_breaker_opens_lets_one_through_and_closes_when_that_succeeds(bureau: Running, circuit: Circuit):
    bureau.behave("failing")
    assert [code(circuit.ask(QUESTION)) for _n in range(3)] == ["refused"] * 3
    assert circuit.state == "open"
    asked = bureau.asked
    assert code(circuit.ask(QUESTION)) == "breaker_open"
    assert bureau.asked == asked, "an open breaker asks nobody"
    time.sleep(0.45)
    assert code(circuit.ask(QUESTION)) == "refused", "the trial fails …"
    assert code(circuit.ask(QUESTION)) == "breaker_open", "… and it is open again"
    time.sleep(0.45)
    bureau.behave("up")
    assert code(circuit.ask(QUESTION)) == "Found"
    assert circuit.state == "closed"


def test_while_one_tries_after_the_rest_the_others_do_not(bureau: Running, circuit: Circuit):
    bureau.behave("failing")
    for _n in range(3):
        circuit.ask(QUESTION)
    time.sleep(0.45)
    bureau.behave("slow", 0.3)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(code(outcome) for outcome in pool.map(circuit.ask, [QUESTION] * 4))
    assert outcomes == ["Found", "breaker_open", "breaker_open", "breaker_open"]


def test_success_in_between_forgets_the_faults(bureau: Running, circuit: Circuit):
    for mode in ("failing", "failing", "up", "failing", "failing"):
        bureau.behave(mode)
        circuit.ask(QUESTION)
    assert circuit.state == "closed"


def test_all_are_asked_at_once_and_none_longer_than_the_whole_may_take(bureau: Running):
    bureau.behave("slow", 0.4)
    address = bureau.address(timeout_s=5)
    began = time.monotonic()
    outcomes = ask_together([(address, QUESTION)] * 6, within_s=2)
    assert time.monotonic() - began < 1.5
    assert {code(outcome) for outcome in outcomes} == {"Found"}
    bureau.behave("slow", 3)
    began = time.monotonic()
    outcomes = ask_together([(address, QUESTION)] * 3, within_s=0.3)
    assert time.monotonic() - began < 1
    assert [code(outcome) for outcome in outcomes] == ["timeout"] * 3


def test_the_service_serves_its_keys_and_keeps_its_own(bureau: Running):
    (key,) = bureau.jwks["keys"]
    assert (key["kty"], key["crv"], key["alg"]) == ("EC", "P-256", "ES256")
    assert "d" not in key
    assert (bureau.folder / "key.json").stat().st_mode & 0o077 == 0
    assert httpx.post(f"{bureau.url}/v1/mode", json={"mode": "down"}).status_code == 401
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    odd = httpx.post(f"{bureau.url}/v1/mode", json={"mode": "odd"}, headers=bearer)
    assert odd.status_code == 422


GOOD = {
    "department": "human_resources", "kinds": ["insurance"], "url": "https://hr.example.gov.cn", "token": "t",
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"department": "astrology"},
        {"kinds": ["title"]},
        {"kinds": []},
        {"url": "ftp://x"},
        {"url": "https://x?y"},
        {"timeout_s": 0},
        {"jwks": {"keys": []}},
        {"jwks": {"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}},
        {"more": 1},
    ],
)
def test_an_address_that_can_not_be_is_refused_at_start(change):
    assert Bureau.model_validate(GOOD)
    with pytest.raises(ValidationError):
        Bureau.model_validate({**GOOD, **change})


def test_production_asks_over_https_alone_and_each_kind_of_one_bureau():
    good = Bureau.model_validate(GOOD)
    plain = Bureau.model_validate({**GOOD, "url": "http://hr.example.gov.cn"})
    assert faults_of([good], production=True) == []
    assert faults_of([plain], production=False) == []
    assert "https" in faults_of([plain], production=True)[0]
    assert "insurance" in faults_of([good, good], production=False)[0]
