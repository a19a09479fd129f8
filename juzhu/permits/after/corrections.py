"""登载内容更正: the holder says what is wrong on the permit and proves it; a clerk puts it right, or says
why not.

What a person is called and when they were born is put right only as the identity provider says, never by
typing. No statute gives a term: the district's own promise does (`JUZHU_CORRECTION_DAYS`).
Source: Hangzhou art. 18; requirements D10.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from juzhu.operations import clock, events, numbers
from juzhu.operations.actors import Actor
from juzhu.operations.models import StoredFile
from juzhu.people import actions as people
from juzhu.people.errors import IdentityNotConfirmed, NotAllowed
from juzhu.people.ethnic_groups import CHOICES as ETHNIC_GROUPS
from juzhu.people.identity_numbers import parse
from juzhu.people.identity_provider import ConfirmedIdentity, provider
from juzhu.people.models import Person, Sex
from juzhu.people.names import folded
from juzhu.people.queries import own_and_wards
from juzhu.permits import attending, conflicts, issuing, versions
from juzhu.permits.attending import ALONE, Standing
from juzhu.permits.errors import (
    CorrectionAsked,
    CorrectionInvalid,
    NotConfirmed,
    OutOfArea,
    PermitEnded,
    ProofMissing,
    ReasonMissing,
    TransitionForbidden,
)
from juzhu.permits.models import Correction, Permit, PermitVersion
from juzhu.registration import actions as registration

FIELDS = {
    "name": _("姓名"),
    "sex": _("性别"),
    "ethnic_group": _("民族"),
    "born": _("出生日期"),
    "identity_number": _("公民身份号码"),
    "household_address": _("户籍地址"),
    "photo": _("相片"),
    "residence_address": _("居住地址（写错了字）"),
}
BY_PROVIDER = frozenset(FIELDS) - {"photo", "residence_address"}
DECIDES = frozenset({"clerk", "chief"})
SHORTEST_REASON = 5
LONGEST = 200


def ask(
    permit: Permit,
    field: str,
    wanted: str,
    explanation: str,
    files: Sequence[StoredFile],
    *,
    actor: Actor,
    today: date,
    standing: Standing = ALONE,
) -> Correction:
    """File a correction: the holder, their guardian, or a clerk for who stands at the window.

    Raises OutOfArea, PermitEnded, ProofMissing, CorrectionInvalid, CorrectionAsked, and what
    `attending.record` raises.
    """
    if not files:
        raise ProofMissing
    with transaction.atomic():
        held = issuing.locked(permit)
        _may_ask(held, actor, today)
        if held.ended_on is not None:
            raise PermitEnded
        version = versions.shown(held)
        said = _normal(field, wanted, today)
        was = _stands(version, field)
        if field != "photo" and said == was:
            raise CorrectionInvalid
        about = {"field": field, "was": was, "wanted": said, "explanation": explanation.strip()}
        row = _filed(held, about, actor, today)
        row.files.set(files)
        where = attending.record(
            held.person, "correction", row.number, held.area, standing, actor=actor, today=today
        )
        _tell("correction.filed", row, actor, **where)
    return row


def _filed(permit: Permit, about: dict[str, str], actor: Actor, today: date) -> Correction:
    try:
        with transaction.atomic():
            return Correction.objects.create(
                number=numbers.yearly("GZ", today.year),
                permit=permit,
                area=permit.area,
                filed_at=clock.now(),
                filed_on=today,
                filed_by_id=actor.account_id,
                due_on=today + timedelta(days=settings.JUZHU_CORRECTION_DAYS),
                **about,
            )
    except IntegrityError as error:
        raise CorrectionAsked from error


def correct(correction: Correction, *, actor: Actor, today: date) -> Correction:
    """Put it right: the register first, then a new version of the permit; the old one is kept. A household
    that turns out to be in the urban area ends the permit instead: there is no version of it any more.

    Raises NotAllowed, OutOfArea, TransitionForbidden, ConflictOfInterest, NotConfirmed, IdentityProviderDown,
    PermitEnded.
    """
    _check_role(actor)
    with transaction.atomic():
        seen = _take(correction, actor)
    change = _change(seen, today)
    with transaction.atomic():
        row = _take(correction, actor)
        Person.objects.select_for_update(no_key=True).get(pk=row.permit.person_id)
        if issuing.locked(row.permit).ended_on is not None:
            raise PermitEnded
        change(row.permit.person, actor)
        permit = issuing.locked(row.permit)
        _settle(row, "corrected", actor, today)
        about: dict[str, object] = {"ended": permit.end_reason}
        if permit.ended_on is None:
            made = versions.make(permit, "corrected", actor=actor, today=today, correction=row)
            about = {"version": made.number}
        _tell("correction.corrected", row, actor, **about)
    return row


def decline(correction: Correction, reason: str, *, actor: Actor, today: date) -> Correction:
    """Leave it as it is, with reasons that the holder reads, and remedies.

    Raises ReasonMissing, NotAllowed, OutOfArea, TransitionForbidden, ConflictOfInterest.
    """
    _check_role(actor)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    with transaction.atomic():
        row = _take(correction, actor)
        row.reason = reason.strip()
        _settle(row, "declined", actor, today)
        _tell("correction.declined", row, actor)
    return row


def _check_role(actor: Actor) -> None:
    if actor.kind != "staff" or actor.role not in DECIDES:
        raise NotAllowed


def _may_ask(permit: Permit, actor: Actor, today: date) -> None:
    if actor.kind == "staff":
        _check_role(actor)
        allowed = actor.covers(permit.area)
    else:
        allowed = own_and_wards(actor, today).filter(pk=permit.person_id).exists()
    if not allowed:
        raise OutOfArea


def _take(correction: Correction, actor: Actor) -> Correction:
    rows = Correction.objects.select_for_update(of=("self",)).select_related("permit__person")
    row = rows.get(pk=correction.pk)
    if not actor.covers(row.area):
        raise OutOfArea
    if row.state != "filed":
        raise TransitionForbidden
    conflicts.check_person(actor, row.permit.person)
    return row


def _settle(row: Correction, state: str, actor: Actor, today: date) -> None:
    row.state, row.decided_at, row.decided_on = state, clock.now(), today
    row.decided_by_id = actor.account_id
    row.save()


def _change(row: Correction, today: date) -> Callable[[Person, Actor], object]:
    """What puts it right, after the provider was asked, outside any transaction."""
    if row.field == "residence_address":
        return lambda person, actor: registration.correct_address(person, row.wanted, actor=actor)
    if row.field == "photo":
        picture = row.files.filter(content_type__startswith="image/").first()
        if picture is None:
            raise ProofMissing
        return lambda person, _actor: people.correct_identity(person, photo_id=picture.pk)
    confirmed = _provider_says(row)
    moved = confirmed.household_division != row.permit.person.household_division
    if row.field == "household_address" and moved:
        return lambda person, actor: _household(person, confirmed, row, actor, today)
    said = getattr(confirmed, row.field)
    return lambda person, _actor: people.correct_identity(person, **{row.field: said})


def _household(
    person: Person, confirmed: ConfirmedIdentity, row: Correction, actor: Actor, today: date
) -> Person:
    """A household that the provider knows in another division has moved: nobody has said when, so that it
    counts from today, with all that follows. Source: Hangzhou art. 21(2).
    """
    return people.record_household(
        person,
        confirmed.household_division,
        confirmed.household_address,
        today,
        f"{confirmed.source} · {row.number}",
        actor=actor,
        today=today,
    )


def _provider_says(row: Correction) -> ConfirmedIdentity:
    """The provider's own word. Raises NotConfirmed when the field is not what was asked for."""
    person = row.permit.person
    name = row.wanted if row.field == "name" else person.name
    number = row.wanted if row.field == "identity_number" else person.identity_number
    try:
        confirmed = provider().confirm(name, number)
    except IdentityNotConfirmed as error:
        raise NotConfirmed from error
    said = getattr(confirmed, row.field)
    if folded(_text(said)) != folded(row.wanted):
        raise NotConfirmed
    return confirmed


def _stands(version: PermitVersion, field: str) -> str:
    return "" if field == "photo" else _text(getattr(version, field))


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _normal(field: str, wanted: str, today: date) -> str:
    """What was typed, in the form of the column. Raises CorrectionInvalid, IdentityNumberInvalid."""
    text = " ".join(wanted.split())
    if field == "identity_number":
        return parse(text, today).text
    good = {
        "sex": text in {str(value) for value in Sex.values},
        "ethnic_group": text in dict(ETHNIC_GROUPS),
        "born": _is_day(text),
        "photo": True,
    }.get(field, field in FIELDS and 0 < len(text) <= LONGEST)
    if not good:
        raise CorrectionInvalid
    return text


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _tell(kind: str, row: Correction, actor: Actor, **about: object) -> None:
    events.append(
        kind,
        actor=actor,
        subject=row,
        person_id=row.permit.person_id,
        number=row.number,
        field=row.field,
        **about,
    )
