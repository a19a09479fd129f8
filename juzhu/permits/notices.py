"""What people are told, from events: inbox, mail, SMS; and the reminders of a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.mail import send_mail
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from juzhu.evidence.models import Inquiry
from juzhu.law import calendar
from juzhu.operations import clock, events, sms, tasks
from juzhu.operations.models import Event, Task
from juzhu.operations.rules import in_force
from juzhu.people import actions as people
from juzhu.people import records
from juzhu.people.models import Account, Person
from juzhu.people.queries import guarding, of_age_if_born_by, reached_through
from juzhu.permits import coming_of_age, moves, representatives
from juzhu.permits.models import Application, Permit, PostCheck
from juzhu.permits.queries import due_for_time
from juzhu.permits.tabs import in_hand
from juzhu.registration.district.dwellings import COUNT
from juzhu.registration.models import Dwelling, Registration

TOLD = {
    "application.submitted": "received",
    "application.supplemented": "received",
    "application.supplement_requested": "supplement_notice",
    "application.accepted": "receipt",
    "application.deemed_accepted": "deemed_receipt",
    "application.refused": "refusal",
    "application.issued": "issued",
    "application.lapsed": "lapsed",
    "application.declined": "declined",
    "application.corrected": "mended",
    "application.paused": "paused",
    "application.resumed": "resumed",
    "application.taken_back": "taken_back",
    "application.reopened": "reopened",
    "application.remedy_recorded": "remedy_recorded",
    "application.remedy_concluded": "remedy_concluded",
    "application.review_requested": "review_requested",
    "application.ended": "ended",
}
TOLD_AFTER_ISSUE = {
    "correction.filed": "correction_received",
    "correction.corrected": "corrected",
    "correction.declined": "correction_declined",
    "fraud.told": "fraud_told",
    "fraud.decided": "fraud_decided",
    "fraud.closed": "fraud_closed",
    "fraud.set_aside": "fraud_set_aside",
    "fraud.hearing_called": "fraud_hearing_called",
    "fraud.remedy_recorded": "fraud_remedy_recorded",
    "fraud.remedy_concluded": "fraud_remedy_concluded",
}
"""Events about a person that have a number of their own to quote."""
TOLD_ABOUT_LETTING = {
    "title.confirmed": "letting_done",
    "letting.recorded": "letting_done",
    "lease.seen": "letting_done",
    "filing.filed": "letting_done",
    "inspection.passed": "letting_done",
    "title.returned": "title_returned",
    "letting.returned": "letting_returned",
    "lease.returned": "letting_returned",
    "filing.returned": "letting_returned",
    "filing.taken_back": "letting_returned",
    "inspection.failed": "letting_to_mend",
}
"""An office's answers to a landlord. The number is the dwelling's; of a title that came back the claim's, for
the dwelling may be another's.
"""
TOLD_A_TENANT = {"help.taken_up": "help_taken_up", "help.settled": "help_settled"}
OF_CHECKS = {"true": "check_true", "changed": "check_changed"}
AUTOMATICALLY = {"issued": "issued_automatically", "endorsed": "endorsed_automatically"}
"""What is said of an answer that no person gave: one message for all its steps."""
REVIEWED = {
    "true": "review_upheld",
    "changed": "review_changed",
    "wrong": "review_wrong",
    "suspected": "review_suspected",
}
"""How a review ended that the holder asked for."""
REMINDER_DAYS = (15, 3)
OF_REPORTING = frozenset({"duties_soon", "duties_over", "handed_back"})
"""What reporters are told, who may have nothing to do with a permit."""


@events.subscribe(*TOLD)
def tell_applicant(event: Event) -> None:
    """Put the receipt, the one-off notice or the reasons into the inbox, and say by SMS that something is
    there.
    """
    if event.kind == "application.corrected" and event.actor_kind == "citizen":
        return
    application = Application.objects.get(pk=event.subject_id)
    kind = TOLD[event.kind]
    if kind == "issued" and application.is_endorsement:
        kind = "endorsed"
    if "acceptance_taken_back" in event.data:
        kind = "supplement_after_acceptance"
    if application.automatic and kind in {"received", "receipt"}:
        return
    if event.data.get("automatic"):
        kind = AUTOMATICALLY.get(kind, kind)
    agent = representatives.of(application)
    also = agent.phone if agent else ""
    key = f"event:{event.pk}"
    told = tell(application.person, kind, key, clock.today(), also, application=application.number)
    address = application.answers.get("form", {}).get("email", "")
    if told and address:
        tasks.enqueue("permits.mail", {"to": address}, key=f"mail:event:{event.pk}")


@events.subscribe(*TOLD_AFTER_ISSUE)
def tell_after_issue(event: Event) -> None:
    """Tell somebody what became of their correction, or of a case about them. A correction that has ended the
    permit is told of as that.
    """
    if event.data.get("ended"):
        return
    person = Person.objects.get(pk=event.person_id or 0)
    kind = TOLD_AFTER_ISSUE[event.kind]
    tell(person, kind, f"event:{event.pk}", clock.today(), number=event.data["number"])


@events.subscribe(*TOLD_ABOUT_LETTING)
def tell_landlord(event: Event) -> None:
    """Tell who handed it in that an office has answered; the owner, where an officer had asked for it."""
    asked = Account.objects.filter(pk=event.data["by"] or 0).select_related("person").first()
    person = asked.person if asked else None
    if person is None:
        owned = Dwelling.objects.filter(number=event.data["number"]).select_related("owner").first()
        person = owned.owner if owned else None
    if person is not None:
        kind = TOLD_ABOUT_LETTING[event.kind]
        number = event.data["claim" if kind == "title_returned" else "number"]
        tell(person, kind, f"event:{event.pk}", clock.today(), number=number)


@events.subscribe(*TOLD_A_TENANT)
def tell_tenant(event: Event) -> None:
    """Tell a tenant that somebody sees to it, and what came of it."""
    person = Person.objects.get(pk=event.person_id or 0)
    kind = TOLD_A_TENANT[event.kind]
    tell(person, kind, f"event:{event.pk}", clock.today(), number=event.data["number"])


@events.subscribe("post_check.done")
def tell_what_was_found(event: Event) -> None:
    """Tell somebody what a check found: that all is true, or what has changed and what to do now; and who
    asked for a review, how it ended. Of a suspicion they are told by its own paper, and of an errand in vain
    nothing. Source: requirements F09, J08.
    """
    asked, result = event.data.get("plan") == "request", event.data["result"]
    kind = REVIEWED[result] if asked else OF_CHECKS.get(result)
    if kind is None:
        return
    look = PostCheck.objects.select_related("person").get(pk=event.subject_id)
    case = look.case_number if asked else ""
    tell(look.person, kind, f"event:{event.pk}", clock.today(), application=case, number=look.number)


@events.subscribe("permit.terminated")
def tell_ended(event: Event) -> None:
    """Tell the holder that a fact has ended their permit; what was decided has a paper of its own."""
    if event.data["reason"] == "local_household":
        permit = Permit.objects.select_related("person").get(pk=event.subject_id)
        tell(permit.person, "permit_ended", f"event:{event.pk}", clock.today(), permit=permit.pk)


@events.subscribe("person.fact_undone")
def tell_undone(event: Event) -> None:
    """Tell somebody that what was recorded of them was wrong, that it is undone, and that we are sorry."""
    person = Person.objects.get(pk=event.person_id or 0)
    permits, cases = event.data["permits"], event.data["applications"]
    about: dict[str, Any] = {"of": event.data["of"], "local": event.data["ended"] == "local_household"}
    about |= {
        "fact": event.data["fact"],
        "permit": permits[-1] if permits else None,
        "application": cases[-1] if cases else "",
    }
    tell(person, "fact_undone", f"event:{event.pk}", clock.today(), **about)


@events.subscribe("evidence.inquiry_answered")
def tell_answered(event: Event) -> None:
    """Say once that a bureau has answered that did not when it was asked, however many things it said.

    The case that waited needs nothing: what is proved is looked at anew by everybody who opens it.
    """
    person = Inquiry.objects.select_related("person").get(pk=event.subject_id).person
    bureau = event.data["department"]
    case = Application.objects.filter(in_hand(clock.today()), person=person).first()
    key = f"bureau:{person.pk}:{bureau}:{event.data['asked_at']}"
    about = {"department": bureau, "evidence": event.data["evidence"]}
    tell(person, "bureau_answered", key, clock.today(), application=case.number if case else "", **about)


@events.subscribe("registration.opened", "registration.moved")
def tell_registered(event: Event) -> None:
    """Tell the person the number of their registration."""
    person = Registration.objects.select_related("person").get(pk=event.subject_id).person
    tell(person, "registered", f"event:{event.pk}", clock.today(), registration=event.data["number"])


@events.subscribe("objection.corrected", "objection.upheld")
def tell_objector(event: Event) -> None:
    """Tell somebody that a department has answered what they objected to."""
    person = Person.objects.get(objections__pk=event.subject_id)
    kind = event.kind.replace(".", "_")
    tell(person, kind, f"event:{event.pk}", clock.today(), objection=event.data["number"])


def tell(
    person: Person,
    kind: str,
    key: str,
    today: date,
    also: str = "",
    without: str = "",
    **about: object,
) -> bool:
    """Whether they are told: once, and nobody who has died; of what was a merged record's, who is kept.

    `also`: the phone of somebody who acts for them; `without`: one that is told in another way.
    """
    person = records.kept(person)
    if person.died_on is not None or not people.tell(person.pk, kind, key, **about):
        return False
    others = set(reached_through(person, today).values_list("phone", flat=True))
    grown = person.born <= of_age_if_born_by(today)
    for number, phone in enumerate(sorted({person.phone, also, *others} - {"", without})):
        payload = {"phone": phone, "kind": kind}
        if grown and phone in others - {person.phone, also}:
            payload["whose"] = "child"
        tasks.enqueue("permits.sms", payload, key=f"sms:{key}:{number}")
    return True


def _tell_of_age(child: Person, kind: str, key: str, today: date) -> None:
    """Tell a child that it comes of age, and on the day its guardians, who can't read that any more."""
    if tell(child, kind, key, today) and kind == coming_of_age.NOW:
        for guardian in guarding(child, today):
            tell(guardian, coming_of_age.WARDS, f"{key}:{guardian.pk}", today)


@tasks.handles("permits.sms", outside=True)
def send_sms(payload: dict[str, str]) -> None:
    """Send one SMS. Its text says that there is news and nothing else; to who was the guardian of somebody
    who has come of age, that it is for them; to who reports, that it is about reporting.
    """
    text = _childs_text() if payload.get("whose") else _texts()[0]
    if payload["kind"] in OF_REPORTING:
        text = _reporters_text()
    sms.gateway().send(payload["phone"], text)


def _reporters_text() -> str:
    with override("zh-hans"):
        return _("信息报送有事要办，请登录“信息报送”查看。不收任何费用。")


def _childs_text() -> str:
    with override("zh-hans"):
        return _("您的孩子有居住证业务的新消息，请让本人开通账号查看。不收任何费用。")


@tasks.handles("permits.mail", outside=True)
def send_news_mail(payload: dict[str, str]) -> None:
    """Send one mail that says that there is news and nothing else, in both languages."""
    zh, en = _texts()
    send_mail(zh, f"{zh}\n\n{en}\n", None, [payload["to"]])


def _texts() -> tuple[str, str]:
    with override("zh-hans"):
        zh = _("居住证业务有新消息，请登录查看。不收任何费用。")
    with override("en"):
        return zh, _("居住证业务有新消息，请登录查看。不收任何费用。")


@tasks.handles("permits.daily")
def daily(payload: dict[str, str]) -> None:
    """What a day brings: deemed acceptance and lapses written down, reminders of endorsements sent.

    Safe to run twice, and late: every message has a key of its own. Each application is a task of its own, so
    that one that fails holds up no other, and the audit trail is never locked for long.
    """
    today = date.fromisoformat(payload["day"])
    for pk in due_for_time(today).values_list("pk", flat=True).iterator(chunk_size=500):
        tasks.enqueue(
            "permits.catch_up",
            {"application": pk, "day": payload["day"]},
            key=f"permits.catch_up:{pk}:{today}",
        )
    for work in ("permits.homes", "permits.reporters", COUNT):
        tasks.enqueue(work, {"day": payload["day"]}, key=f"{work}:{today}")
    for child, kind, key in coming_of_age.birthdays(today):
        _tell_of_age(child, kind, key, today)
    for permit, kind, key in reminders(today):
        tell(permit.person, kind, key, today, permit=permit.pk)


@tasks.handles("permits.catch_up")
def catch_up(payload: dict[str, Any]) -> None:
    """Write down what time has done to one application."""
    application = Application.objects.get(pk=payload["application"])
    moves.catch_up(application, date.fromisoformat(payload["day"]))


def reminders(today: date) -> Iterator[tuple[Permit, str, str]]:
    """Permits whose holder is told on this day: the window opens, 15 days left, 3 days left, suspended
    since today.

    Source: Hangzhou art. 25 (reminder service). A day without a worker is caught up: what was due since is
    told, once.
    """
    rules = in_force(today)
    near = Permit.objects.filter(terminated_on__isnull=True).filter(
        Q(cached_until__gte=today - timedelta(days=20)),
        Q(cached_until__lte=calendar.add_months(today, 1) + timedelta(days=3)),
    )
    for permit in (
        near.select_related("person")
        .prefetch_related("endorsements", "applications")
        .iterator(chunk_size=500)
    ):
        status = permit.status(rules, today)
        if status.status == "terminated" or (status.status == "active" and status.under_review):
            continue
        left = (status.last_day - today).days
        kind = ""
        if status.status == "suspended":
            kind = "suspended"
        elif today >= status.window.opens:
            kind = next((f"endorse_{days}" for days in sorted(REMINDER_DAYS) if left <= days), "endorse_open")
        if kind:
            yield permit, kind, f"permit:{permit.pk}:{status.valid_until}:{kind}"


def start_day() -> None:
    """Enqueue this day's work, once a day, by the service's own date. The worker asks twice a second, so this
    only reads, most of the time.
    """
    today = clock.today()
    key = f"permits.daily:{today}"
    if not Task.objects.filter(key=key).exists():
        tasks.enqueue("permits.daily", {"day": today.isoformat()}, key=key)
