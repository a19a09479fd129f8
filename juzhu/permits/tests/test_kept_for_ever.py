"""What the database itself holds true, decisions that replay, and caches that are rebuilt."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from juzhu.config.replay import replay
from juzhu.permits import actions
from juzhu.permits.models import Application, Decision, Endorsement, Permit
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]


def refuses(change: Callable[[], object], error: type[Exception] = IntegrityError) -> None:
    with pytest.raises(error), transaction.atomic():
        change()


def endorse(permit: Permit, on: date) -> Endorsement:
    application = permit.applications.first()
    return Endorsement.objects.create(permit=permit, application=application, on=on)


@pytest.mark.parametrize(
    "make_row", [lambda: make.submitted().decisions.get(), lambda: endorse(make.issued(), TODAY)]
)
def test_the_database_refuses_to_change_or_delete_a_decision_or_an_endorsement(make_row):
    row = make_row()
    rows = type(row).objects.filter(pk=row.pk)
    column = "outcome" if isinstance(row, Decision) else "on"
    refuses(lambda: rows.update(**{column: getattr(row, column)}), DatabaseError)
    refuses(rows.delete, DatabaseError)
    assert rows.exists()


def test_accepted_and_decided_by_two_officers():
    clerk = make.make_officer("clerk")
    case = make.accepted(clerk)
    refuses(lambda: Application.objects.filter(pk=case.pk).update(decided_by=clerk))
    reviewer = make.make_officer("reviewer")
    assert Application.objects.filter(pk=case.pk).update(decided_by=reviewer) == 1


def copied(row, **about):
    row.pk = None
    for name, value in about.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def test_one_unfinished_application_a_person():
    case = make.submitted()
    refuses(lambda: copied(Application.objects.get(pk=case.pk), number="GS-2026-999999"))
    refuses(lambda: copied(Application.objects.get(pk=case.pk), number=None, state="draft"))
    copied(Application.objects.get(pk=case.pk), number="GS-2026-999999", state="withdrawn")
    assert Application.objects.filter(person=case.person).count() == 2


def test_one_permit_a_person_that_has_not_ended():
    permit = make.issued()
    names = {"number": "33010599999999", "public_id": "f" * 16}
    refuses(lambda: copied(Permit.objects.get(pk=permit.pk), **names))
    copied(Permit.objects.get(pk=permit.pk), **names, terminated_on=TODAY)
    assert Permit.objects.filter(person=permit.person).count() == 2


def test_a_permit_ends_after_it_was_issued():
    permit = make.issued()
    refuses(lambda: Permit.objects.filter(pk=permit.pk).update(terminated_on=date(2026, 3, 9)))
    assert Permit.objects.get(pk=permit.pk).terminated_on is None


def test_an_endorsement_has_its_permit():
    case = make.submitted()
    refuses(lambda: Application.objects.filter(pk=case.pk).update(kind="endorsement"))
    assert Application.objects.get(pk=case.pk).kind == "first"


def test_numbers_and_public_names_are_nobody_elses():
    first, second = make.issued(), make.issued()
    for field in ("number", "public_id"):
        taken = {field: getattr(first, field)}
        refuses(lambda taken=taken: Permit.objects.filter(pk=second.pk).update(**taken))
    assert len(first.public_id) == 16


def test_every_decision_is_answered_the_same_again():
    make.issued()
    number = make.submitted().number
    whole = CliRunner().invoke(replay, ["--all", "--json"])
    assert (whole.exit_code, json.loads(whole.stdout)) == (0, {"decisions": 4, "differing": []})
    one = CliRunner().invoke(replay, ["--application", number])
    assert one.stdout == "1 decisions replayed, 0 differ\n"


def test_a_decision_that_the_rules_do_not_give_is_found():
    decision = make.submitted().decisions.get()
    decision.answer = {**decision.answer, "outcome": "refuse"}
    copied(decision)
    ran = CliRunner().invoke(replay, ["--all", "--json"])
    assert ran.exit_code == 1
    assert json.loads(ran.stdout) == {"decisions": 2, "differing": [decision.pk]}


def test_better_wording_is_no_other_answer():
    decision = make.submitted().decisions.get()
    for finding in decision.answer["findings"]:
        finding["message"] = {"zh": "说得更好", "en": "worded better"}
    copied(decision)
    assert CliRunner().invoke(replay, ["--all"]).exit_code == 0


@pytest.mark.parametrize("arguments", [[], ["--application", "GS-1999-000001"]])
def test_replaying_nothing_is_a_mistake(arguments: list[str]):
    assert CliRunner().invoke(replay, arguments).exit_code == 2


def rebuilt(**options) -> str:
    out = StringIO()
    call_command("rebuild_cached_status", stdout=out, **options)
    return out.getvalue().strip()


def test_a_cache_is_rebuilt_from_the_dates_in_batches():
    permits = [make.issued() for _ in range(3)]
    assert rebuilt() == "3 permits, 0 mended"
    Permit.objects.update(cached_until=date(2000, 1, 1))
    assert rebuilt(batch=2) == "3 permits, 3 mended"
    assert {permit.cached_until for permit in Permit.objects.all()} == {date(2027, 3, 10)}
    Permit.objects.update(cached_until=date(2000, 1, 1))
    assert rebuilt(after=permits[1].pk) == "1 permits, 1 mended"
    assert Permit.objects.filter(cached_until=date(2000, 1, 1)).count() == 2


def test_a_rebuilt_cache_knows_endorsements(on_day: Callable[[date], None]):
    account = make.eligible_account()
    permit = make.issued(account)
    filed = actions.request_endorsement(permit, "employment", actor=account.actor, today=date(2027, 3, 1))
    Endorsement.objects.create(permit=permit, application=filed, on=date(2027, 3, 1))
    on_day(date(2027, 3, 2))
    assert rebuilt() == "1 permits, 1 mended"
    assert Permit.objects.get().cached_until == date(2028, 3, 10)
