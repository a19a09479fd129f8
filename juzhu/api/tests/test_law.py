"""The law over HTTP answers as the command line does, and every error is a problem with a code."""

import orjson
import pytest
from django.test import Client

from juzhu.law.lines import answer_line

JSON = "application/json"
QUESTION = {
    "id": "a",
    "policy": "gongshu-2022",
    "as_of": "2026-03-10",
    "route": "dwelling",
    "facts": {"person": {"born": "1993-08-17", "household_division": "341221"}, "registrations": []},
}
PERMIT = {"as_of": "2027-03-11", "permit": {"issued_on": "2026-03-10"}}
TERM = {"kind": "registration", "event_on": "2026-03-10"}


@pytest.mark.parametrize(("kind", "question"), [("decide", QUESTION), ("status", PERMIT), ("deadline", TERM)])
def test_an_answer_is_the_command_lines_answer(client: Client, kind, question):
    response = client.post(f"/api/v1/law/{kind}", question, content_type=JSON)
    assert response.status_code == 200
    line, valid = answer_line(kind, orjson.dumps(question), "gongshu-2022")
    assert valid
    assert response.content == line


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"{", JSON, 400, "invalid_json"),
        (b'{"kind": NaN}', JSON, 400, "invalid_json"),
        (b"[" * 2000, JSON, 400, "invalid_json"),
        (b"", JSON, 400, "invalid_request"),
        (b'{"kind": "registration"}', JSON, 400, "invalid_request"),
        (b'{"kind": "never", "event_on": "2026-03-10"}', JSON, 400, "invalid_request"),
        (b'{"kind": "registration", "event_on": "2026-03-10", "kinf": 1}', JSON, 400, "invalid_request"),
        (b'{"kind": "registration", "event_on": 0}', JSON, 422, "impossible"),
        (b'{"kind": "registration", "event_on": "2026-02-30"}', JSON, 422, "impossible"),
        (b'{"kind": "registration", "event_on": "2026-03-10", "policy": "x"}', JSON, 422, "unknown_policy"),
        (orjson.dumps(TERM), "text/plain", 415, "unsupported_media_type"),
        (b" " * 70_000, JSON, 413, "too_large"),
        (b" " * 3_000_000, JSON, 413, "too_large"),
    ],
)
def test_what_is_wrong_is_a_problem_with_a_code(client: Client, body, content_type, status, code):
    response = client.post("/api/v1/law/deadline", body, content_type=content_type)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_a_fault_names_its_place(client: Client):
    dwelling = {"tenure": "rented", "lease_filing": 0}
    question = {**QUESTION, "facts": {**QUESTION["facts"], "dwelling": dwelling}}
    problem = client.post("/api/v1/law/decide", question, content_type=JSON).json()
    assert problem["errors"][0]["path"] == ["facts", "dwelling", "lease_filing"]


def test_an_impossible_permit_is_told_in_the_laws_own_code(client: Client):
    question = {"as_of": "2026-03-09", "permit": {"issued_on": "2026-03-10"}}
    response = client.post("/api/v1/law/status", question, content_type=JSON)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_permit")


def test_policies_are_listed_and_read(client: Client):
    listed = client.get("/api/v1/policies").json()
    assert {"gongshu-2022", "hangzhou-2018"} <= {row["id"] for row in listed}
    whole = client.get("/api/v1/policies/gongshu-2022").json()
    assert whole["parameters"]["residence_months"] == 6
    assert client.get("/api/v1/policies/nowhere").json()["code"] == "not_found"


def test_a_strange_address_and_a_strange_method_are_problems_too(client: Client):
    strange = client.get("/api/v1/nowhere/at/all")
    assert (strange.status_code, strange.json()["code"]) == (404, "not_found")
    refused = client.get("/api/v1/verify")
    assert (refused.status_code, refused.json()["code"]) == (405, "method_not_allowed")
    assert refused.headers["Allow"] == "POST"


def test_our_own_fault_says_nothing_of_its_cause(client: Client, monkeypatch):
    def fail(*args: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("juzhu.api.law.deadlines.deadline", fail)
    client.raise_request_exception = False
    response = client.post("/api/v1/law/deadline", TERM, content_type=JSON)
    assert (response.status_code, response.json()["code"]) == (500, "internal_error")
    assert b"secret" not in response.content


def test_no_cookie_is_needed_and_none_is_set():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/api/v1/law/deadline", TERM, content_type=JSON)
    assert response.status_code == 200
    assert not response.cookies
