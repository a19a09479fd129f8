"""What departments' programs push: kept once, within their own kinds, signed or not, and taken back by whom
it came from. Nobody learns from an answer who is registered.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest
from django.test import Client as Browser

from juzhu.bureau.seal import Seal
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import AccessToken, Client, Delivery, Evidence
from juzhu.evidence.queries import proof_of
from juzhu.evidence.tests import programs
from juzhu.evidence.tests.programs import INSURED, word
from juzhu.operations import events
from juzhu.operations.models import Event
from juzhu.people.identity_numbers import complete
from juzhu.people.models import Person
from juzhu.permits.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("D08")]
JSON = "application/json"
URL = "/api/v1/attestations"


class Program:
    """A department's system with a token."""

    def __init__(self, department: str = "human_resources", *kinds: Kind, seal: Seal | None = None) -> None:
        self.row, self.secret = programs.made(department, *kinds, seal=seal)
        self.token = programs.token_of(self.row)

    def send(self, body: Any, key: str = "k-1", url: str = URL) -> Any:
        return Browser().post(
            url,
            orjson.dumps(body),
            content_type=JSON,
            headers={"authorization": f"Bearer {self.token}", "idempotency-key": key},
        )

    def take_back(self, reference: str) -> int:
        return (
            Browser()
            .delete(f"{URL}/{reference}", headers={"authorization": f"Bearer {self.token}"})
            .status_code
        )


@pytest.fixture
def bureau() -> Program:
    return Program()


@pytest.fixture
def person() -> Person:
    return make.make_person()


def code(response: Any) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_a_pushed_word_is_evidence_and_proves(bureau: Program, person: Person):
    response = bureau.send(word(person, valid_until="2026-12-31"))
    assert response.status_code == 202
    assert response.json()["certainty"] == "confirmed"
    kept = Evidence.objects.get(person=person)
    assert (kept.source, kept.way, kept.department) == ("attestation", "push", "human_resources")
    assert (kept.certainty, kept.valid_until, kept.record) == ("confirmed", date(2026, 12, 31), {})
    assert proof_of(person.pk).by_kind[Kind.INSURANCE] == kept
    event = Event.objects.get(kind="evidence.attested")
    assert event.data["client"] == bureau.row.client_id
    assert person.identity_number not in str(event.data)
    events.verify()


def test_the_answer_does_not_tell_who_is_registered(bureau: Program, person: Person):
    stranger = {**word(person), "identity_number": complete("110101", date(1980, 1, 1), 7)}
    misnamed = {**word(person), "name": "别人"}
    answers = [bureau.send(body, f"k-{n}") for n, body in enumerate([word(person), stranger, misnamed])]
    assert {answer.status_code for answer in answers} == {202}
    shapes = [{**answer.json(), "id": len(answer.json()["id"])} for answer in answers]
    assert shapes[0] == shapes[1] == shapes[2]
    assert {bureau.take_back(answer.json()["id"]) for answer in answers} == {204}


def test_of_somebody_unknown_nothing_is_kept(bureau: Program, person: Person):
    number = complete("110101", date(1980, 1, 1), 7)
    bureau.send({**word(person), "identity_number": number, "name": "陌生人"})
    assert not Evidence.objects.exists()
    row = Delivery.objects.values().get()
    assert number not in str(row) and "陌生人" not in str(row)
    assert not Event.objects.filter(kind="evidence.attested").exists()


def test_the_same_key_and_word_are_taken_once(bureau: Program, person: Person):
    first, second = bureau.send(word(person)), bureau.send(word(person))
    assert first.json() == second.json()
    assert Evidence.objects.count() == 1


def test_the_same_key_with_another_word_is_refused(bureau: Program, person: Person):
    bureau.send(word(person))
    assert code(bureau.send(word(person, says={"runs": []}))) == (422, "idempotency_key_reused")
    assert Evidence.objects.count() == 1


def test_two_clients_may_use_the_same_key(person: Person):
    assert Program().send(word(person)).status_code == 202
    assert Program().send(word(person)).status_code == 202
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize("key", [None, "", "x" * 201, "two words"])
def test_without_a_key_nothing_is_taken(bureau: Program, person: Person, key: str | None):
    headers = {"authorization": f"Bearer {bureau.token}"} | ({} if key is None else {"idempotency-key": key})
    response = Browser().post(URL, word(person), content_type=JSON, headers=headers)
    assert code(response) == (400, "invalid_request")
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"identity_number": "110101198001010011"}, (422, "impossible")),
        ({"identity_number": "1"}, (400, "invalid_request")),
        ({"kind": "horoscope"}, (400, "invalid_request")),
        ({"kind": "title"}, (403, "insufficient_scope")),
        ({"says": {"runs": "none"}}, (422, "says_invalid")),
        ({"says": {"runs": [{**programs.RUN, "employer": "a\0b"}]}}, (422, "says_invalid")),
        ({"says": {**INSURED, "more": 1}}, (422, "says_invalid")),
        ({"says": []}, (400, "invalid_request")),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, (422, "impossible")),
        ({"valid_from": "2026-02-30"}, (422, "impossible")),
        ({"record": "no.such.record"}, (422, "record_invalid")),
        ({"more": 1}, (400, "invalid_request")),
    ],
)
def test_what_cannot_be_taken_is_a_problem_with_a_code(bureau: Program, person: Person, change, expected):
    assert code(bureau.send({**word(person), **change})) == expected
    assert not Evidence.objects.exists()
    assert bureau.send(word(person)).status_code == 202, "a refused word leaves its key unused"


def test_what_is_wrong_in_a_word_is_named_with_its_place(bureau: Program, person: Person):
    problem = bureau.send(word(person, says={"runs": [{**programs.RUN, "division": "x"}]})).json()
    assert problem["errors"][0]["path"] == ["says", "runs", 0, "division"]


def test_a_signed_record_makes_it_certain(person: Person):
    seal = Seal.made()
    bureau = Program(seal=seal)
    said = word(person, valid_from="2026-03-01")
    response = bureau.send({**said, "record": seal.sign(said)})
    assert response.json()["certainty"] == "signed"
    kept = Evidence.objects.get()
    assert kept.certainty == "signed"
    assert kept.record["key"] == seal.key.kid
    assert kept.record["text"].count(".") == 2


def test_a_record_by_a_foreign_key_or_over_other_content_is_refused(person: Person):
    seal = Seal.made()
    bureau = Program(seal=seal)
    said = word(person)
    assert code(bureau.send({**said, "record": Seal.made().sign(said)})) == (422, "record_invalid")
    other = seal.sign({**said, "says": {"runs": []}})
    assert code(bureau.send({**said, "record": other})) == (422, "record_differs")
    about_another = seal.sign({**said, "identity_number": complete("110101", date(1980, 1, 1), 7)})
    assert code(bureau.send({**said, "record": about_another})) == (422, "record_differs")
    assert not Evidence.objects.exists()


def test_a_record_can_not_choose_no_algorithm(person: Person):
    seal = Seal.made()
    bureau = Program(seal=seal)
    _head, body, _signature = seal.sign(word(person)).split(".")
    none = "eyJhbGciOiJub25lIn0"
    assert code(bureau.send({**word(person), "record": f"{none}.{body}."})) == (422, "record_invalid")


def test_a_department_takes_back_its_own_word_and_no_other_ones(bureau: Program, person: Person):
    reference = bureau.send(word(person)).json()["id"]
    assert Program("housing", Kind.TITLE).take_back(reference) == 404
    assert Program("human_resources", Kind.LABOUR_CONTRACT).take_back(reference) == 404
    assert Evidence.objects.get().withdrawn_at is None
    assert [bureau.take_back(reference), bureau.take_back(reference)] == [204, 204]
    assert Evidence.objects.get().withdrawn_at is not None
    assert Kind.INSURANCE not in proof_of(person.pk).by_kind
    assert Event.objects.filter(kind="evidence.withdrawn").count() == 1
    assert bureau.take_back("0" * 32) == 404


def test_an_older_word_does_not_come_to_count_again(bureau: Program, person: Person):
    bureau.send(word(person, says={"runs": []}), "k-1")
    reference = bureau.send(word(person), "k-2").json()["id"]
    assert bureau.take_back(reference) == 204
    assert Kind.INSURANCE not in proof_of(person.pk).by_kind


def test_a_token_is_needed_and_must_be_good(bureau: Program, person: Person):
    for header, expected in [
        ("", "unauthorized"), ("Basic abc", "unauthorized"), ("Bearer", "unauthorized"),
        ("Bearer strange", "invalid_token"),
    ]:  # fmt: skip
        bare = Browser().post(
            URL, word(person), content_type=JSON, headers={"authorization": header, "idempotency-key": "k"}
        )
        assert code(bare) == (401, expected)
        assert bare.headers["WWW-Authenticate"].startswith("Bearer")
    AccessToken.objects.update(expires_at="2026-03-10T03:59:59Z")
    assert code(bureau.send(word(person))) == (401, "invalid_token")


def test_a_token_gives_no_more_than_was_asked_for(person: Person):
    row, _secret = programs.made()
    bureau = Program()
    bureau.token = programs.token_of(row, ["attest:labour_contract"])
    refused = bureau.send(word(person))
    assert code(refused) == (403, "insufficient_scope")
    assert "insufficient_scope" in refused.headers["WWW-Authenticate"]


def test_a_kind_that_the_department_gives_no_more_is_refused(bureau: Program, person: Person):
    Client.objects.update(department="housing")
    assert code(bureau.send(word(person))) == (403, "insufficient_scope")


def test_each_row_of_a_batch_is_answered_by_itself(bureau: Program, person: Person):
    unknown = complete("110101", date(1980, 1, 1), 7)
    rows = [
        word(person),
        word(person, says={"runs": "x"}),
        {"kind": "insurance"},
        word(person, kind=Kind.TITLE),
        {**word(person), "identity_number": unknown},
        {**word(person), "valid_until": "2026-02-30"},
    ]
    response = bureau.send({"attestations": rows}, url=f"{URL}/batch")
    answer = response.json()
    assert response.status_code == 200
    assert [row["status"] for row in answer["answers"]] == [202, 422, 400, 403, 202, 422]
    assert (answer["taken"], answer["refused"]) == (2, 4)
    codes = [row["problem"]["code"] for row in answer["answers"] if row["problem"]]
    assert codes == ["says_invalid", "invalid_request", "insufficient_scope", "impossible"]
    assert bureau.send({"attestations": rows}, url=f"{URL}/batch").json() == answer
    assert Evidence.objects.count() == 1


def test_a_thousand_rows_are_taken_and_one_more_is_not(bureau: Program, person: Person):
    rows = [{**word(person), "identity_number": complete("110101", date(1980, 1, 1), n % 999)}
            for n in range(1000)]  # fmt: skip
    answer = bureau.send({"attestations": rows}, url=f"{URL}/batch").json()
    assert (answer["taken"], len({row["taken"]["id"] for row in answer["answers"]})) == (1000, 1000)
    refused = bureau.send({"attestations": [*rows, rows[0]]}, "k-2", url=f"{URL}/batch")
    assert code(refused) == (400, "invalid_request")


def test_a_revoked_client_is_out_at_once_and_a_rotated_one_needs_its_new_secret(person: Person):
    from juzhu.evidence import clients
    from juzhu.operations.actors import SYSTEM

    bureau = Program()
    secret = clients.rotate(bureau.row, actor=SYSTEM)
    bureau.row.refresh_from_db()
    assert clients.knows(bureau.row, secret) and not clients.knows(bureau.row, bureau.secret)
    assert code(bureau.send(word(person))) == (401, "invalid_token")
    bureau.token = programs.token_of(bureau.row, ["attest:insurance"])
    assert bureau.send(word(person)).status_code == 202
    clients.revoke(bureau.row, actor=SYSTEM)
    assert code(bureau.send(word(person), "k-2")) == (401, "invalid_token")
    assert clients.active(bureau.row.client_id) is None
    assert Evidence.objects.filter(withdrawn_at=None).count() == 1, "what it has said stays said"
