"""What a reporter says of a duty that is read from a report: it goes on, or it never was. The only place that
writes it down.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from juzhu.operations import events
from juzhu.operations.actors import Actor
from juzhu.registration.duties import reporters
from juzhu.registration.errors import DayInvalid, NothingOwed
from juzhu.registration.models import DutyAnswer, Report
from juzhu.registration.reporting.entries import Reporter
from juzhu.registration.reporting.filing import check_actor


def goes_on(reporter: Reporter, key: str, until: date | None, *, actor: Actor, today: date) -> DutyAnswer:
    """Say that a letting has not ended. `until`: its new last day; None: none was agreed on.

    Raises NotAllowed, NothingOwed, DayInvalid.
    """
    if until is not None and until <= today:
        raise DayInvalid(_("请选今天以后的日子。没有约定就空着。"), field="until_on")
    return _answer(reporter, key, ("ended",), "goes_on", until, actor, today)


def not_so(reporter: Reporter, key: str, *, actor: Actor, today: date) -> DutyAnswer:
    """Say that somebody whom an agent has named was not hired, or has not moved in.

    Raises NotAllowed, NothingOwed.
    """
    return _answer(reporter, key, ("hired", "let"), "not_so", None, actor, today)


def _answer(
    reporter: Reporter,
    key: str,
    kinds: tuple[str, ...],
    answer: str,
    until: date | None,
    actor: Actor,
    today: date,
) -> DutyAnswer:
    check_actor(reporter, actor)
    with transaction.atomic():
        found = reporters.find(reporter, key, today)
        if found is None or found.kind not in kinds:
            raise NothingOwed
        report = Report.objects.select_for_update(of=("self",)).get(pk=found.row.pk)
        said = {"answer": answer, "until_on": until, "answered_on": today, "answered_by_id": actor.account_id}
        row, _made = DutyAnswer.objects.update_or_create(report=report, defaults=said)
        events.append(
            "duty.answered", actor=actor, subject=report, number=report.number, answer=answer, until=until
        )
    return row
