"""Two officers at once: an objection is answered once, a sheet is filed once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from juzhu.evidence import actions, objections, sheets
from juzhu.evidence.kinds import Kind
from juzhu.evidence.models import Evidence, Objection, Sheet
from juzhu.operations.actors import SYSTEM
from juzhu.operations.errors import JuzhuError
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [
    pytest.mark.usefixtures("committed_db", "on_day"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="two connections at once"),
]
RUN = {"from": "2025-01", "to": "2025-06", "division": "330100"}


def at_once(*steps: Callable[[], object]) -> list[str]:
    """Run each in a thread and a connection of its own, all starting together. Returns their error codes."""
    gate, codes = Barrier(len(steps)), []

    def run(step: Callable[[], object]) -> None:
        try:
            gate.wait()
            step()
        except JuzhuError as error:
            codes.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return codes


def test_two_officers_answer_one_objection_once():
    account = make.make_account()
    one, other = (
        make.make_officer("department", areas=(), department="human_resources", name=name) for name in "甲乙"
    )
    piece = actions.attest(
        account.person_id, Kind.INSURANCE, {"runs": [RUN]}, "human_resources", actor=SYSTEM
    )
    made = objections.file(piece, "不对", "", actor=account.actor, today=TODAY)
    says = {"runs": [{**RUN, "to": "2026-02"}]}
    codes = at_once(
        lambda: objections.uphold(made, "查过没有错", actor=one.actor, today=TODAY),
        lambda: objections.correct(made, says, "查过确实错", actor=other.actor, today=TODAY),
    )
    assert codes == ["objection_answered"]
    answered = Objection.objects.get()
    assert Evidence.objects.count() == (2 if answered.state == "corrected" else 1)


def test_a_person_who_presses_twice_objects_once():
    account = make.make_account()
    piece = actions.attest(
        account.person_id, Kind.INSURANCE, {"runs": [RUN]}, "human_resources", actor=SYSTEM
    )
    codes = at_once(
        *[lambda: objections.file(piece, "不对", "", actor=account.actor, today=TODAY) for _ in range(2)]
    )
    assert codes == ["already_objected"]
    assert Objection.objects.count() == 1


def test_a_sheet_pressed_twice_is_filed_once():
    person = make.make_person()
    by = make.make_officer("department", areas=(), department="education")
    rows = f"姓名,公民身份号码,学校,学校所在地,全日制\n{person.name},{person.identity_number},示例,330105,是"
    sheet = sheets.draft(Kind.STUDENT_RECORD, rows.encode(), "a.csv", actor=by.actor)
    codes = at_once(
        *[lambda: sheets.file(sheet, actor=by.actor, today=TODAY, doubtful_too=False) for _ in range(2)]
    )
    assert codes == ["sheet_done"]
    assert (Evidence.objects.count(), Sheet.objects.get().counts["new"]) == (1, 1)
