"""The only place that reads applications and permits, scoped by who asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import (
    Exists,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce, Lower

from juzhu.evidence.models import Evidence
from juzhu.operations.actors import Actor
from juzhu.operations.models import Event
from juzhu.operations.prepared import Prepared
from juzhu.people import records
from juzhu.people.models import Person
from juzhu.people.names import folded
from juzhu.people.queries import own_and_wards
from juzhu.permits import guardians, rota, terms
from juzhu.permits.coming_of_age import birthday
from juzhu.permits.judging import judged_on
from juzhu.permits.models import (
    Application,
    Decision,
    Endorsement,
    Known,
    Pause,
    Permit,
)
from juzhu.permits.tabs import Tab, due_if_accepted_by_time, rank, stands_in, ways_into
from juzhu.permits.timing import is_over
from juzhu.permits.transitions import ALLOWED_ROLES, OPEN, UNFINISHED, State

CASEWORKERS = frozenset({"clerk", "reviewer", "chief"})
ANY_AREA = "000000000"
"""Stands for an area while a query is written; no subdistrict has this code."""
MOST_COUNTED = 999
MANY_PEOPLE = 2000
"""Where the beginning of a name is that of more people, their cases are not all sorted for one page."""


def applications_for(actor: Actor, today: date) -> QuerySet[Application]:
    """A citizen's own and their wards'; an officer's filed ones in their area; nothing to anybody else."""
    rows = Application.objects.select_related("person", "permit")
    if actor.kind == "citizen":
        return rows.filter(person__in=own_and_wards(actor, today))
    if actor.role in CASEWORKERS:
        return rows.filter(area__in=actor.areas).exclude(state=State.DRAFT).exclude(number=None)
    return rows.none()


def wards_until(actor: Actor, number: str, today: date) -> date | None:
    """The birthday from which a case is no ward's of this citizen any more, that was one when it was filed;
    None for every other case, and where the guardianship itself has ended.
    """
    if actor.kind != "citizen" or actor.person_id is None:
        return None
    rows = Application.objects.filter(
        number=number, person__guardianships__guardian=actor.person_id, person__guardianships__ended_on=None
    )
    case = rows.exclude(filed_on=None).select_related("person").first()
    if case is None or case.filed_on is None:
        return None
    since = birthday(case.person.born, today)
    return since if case.filed_on < since <= today else None


def permits_for(actor: Actor, today: date) -> QuerySet[Permit]:
    """A citizen's own and their wards'; an officer's in their area; nothing to anybody else."""
    rows = Permit.objects.select_related("person").prefetch_related("endorsements", "applications")
    if actor.kind == "citizen":
        return rows.filter(person__in=own_and_wards(actor, today))
    if actor.role in CASEWORKERS:
        return rows.filter(area__in=actor.areas)
    return rows.none()


def current_permit(person: Person) -> Permit | None:
    """The latest permit: at most one is not terminated, and it is the latest. Three queries."""
    permit = _LATEST.first(person.pk)
    if permit is not None:
        permit.person = person
        permit.known = _known(permit.pk)
    return permit


def shown_permit(public_id: str) -> Permit | None:
    """The permit behind a code that somebody shows, whoever they are. Four queries."""
    return _whole(_SHOWN.first(public_id))


def permit_of_document(permit_id: int) -> Permit | None:
    """The same by its key, for a signed document that leads to it."""
    return _whole(_OF_DOCUMENT.first(permit_id))


def _whole(permit: Permit | None) -> Permit | None:
    if permit is not None:
        (permit.person,) = _HOLDER(permit.person_id)
        permit.known = _known(permit.pk)
    return permit


def _known(permit_id: int) -> Known:
    return Known(tuple(row.on for row in _ENDORSEMENTS(permit_id)), tuple(_UNANSWERED(permit_id)))


_LATEST = Prepared(
    lambda person_id: Permit.objects.filter(person_id=person_id).order_by("-issued_on", "-pk")[:1]
)
_SHOWN = Prepared(lambda public_id: Permit.objects.filter(public_id=public_id))
_OF_DOCUMENT = Prepared(lambda permit_id: Permit.objects.filter(pk=permit_id))
_HOLDER = Prepared(lambda person_id: Person.objects.filter(pk=person_id))
_ENDORSEMENTS = Prepared(lambda permit_id: Endorsement.objects.filter(permit_id=permit_id))
_UNANSWERED = Prepared(
    lambda permit_id: (
        Application.objects.filter(permit_id=permit_id, kind=Application.ENDORSEMENT, state__in=UNFINISHED)
        .only("kind", "state", "filed_on", "examine_by", "supplement_by")
        .order_by()
    )
)


def unfinished_application(person: Person, today: date) -> Application | None:
    """The draft or the application in hand, so far as time and facts have left it. One query; its permit is
    read when somebody asks for it.
    """
    found = _UNFINISHED.first(person.pk)
    if found is None:
        return None
    found.person = person
    return None if is_over(found, today) else found


_UNFINISHED = Prepared(
    lambda person_id: Application.objects.filter(person_id=person_id, state__in=[State.DRAFT, *OPEN])[:1]
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What an officer looks for in the queue. `text` is a name, a whole identity number or a case number."""

    tab: Tab = "to_examine"
    text: str = ""
    route: str = ""
    kind: str = ""
    area: str = ""
    channel: str = ""
    mine: bool = False


def queue(actor: Actor, filters: Filters, today: date) -> QuerySet[Application]:
    """The officer's whole queue: first what is paused too long, then by what falls due first, last what is
    paused; `queue_page` reads a part of it. `mine`: what is in the officer's hands today, as theirs or for
    who is away.

    Searching looks through all states. Names match from their beginning, numbers as a whole.
    """
    rows = _narrowed(applications_for(actor, today), filters, actor, today)
    rows = rows.select_related("accepted_by", "assigned_to")
    if filters.text:
        return rows.filter(_matches(filters.text.strip())).order_by("-submitted_at", "-pk")
    rows = rows.filter(stands_in(filters.tab, today))
    if filters.tab == "done":
        return rows.order_by(Coalesce("decided_on", "supplement_by").desc(), "-pk")
    if filters.tab == "to_review":
        due = Coalesce("due_on", due_if_accepted_by_time(today))
        return rows.annotate(rank=rank(today)).order_by("rank", due, "pk")
    return rows.order_by("examine_by" if filters.tab == "to_examine" else "supplement_by", "pk")


def queue_page(actor: Actor, filters: Filters, today: date, start: int, size: int) -> list[Application]:
    """So many rows of `queue` from a place on, in three queries whose cost does not grow with the table.

    Each area and each way into a tab is read along its own index as far as the page reaches; then they are
    merged. A database left to itself would sort all that stands in the tab.
    """
    if actor.role not in CASEWORKERS:
        return []
    rows = _narrowed(Application.objects.exclude(number=None), filters, actor, today)
    areas = [area for area in actor.areas if filters.area in {"", area}]
    if filters.text:
        keys = _search(rows, filters.text.strip(), areas, start, size)
    else:
        ways = [
            rows.filter(stands).annotate(rank=Value(rank), key=key)
            for rank, stands, key in ways_into(filters.tab, today)
        ]
        keys = _merged(ways, areas, start, size, newest_first=filters.tab == "done")
    shown = with_open_pauses(applications_for(actor, today).select_related("accepted_by", "assigned_to"))
    found = shown.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def latest_answers(cases: Iterable[Application]) -> dict[int, dict[str, Any]]:
    """What the rules answered last, by case. One query."""
    latest = (
        Decision.objects.filter(application__in=[case.pk for case in cases])
        .order_by()
        .values("application")
        .annotate(latest=Max("pk"))
    )
    return dict(Decision.objects.filter(pk__in=latest.values("latest")).values_list("application", "answer"))


def _narrowed(
    rows: QuerySet[Application], filters: Filters, actor: Actor, today: date
) -> QuerySet[Application]:
    """What the filters leave, but for tab and text."""
    if filters.route:
        rows = rows.filter(route=filters.route)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.area:
        rows = rows.filter(area=filters.area)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    if filters.mine and actor.account_id:
        rows = rows.filter(assigned_to__in=rota.hands_of(actor.account_id, today))
    return rows


def with_open_pauses(rows: QuerySet[Application]) -> QuerySet[Application]:
    """The rows with the pauses that stop their clocks now, in one query more."""
    return rows.prefetch_related(Prefetch("pauses", Pause.objects.filter(ended_on__isnull=True)))


def _matches(text: str) -> Q:
    whole = Q(number=text.upper()) | Q(person__identity_number=text.upper())
    return whole | Q(person__name_key__begins=folded(text))


def _search(rows: QuerySet[Application], text: str, areas: list[str], start: int, size: int) -> list[int]:
    """Keys of the cases that a text finds, newest first: by the few people it names, or where it names many,
    by reading from the newest case on until the page is full.
    """
    ids = Person.objects.order_by().values_list("pk", flat=True)
    people = list(ids.filter(name_key__begins=folded(text))[: MANY_PEOPLE + 1])
    if len(people) > MANY_PEOPLE:
        called = Exists(Person.objects.filter(pk=OuterRef("person"), name_key__begins=folded(text)))
        # Lower() changes no digit: it keeps SQLite from sorting whole areas instead of walking the index.
        here: QuerySet[Any] = rows.alias(lower_area=Lower("area"))
        newest = here.filter(called, lower_area__in=areas).order_by("-submitted_at", "-pk")
        return list(newest.values_list("pk", flat=True)[start : start + size])
    people += ids.filter(identity_number=text.upper())
    theirs = rows.filter(Q(person__in=people) | Q(number=text.upper())).order_by()
    found = [row for row in theirs.values_list("submitted_at", "pk", "area") if row[2] in areas]
    return [key for _submitted_at, key, _area in sorted(found, reverse=True)[start : start + size]]


def _merged(
    ways: Sequence[QuerySet[Any]], areas: list[str], start: int, size: int, *, newest_first: bool
) -> list[int]:
    """The keys of rows `start` to `start + size` of all ways in all areas, by their `rank` and `key`.

    Django writes the SQL of each way once; an area is a parameter of it.
    """
    way = "DESC" if newest_first else "ASC"
    order = ("-key", "-pk") if newest_first else ("key", "pk")
    parts: list[str] = []
    values: list[Any] = []
    for rows in ways:
        reached = rows.filter(area=ANY_AREA).order_by(*order).values_list("pk", "rank", "key")[: start + size]
        part, its = reached.query.sql_with_params()
        for area in areas:
            parts.append(f"SELECT * FROM ({part}) AS way{len(parts)}")  # noqa: S608, written by the ORM
            values += [area if value == ANY_AREA else value for value in its]
    if not parts:
        return []
    together = " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(f"{together} ORDER BY 2, 3 {way}, 1 {way} LIMIT {size:d} OFFSET {start:d}", values)
        return [row[0] for row in cursor.fetchall()]


def tab_counts(actor: Actor, today: date) -> dict[str, int]:
    """How many cases wait in each open tab, counted to one past MOST_COUNTED: an exact count would read
    them all. Done ones are not counted. One query.
    """
    tabs: tuple[Tab, ...] = ("to_examine", "to_review", "waiting")
    if actor.role not in CASEWORKERS or not actor.areas:
        return dict.fromkeys(tabs, 0)
    counted: list[str] = []
    values: list[Any] = []
    for tab in tabs:
        ways = [
            Application.objects.filter(stands, area__in=actor.areas)
            for _rank, stands, _key in ways_into(tab, today)
        ]
        sums = []
        for rows in ways:
            part, its = rows.order_by().values_list("pk")[: MOST_COUNTED + 1].query.sql_with_params()
            sums.append(f"(SELECT COUNT(*) FROM ({part}) AS way)")  # noqa: S608, written by the ORM
            values += its
        counted.append(" + ".join(sums))
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(counted), values)
        found = cursor.fetchone()
    return {tab: min(count, MOST_COUNTED + 1) for tab, count in zip(tabs, found, strict=True)}


def readings(actor: Actor, number: str, today: date) -> QuerySet[Event] | None:
    """Who looked at the applicant's record since a case was begun, or revealed their number: newest first.
    For the auditor, and the chief of its area; to everybody else there is no such case.
    """
    rows = Application.objects.exclude(number=None).filter(number=number)
    if actor.role != "auditor":
        rows = applications_for(actor, today).filter(number=number) if actor.role == "chief" else rows.none()
    case = rows.only("person_id", "started_at").select_related(None).first()
    if case is None:
        return None
    kinds = ["person.read", "person.number_revealed"]
    theirs = records.of(case.person_id, "person_id")
    return Event.objects.filter(theirs, kind__in=kinds, actor_kind="staff", at__gte=case.started_at).order_by(
        "-position"
    )


def history(application: Application) -> QuerySet[Event]:
    """What happened to an application, and to its applicant's evidence since it was begun: newest first. In a
    child's case also how the guardians' papers were judged.
    """
    theirs = guardians.papers(application, application.started_at.date())
    return Event.objects.filter(
        Q(subject_type="permits.application", subject_id=str(application.pk))
        | Q(
            records.of(application.person_id, "person_id"),
            kind__startswith="evidence.",
            at__gte=application.started_at,
        )
        | Q(
            subject_type="evidence.evidence",
            subject_id__in=[str(piece.pk) for piece in theirs],
            kind="evidence.judged",
            at__gte=application.started_at,
        )
    ).order_by("-position")


def paper_of(application: Application, pk: int, today: date) -> Evidence | None:
    """A paper that this case can rest on: the applicant's, or a guardian's in a child's case."""
    own = Evidence.objects.filter(person=application.person_id, withdrawn_at__isnull=True, pk=pk).first()
    return own or guardians.papers(application, judged_on(application, today)).filter(pk=pk).first()


def due_for_time(today: date) -> QuerySet[Application]:
    """Applications that time has accepted or let lapse, and nobody has written it down."""
    return Application.objects.filter(
        terms.EXAMINATION.where_over(today) | terms.SUPPLEMENT.where_over(today)
    )


def window_drafts(actor: Actor) -> QuerySet[Application]:
    """Drafts that are being filled in at the windows of an officer's area, the latest first; a colleague can
    go on with them. Nothing to whom the window is not.
    """
    if actor.role not in ALLOWED_ROLES["submit"]:
        return Application.objects.none()
    drafts = Application.objects.filter(area__in=actor.areas, state=State.DRAFT, channel="window")
    return drafts.select_related("person", "filed_by").order_by("-saved_at")
