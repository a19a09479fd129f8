"""证照版本: what an electronic permit says, written anew whenever it changes; the latest one counts.

Source: State Council order 663 art. 4 (what a permit says); notice 2(2)3; Zhejiang art. 19; Hangzhou art. 18.
"""

from collections.abc import Iterable
from datetime import date

from juzhu.evidence.kinds import Kind
from juzhu.evidence.queries import proof_of
from juzhu.operations import clock
from juzhu.operations.actors import Actor
from juzhu.operations.prepared import Prepared
from juzhu.operations.rules import in_force
from juzhu.people.models import Person
from juzhu.permits.models import Application, Correction, Permit, PermitVersion
from juzhu.registration import queries as registration
from juzhu.registration.models import Registration

IDENTITY = ("name", "sex", "ethnic_group", "born", "household_division", "household_address")
_LATEST = Prepared(
    lambda permit_id: PermitVersion.objects.filter(permit_id=permit_id).order_by("-number")[:1]
)


def make(
    permit: Permit,
    reason: str,
    *,
    actor: Actor,
    today: date,
    application: Application | None = None,
    correction: Correction | None = None,
) -> PermitVersion:
    """Write the next version from the register as it stands, in the caller's transaction, whose event tells
    of it. The caller holds the permit's row, or has just made it.
    """
    version = _drawn(permit, today)
    before = _LATEST.first(permit.pk)
    version.number = before.number + 1 if before else 1
    version.reason = reason
    version.made_on, version.made_at, version.made_by_id = today, clock.now(), actor.account_id
    version.application, version.correction = application, correction
    version.save(force_insert=True)
    return version


def differs(permit: Permit, names: Iterable[str], today: date) -> bool:
    """Whether the register says something else of these entries now than the latest version does."""
    latest = _LATEST.first(permit.pk)
    drawn = _drawn(permit, today)
    return latest is None or any(getattr(latest, name) != getattr(drawn, name) for name in names)


def said(permit: Permit) -> PermitVersion:
    """What the latest version says; of a permit without one, what the register says. One query."""
    return _LATEST.first(permit.pk) or _drawn(permit, permit.issued_on)


def shown(permit: Permit) -> PermitVersion:
    """What the permit says now: the latest version, with address and workplace as they are registered at
    this moment, whether or not a worker has made the version of them.
    """
    version, current = said(permit), _current(permit)
    if current is not None:
        version.residence_address, version.workplace = current.full_address, current.workplace
        version.workplace_since = current.workplace_since
    return version


def earlier(permit: Permit) -> list[PermitVersion]:
    """以前的版本: all but the latest, newest first."""
    return list(permit.versions.order_by("-number")[1:])


def _drawn(permit: Permit, today: date) -> PermitVersion:
    person, current = permit.person, _current(permit)
    rules = in_force(today)
    return PermitVersion(
        permit=permit,
        **{name: getattr(person, name) for name in IDENTITY},
        identity_number=person.identity_number,
        photo_id=person.photo_id or _photo_shown(person),
        residence_address=current.full_address if current else _last_address(permit),
        workplace=current.workplace if current else "",
        workplace_since=current.workplace_since if current else None,
        issued_on=permit.issued_on,
        valid_until=permit.status(rules, max(today, permit.issued_on)).valid_until,
    )


def _current(permit: Permit) -> Registration | None:
    return next((row for row in registration.stays(permit.person_id) if row.ended_on is None), None)


def _last_address(permit: Permit) -> str:
    last = registration.last_of(registration.stays(permit.person_id))
    return last.full_address if last else ""


def _photo_shown(person: Person) -> int | None:
    """The photograph that was handed in, where the population register has none."""
    proof = proof_of(person.pk)
    piece = proof.by_kind.get(Kind.PHOTO) if proof.shown(Kind.PHOTO) else None
    file = next(iter(piece.files.all()), None) if piece else None
    return file.pk if file else None
