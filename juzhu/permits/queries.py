"""The only place that reads applications and permits, scoped by who asks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.conf import settings
from django.db.models import (
    Count,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce

from juzhu.evidence.models import Evidence
from juzhu.law import policy
from juzhu.operations.actors import Actor
from juzhu.operations.models import Event, StoredFile
from juzhu.operations.prepared import Prepared
from juzhu.people.models import Person
from juzhu.people.queries import own_and_wards
from juzhu.permits import guardians, rota
from juzhu.permits.casework import judged_on
from juzhu.permits.models import Application, Decision, Endorsement, Known, Pause, Permit
from juzhu.permits.transitions import OPEN, UNFINISHED, State

CASEWORKERS = frozenset({"clerk", "reviewer", "chief"})
Tab = Literal["to_examine", "to_review", "waiting", "done"]
TAB_STATES: dict[Tab, tuple[State, ...]] = {
    "to_examine": (State.SUBMITTED,),
    "to_review": (State.ACCEPTED,),
    "waiting": (State.SUPPLEMENT_REQUESTED,),
    "done": (State.ISSUED, State.REFUSED, State.WITHDRAWN, State.LAPSED, State.ENDED),
}


def applications_for(actor: Actor, today: date) -> QuerySet[Application]:
    """A citizen's own and their wards'; an officer's filed ones in their area; nothing to anybody else."""
    rows = Application.objects.select_related("person", "permit")
    if actor.kind == "citizen":
        return rows.filter(person__in=own_and_wards(actor, today))
    if actor.role in CASEWORKERS:
        return rows.filter(area__in=actor.areas).exclude(state=State.DRAFT).exclude(number=None)
    return rows.none()


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
    permit = _SHOWN.first(public_id)
    if permit is not None:
        (permit.person,) = _HOLDER(permit.person_id)
        permit.known = _known(permit.pk)
    return permit


def _known(permit_id: int) -> Known:
    filed = [row.filed_on for row in _UNDECIDED(permit_id) if row.filed_on]
    return Known(tuple(row.on for row in _ENDORSEMENTS(permit_id)), max(filed, default=None))


_LATEST = Prepared(
    lambda person_id: Permit.objects.filter(person_id=person_id).order_by("-issued_on", "-pk")[:1]
)
_SHOWN = Prepared(lambda public_id: Permit.objects.filter(public_id=public_id))
_HOLDER = Prepared(lambda person_id: Person.objects.filter(pk=person_id))
_ENDORSEMENTS = Prepared(lambda permit_id: Endorsement.objects.filter(permit_id=permit_id))
_UNDECIDED = Prepared(
    lambda permit_id: (
        Application.objects.filter(permit_id=permit_id, kind=Application.ENDORSEMENT, state__in=UNFINISHED)
        .only("filed_on")
        .order_by()
    )
)


def unfinished_application(person: Person) -> Application | None:
    """The draft or the application in hand. One query; its permit is read when somebody asks for it."""
    found = _UNFINISHED.first(person.pk)
    if found is not None:
        found.person = person
    return found


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


def stands_in(tab: Tab, today: date) -> Q:
    """Which cases stand in a tab by their dates, whether or not a job has written down what time did."""
    accepted_by_time = Q(state=State.SUBMITTED, examine_by__lt=today)
    lapsed_by_time = Q(state=State.SUPPLEMENT_REQUESTED, supplement_by__lt=today)
    return {
        "to_examine": Q(state=State.SUBMITTED, examine_by__gte=today),
        "to_review": Q(state=State.ACCEPTED) | accepted_by_time,
        "waiting": Q(state=State.SUPPLEMENT_REQUESTED, supplement_by__gte=today),
        "done": Q(state__in=TAB_STATES["done"]) | lapsed_by_time,
    }[tab]


def queue(actor: Actor, filters: Filters, today: date) -> QuerySet[Application]:
    """The officer's queue, by what falls due first, and last what is paused; `latest_answer` is what the
    rules answered last. `mine`: what is in the officer's hands today, as theirs or for who is away.

    Searching looks through all states. Names match from their beginning, numbers as a whole.
    """
    rows = applications_for(actor, today).select_related("accepted_by", "assigned_to")
    if filters.text:
        text = filters.text.strip()
        rows = rows.filter(
            Q(person__name__startswith=text)
            | Q(person__identity_number=text.upper())
            | Q(number=text.upper())
        )
    else:
        rows = rows.filter(stands_in(filters.tab, today))
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
    latest = Decision.objects.filter(application=OuterRef("pk")).order_by("-pk").values("answer")[:1]
    order = {
        "to_examine": F("examine_by").asc(),
        "to_review": Coalesce("due_on", _due_if_accepted_by_time()).asc(),
        "waiting": F("supplement_by").asc(),
        "done": F("decided_on").desc(nulls_last=True),
    }
    first = F("submitted_at").desc() if filters.text else order[filters.tab]
    rows = rows.annotate(latest_answer=Subquery(latest))
    if filters.tab == "to_review" and not filters.text:
        stopped = Exists(Pause.objects.filter(application=OuterRef("pk"), ended_on__isnull=True))
        return rows.annotate(stopped=stopped).order_by("stopped", first, "pk")
    return rows.order_by(first, "pk")


def with_open_pauses(rows: QuerySet[Application]) -> QuerySet[Application]:
    """The rows with the pauses that stop their clocks now, in one query more."""
    return rows.prefetch_related(Prefetch("pauses", Pause.objects.filter(ended_on__isnull=True)))


def _due_if_accepted_by_time() -> Cast:
    """The last day to decide, counted from the day a submission was received."""
    days = policy.load(settings.JUZHU_POLICY).parameters.issue_days
    due = ExpressionWrapper(F("received_on") + timedelta(days=days), output_field=DateTimeField())
    return Cast(due, DateField())


def tab_counts(actor: Actor, today: date) -> dict[str, int]:
    """How many cases wait in each open tab. Done ones are not counted: the table only grows."""
    tabs: tuple[Tab, ...] = ("to_examine", "to_review", "waiting")
    if actor.role not in CASEWORKERS:
        return dict.fromkeys(tabs, 0)
    return Application.objects.filter(area__in=actor.areas, state__in=OPEN).aggregate(
        **{tab: Count("pk", filter=stands_in(tab, today)) for tab in tabs}
    )


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
    return Event.objects.filter(
        person_id=case.person_id, kind__in=kinds, actor_kind="staff", at__gte=case.started_at
    ).order_by("-position")


def history(application: Application) -> QuerySet[Event]:
    """What happened to an application, and to its applicant's evidence since it was begun: newest first. In a
    child's case also how the guardians' papers were judged.
    """
    theirs = guardians.papers(application, application.started_at.date())
    return Event.objects.filter(
        Q(subject_type="permits.application", subject_id=str(application.pk))
        | Q(person_id=application.person_id, kind__startswith="evidence.", at__gte=application.started_at)
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
        Q(state=State.SUBMITTED, examine_by__lt=today)
        | Q(state=State.SUPPLEMENT_REQUESTED, supplement_by__lt=today)
    )


def readable_file(actor: Actor, name: str, today: date) -> tuple[StoredFile, int | None] | None:
    """A stored file that this reader may open, with the person it belongs to; None when they may not.

    A citizen opens their own and their wards' papers and photographs, and what they have uploaded a moment
    ago and not handed in yet; a caseworker those of people who have a case in their area, and of a child's
    guardians what its case rests on.
    """
    file = StoredFile.objects.filter(name=name).first()
    if file is None:
        return None
    if actor.kind == "citizen":
        if actor.person_id is None:
            return None
        people = own_and_wards(actor, today).values("pk")
    else:
        applicants = applications_for(actor, today).order_by().values("person_id")
        people = Person.objects.filter(pk__in=applicants).values("pk")
    papers = Evidence.objects.filter(files=file, withdrawn_at__isnull=True)
    owner = papers.filter(person__in=people).values_list("person_id", flat=True).first()
    if owner is None:
        owner = Person.objects.filter(photo=file, pk__in=people).values_list("pk", flat=True).first()
    if owner is None and actor.kind == "staff":
        owner = _guardian_behind(papers, actor, today)
    if owner is not None:
        return file, owner
    waiting = actor.kind == "citizen" and file.uploaded_by_id == actor.account_id
    if waiting and not Evidence.objects.filter(files=file).exists():
        return file, actor.person_id
    return None


def _guardian_behind(papers: QuerySet[Evidence], actor: Actor, today: date) -> int | None:
    """The guardian whose paper it is, when a child's case in the officer's area rests on it, or did."""
    for piece in papers:
        wards = applications_for(actor, today).filter(person__guardianships__guardian_id=piece.person_id)
        for case in wards:
            asked = guardians.kinds_asked(case, judged_on(case, case.decided_on or today))
            late = case.decided_at is not None and piece.received_at > case.decided_at
            if piece.kind in asked and not late:
                return piece.person_id
    return None
