"""Who may open which stored file: a paper, a photograph, what is kept aside with a draft."""

from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from juzhu.evidence.models import Evidence
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people.models import Person, UndoneFact
from juzhu.people.queries import own_and_wards
from juzhu.permits import guardians
from juzhu.permits.judging import judged_on
from juzhu.permits.models import Attendance, Correction, FraudCase, PostCheck, Representative
from juzhu.permits.queries import CASEWORKERS, applications_for, window_drafts
from juzhu.registration.duties.worklists import POLICE
from juzhu.registration.dwellings import papers as dwelling_papers
from juzhu.registration.models import PenaltyCase


def readable_file(actor: Actor, name: str, today: date) -> tuple[StoredFile, int | None] | None:
    """A stored file that this reader may open, with the person it belongs to; None when they may not.

    A citizen opens their own and their wards' papers and photographs, and what they have uploaded a moment
    ago and not handed in yet; a caseworker those of people who have a case in their area, or a draft that is
    filled in at its window, of a child's guardians what its case rests on, and what representatives,
    corrections, checks and undone facts in their area have shown. The papers of let dwellings:
    `dwellings.papers`.
    """
    file = StoredFile.objects.filter(name=name).first()
    if file is None:
        return None
    if actor.kind == "citizen":
        if actor.person_id is None:
            return None
        people = own_and_wards(actor, today).values("pk")
    else:
        filed = applications_for(actor, today).order_by().values("person_id")
        here = window_drafts(actor).order_by().values("person_id")
        people = Person.objects.filter(Q(pk__in=filed) | Q(pk__in=here)).values("pk")
    papers = Evidence.objects.filter(files=file, withdrawn_at__isnull=True)
    owner = papers.filter(person__in=people).values_list("person_id", flat=True).first()
    if owner is None:
        owner = Person.objects.filter(photo=file, pk__in=people).values_list("pk", flat=True).first()
    if owner is None and actor.kind == "staff":
        owner = _guardian_behind(papers, actor, today)
    if owner is None:
        owner = _behind_what_is_here(file, actor)
    if owner is not None:
        return file, owner
    if (paper := dwelling_papers.opens(actor, file)) is not None:
        return file, dwelling_papers.whose(paper)
    if (case := _of_a_hearing(file, actor)) is not None:
        return file, case.person_id
    waiting = file.uploaded_by_id == actor.account_id or _waits_at_window(file, actor)
    if waiting and not Evidence.objects.filter(files=file).exists():
        return file, actor.person_id
    return None


def _waits_at_window(file: StoredFile, actor: Actor) -> bool:
    """Whether a file was kept aside with a half-filled draft at the window."""
    kept = (row.answers.get("partial", {}).get("materials", {}) for row in window_drafts(actor))
    return any(file.name in item.get("files", []) for rows in kept for item in rows.values())


def _behind_what_is_here(file: StoredFile, actor: Actor) -> int | None:
    """Whose affair it belongs to, when a correction, a check or a representative in the officer's area has
    shown it.
    """
    if actor.role not in CASEWORKERS:
        return None
    proofs = Correction.objects.filter(files=file, area__in=actor.areas)
    here = Q(application__area__in=actor.areas) | Q(registration__subdistrict__in=actor.areas)
    shown = Representative.objects.filter(here, files=file)
    whose = Coalesce("application__person_id", "registration__person_id")
    seen = PostCheck.objects.filter(photos=file, area__in=actor.areas)
    lives = Q(fact__person__registrations__subdistrict__in=actor.areas)
    lives |= Q(fact__person__merged_into__registrations__subdistrict__in=actor.areas)
    undone = UndoneFact.objects.filter(lives, files=file)
    stood = Attendance.objects.filter(files=file, area__in=actor.areas)
    return (
        proofs.order_by().values_list("permit__person_id", flat=True).first()
        or seen.order_by().values_list("person_id", flat=True).first()
        or shown.order_by().values_list(whose, flat=True).first()
        or undone.order_by().values_list("fact__person_id", flat=True).first()
        or stood.order_by().values_list("person_id", flat=True).first()
    )


def _of_a_hearing(file: StoredFile, actor: Actor) -> FraudCase | PenaltyCase | None:
    """The case in the officer's area whose hearing's signed record it is."""
    if actor.role in CASEWORKERS:
        found = FraudCase.objects.filter(hearing__files=file, area__in=actor.areas).first()
        if found is not None:
            return found
    if actor.role not in POLICE:
        return None
    return PenaltyCase.objects.filter(hearing__files=file, area__in=actor.areas).first()


def _guardian_behind(papers: QuerySet[Evidence], actor: Actor, today: date) -> int | None:
    """The guardian whose paper it is, when a child's case in the officer's area rests on it, or did."""
    for piece in papers:
        wards = applications_for(actor, today).filter(
            person__guardianships__guardian_id=piece.person_id, person__guardianships__ended_on=None
        )
        for case in wards:
            asked = guardians.kinds_asked(case, judged_on(case, case.decided_on or today))
            late = case.decided_at is not None and piece.received_at > case.decided_at
            if piece.kind in asked and not late:
                return piece.person_id
    return None
