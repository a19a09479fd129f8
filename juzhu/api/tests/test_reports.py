"""What organisations' programs report: all or nothing, once a key, and no word of who is registered."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.core.management import call_command
from django.test import Client as Browser

from juzhu.evidence import clients
from juzhu.evidence.tests import programs
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.models import Organisation
from juzhu.permits.tests import factories as make
from juzhu.permits.tests import reporters
from juzhu.permits.tests.factories import TODAY
from juzhu.registration.models import Report
from juzhu.registration.reporting import filing
from juzhu.registration.tests.report_sheets import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("B01")]
URL = "/api/v1/reports"


class Program:
    """An organisation's system with a token."""

    def __init__(self, *trades: str) -> None:
        self.organisation, self.actor = reporters.enrolled(*trades)
        self.client, self.secret = clients.make_for(self.organisation, "人事系统（示例）", actor=SYSTEM)
        self.token = programs.token_of(self.client)

    def send(self, *entries: dict[str, Any], key: str = "k-1") -> Any:
        headers = {"authorization": f"Bearer {self.token}", "idempotency-key": key}
        body = orjson.dumps({"reports": entries})
        return Browser().post(URL, body, content_type="application/json", headers=headers)


def entry(n: int = 0, **about: Any) -> dict[str, Any]:
    name, number = person(n)
    known = {"kind": "work", "phase": "began", "happened_on": TODAY.isoformat(), "name": name,
             "identity_number": number, "phone": "13900001111"}  # fmt: skip
    return known | about


def problem(response: Any) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_a_report_is_answered_with_its_number_its_day_and_whether_it_is_in_time():
    program = Program()
    response = program.send(entry(), entry(1, happened_on="2026-03-02"))
    assert response.status_code == 201
    day = TODAY.isoformat()
    assert response.json() == {
        "reports": [
            {"number": "BS-2026-000001", "received_on": day, "in_time": True},
            {"number": "BS-2026-000002", "received_on": day, "in_time": False},
        ]
    }
    row = Report.objects.order_by("pk")[0]
    assert (row.channel, row.organisation, row.reported_by) == ("api", program.organisation, None)
    assert Event.objects.latest("position").kind == "reports.filed"


def test_a_stay_has_no_day_in_the_statute():
    stay = entry(kind="stay", subdistrict="330105005", address="桥弄街 6 号")
    assert Program("hotel").send(stay).json()["reports"][0]["in_time"] is None


def test_who_is_registered_is_answered_like_who_is_not():
    program, known = Program(), make.make_person("林海峰")
    make.register(known, TODAY)
    stranger = program.send(entry(), key="a").json()["reports"][0]
    registered = program.send(entry(name=known.name, identity_number=known.identity_number), key="b").json()[
        "reports"
    ][0]
    misnamed = program.send(entry(name="别人", identity_number=known.identity_number), key="c")
    (told,) = misnamed.json()["reports"]
    alike = {"received_on": TODAY.isoformat(), "in_time": True}
    assert stranger == {"number": stranger["number"]} | alike
    assert registered == {"number": registered["number"]} | alike
    assert told == {"number": told["number"]} | alike


def test_the_same_key_is_answered_alike_and_another_body_is_refused():
    program = Program()
    first = program.send(entry())
    assert program.send(entry()).json() == first.json()
    assert problem(program.send(entry(1))) == (422, "idempotency_key_reused")
    filing.withdraw(Report.objects.get(), "报错了人。", actor=program.actor)
    assert program.send(entry()).json() == first.json()
    assert Report.objects.count() == 1
    assert program.send(entry(), key="k-2").json()["reports"][0]["number"] == "BS-2026-000002"


def test_what_was_reported_before_keeps_its_number_under_another_key():
    program = Program()
    assert program.send(entry()).json() == program.send(entry(), key="k-2").json()
    assert Report.objects.count() == 1


def test_each_fault_is_told_at_its_place_and_nothing_is_filed():
    program = Program()
    response = program.send(
        entry(), entry(1, happened_on="2026-03-20"), entry(2, identity_number=None, phone=None)
    )
    assert problem(response) == (422, "report_invalid")
    places = [fault["path"] for fault in response.json()["errors"]]
    assert places == [["reports", 1, "happened_on"], ["reports", 2, "identity_number"]]
    assert not Report.objects.exists()
    assert program.send(entry()).status_code == 201  # the key is free again


@pytest.mark.parametrize(
    "about",
    [{"kind": "gossip"}, {"name": ""}, {"phone": "1"}, {"happened_on": "2026-02-30"}, {"height": 180},
     {"identity_number": "34122119930817002x"}, {"name": "a\x00b"}, {"address": "长" * 201}],
)  # fmt: skip
def test_what_does_not_have_the_declared_shape_is_told(about: dict[str, Any]):
    status, code = problem(Program().send(entry(**about)))
    assert (status, code) in {(400, "invalid_request"), (422, "impossible")}


def test_a_thousand_are_the_most_and_one_the_least():
    program = Program()
    assert problem(program.send()) == (400, "invalid_request")
    assert problem(program.send(*map(entry, range(1001)))) == (400, "invalid_request")
    taken = program.send(*map(entry, range(1000)))
    assert len(taken.json()["reports"]) == Report.objects.count() == 1000


def test_an_organisation_reports_for_itself_alone_and_a_department_s_program_not_at_all():
    program = Program("hotel")
    assert problem(program.send(entry(kind="letting", subdistrict="330105005", address="1 号")))[0] == 422
    program.token = programs.token_of(programs.made()[0])
    assert problem(program.send(entry())) == (403, "insufficient_scope")
    program.token = "nobody's"
    assert problem(program.send(entry())) == (401, "invalid_token")
    assert not Report.objects.exists()


def test_an_organisation_s_program_says_nothing_for_a_department():
    program = Program()
    headers = {"authorization": f"Bearer {program.token}", "idempotency-key": "k"}
    word = programs.word(make.make_person())
    response = Browser().post("/api/v1/attestations", word, content_type="application/json", headers=headers)
    assert problem(response) == (403, "insufficient_scope")


def test_who_introduced_somebody_says_to_which_employer():
    program = Program("employment_agent")
    refused = program.send(entry(kind="work_introduced"))
    assert problem(refused) == (422, "report_invalid")
    assert refused.json()["errors"][0]["path"] == ["reports", 0, "employer"]
    assert program.send(entry(kind="work_introduced", employer="桥西精密仪器厂")).status_code == 201


def test_a_closed_organisation_and_a_revoked_client_report_nothing():
    program = Program()
    Organisation.objects.update(closed_on=TODAY)
    assert problem(program.send(entry())) == (403, "not_allowed")
    clients.revoke(program.client, actor=SYSTEM)
    assert problem(program.send(entry())) == (401, "invalid_token")


def test_a_client_is_registered_by_the_command(capsys: pytest.CaptureFixture[str]):
    made, _actor = reporters.enrolled()
    call_command("attestation_client", "new", "--name", "人事系统", "--organisation", made.credit_code)
    told = capsys.readouterr().out
    assert "client_id      reports-" in told and told.rstrip().endswith("reports")
