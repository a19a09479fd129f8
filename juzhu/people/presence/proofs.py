"""Proving presence, by each way. Every proof and every failure is one event of the audit trail; no image, no
password and no challenge is in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from juzhu.operations import clock, events
from juzhu.operations.outside import Fault
from juzhu.people.errors import PresenceNotProved
from juzhu.people.models import Account, Attempt
from juzhu.people.presence import attempts, local_faces, passkeys, ways
from juzhu.people.presence.addresses import FaceProvider
from juzhu.people.presence.errors import (
    AttemptOver,
    FaceCancelled,
    FaceNotLive,
    FaceNotMatched,
    FaceProviderDown,
    PresenceUnfinished,
    WayNotOffered,
)
from juzhu.people.presence.faces import Errand, FaceResult, Subject, face_check, provider

LONGEST_CODE = 200


@contextmanager
def _noted(way: str, account: Account, purpose: str) -> Iterator[dict[str, object]]:
    """Append what came of a try; what is put into the dictionary is said besides."""
    _check_offered(way, account)
    about: dict[str, object] = {}
    try:
        yield about
    except (PresenceNotProved, PresenceUnfinished) as error:
        _event("failed", way, account, purpose, because=error.because, **about)
        raise
    _event("proved", way, account, purpose, **about)


def _check_offered(way: str, account: Account) -> None:
    if way not in ways.offered(account, clock.today()):
        raise WayNotOffered


def _event(what: str, way: str, account: Account, purpose: str, **about: object) -> None:
    events.append(
        f"presence.{what}",
        actor=account.actor,
        subject=account,
        person_id=account.person_id,
        way=way,
        purpose=purpose,
        **about,
    )


def by_password(account: Account, password: str, *, purpose: str) -> None:
    """The account's password, typed again. Raises PresenceNotProved."""
    with _noted("password", account, purpose):
        if not account.check_password(password):
            raise PresenceNotProved


def by_passkey(account: Account, credential: str, *, purpose: str, session: str) -> None:
    """One of the account's passkeys. Raises PasskeyRefused, AttemptOver."""
    with _noted("passkey", account, purpose) as about:
        passkey = passkeys.check(
            Attempt.PASSKEY, credential, session=session, account=account, purpose=purpose
        )
        about["passkey"] = passkey.pk


def by_local_face(account: Account, picture: bytes, *, purpose: str) -> None:
    """For development: a picture against the one on the permit, without liveness. It is not kept.

    Raises FaceNotMatched, FaceUnreadable.
    """
    with _noted("local_face", account, purpose) as about:
        score = local_faces.score(account, picture)
        about["score"] = round(score, 3)
        if score < local_faces.LEAST:
            raise FaceNotMatched


def begin_face(
    account: Account, *, purpose: str, session: str, target: str, return_url: str, language: str
) -> str:
    """Open a session at the provider's for somebody who has agreed to it; the address of its page.

    The consent is for this once: the event that keeps it names the purpose and the provider.
    Raises FaceProviderDown, WayNotOffered.
    """
    _check_offered("face", account)
    connected, person = provider(), account.person
    assert connected is not None and person is not None  # or it would not be offered
    attempt, state = attempts.begin(
        Attempt.FACE, session=session, account=account, purpose=purpose, target=target
    )
    _event("face_agreed", "face", account, purpose, provider=connected.name.zh)
    errand = Errand(purpose, state.hex(), return_url, language)
    try:
        started = face_check(connected).start(Subject(person.name, person.identity_number), errand)
    except Fault as fault:
        _event("failed", "face", account, purpose, because=FaceProviderDown.because, fault=fault.code)
        raise FaceProviderDown from fault
    attempt.provider_session = started.session
    attempt.save(update_fields=["provider_session"])
    return started.url


def back_from_provider(account: Account, state: str, *, session: str) -> Attempt:
    """The try that somebody comes back from, used up by that. Raises AttemptOver for a state that is not this
    session's and account's own, is more than five minutes old, or was used.
    """
    try:
        return attempts.take(Attempt.FACE, bytes.fromhex(state), session=session, account=account)
    except ValueError as error:
        raise AttemptOver from error
    except AttemptOver as over:
        _event("failed", "face", account, "", because=over.because)
        raise


def by_face(account: Account, attempt: Attempt, code: str) -> None:
    """Ask the provider what came of it.

    Raises FaceNotMatched, FaceNotLive, FaceCancelled, FaceProviderDown.
    """
    with _noted("face", account, attempt.purpose) as about:
        connected = provider()
        assert connected is not None
        if not 0 < len(code) <= LONGEST_CODE:
            raise FaceCancelled
        try:
            result = face_check(connected).result(attempt.provider_session, code)
        except Fault as fault:
            about["fault"] = fault.code
            raise FaceProviderDown from fault
        about |= {
            "provider": result.provider,
            "match": result.match,
            "score": result.score,
            "liveness": result.liveness,
            "evidence": result.evidence,
        }
        _judge(result, connected)


def _judge(result: FaceResult, connected: FaceProvider) -> None:
    """By the district's own thresholds, whatever the provider holds for enough."""
    if not result.finished:
        raise FaceCancelled
    if result.liveness < connected.least_liveness:
        raise FaceNotLive
    if not result.match or result.score < connected.least_score:
        raise FaceNotMatched
