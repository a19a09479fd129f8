"""Organisations and who acts for them: the port by which they are confirmed, and the only place that changes
them.

The legal representative lets the organisation in with their own account; a manager lets colleagues in. So
every report has a real person behind it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from juzhu.operations import clock, events
from juzhu.operations.actors import Actor
from juzhu.people import credit_codes
from juzhu.people.errors import (
    ColleagueUnknown,
    LastManager,
    MemberAlready,
    NotAllowed,
    NotItsHead,
    OrganisationClosed,
    OrganisationNotConfirmed,
    TradeUnknown,
)
from juzhu.people.models import Account, Membership, Organisation, OrganisationRecord, Trade
from juzhu.people.names import folded


@dataclass(frozen=True, slots=True)
class ConfirmedOrganisation:
    """What the register says of an organisation whose code and name belong together."""

    credit_code: str
    name: str
    address: str
    head_number: str
    closed_on: date | None
    source: str


class OrganisationProvider(Protocol):
    """Confirm that a credit code and a name belong together.

    Raises OrganisationNotConfirmed, without saying which of the two is wrong.
    """

    def confirm(self, credit_code: str, name: str) -> ConfirmedOrganisation: ...


class OrganisationRegisterProvider:
    """The embedded provider: the register's table in our own database."""

    def confirm(self, credit_code: str, name: str) -> ConfirmedOrganisation:
        record = OrganisationRecord.objects.filter(credit_code=credit_code).first()
        if record is None or _folded(record.name) != _folded(name):
            raise OrganisationNotConfirmed
        return ConfirmedOrganisation(
            credit_code, record.name, record.address, record.head_number, record.closed_on,
            "organisation_register",
        )  # fmt: skip


def _folded(name: str) -> str:
    """A name for comparing: brackets of either width are the same."""
    return folded(name).translate(str.maketrans("()", "（）"))


def provider() -> OrganisationProvider:
    """The provider that the settings name."""
    found: OrganisationProvider = import_string(settings.JUZHU_ORGANISATION_PROVIDER)()
    return found


def enrol(
    account: Account,
    credit_code: str,
    name: str,
    trades: Collection[str],
    subdistrict: str,
    *,
    phone: str = "",
    actor: Actor,
    today: date,
) -> Organisation:
    """Let an organisation in: done by its legal representative, who becomes its manager. Done again, it
    renews what the register says and gives the representative their place back.

    Raises CreditCodeInvalid, OrganisationNotConfirmed, OrganisationClosed, NotItsHead, TradeUnknown,
    NotAllowed.
    """
    if account.role or account.person is None or actor.account_id != account.pk:
        raise NotAllowed
    if not trades or not set(trades) <= set(Trade.values):
        raise TradeUnknown(field="trades")
    known = provider().confirm(credit_codes.parse(credit_code), name.strip())
    if known.closed_on and known.closed_on <= today:
        raise OrganisationClosed
    if not known.head_number or known.head_number != account.person.identity_number:
        raise NotItsHead
    with transaction.atomic():
        organisation, made = Organisation.objects.update_or_create(
            credit_code=known.credit_code,
            defaults={
                "name": known.name,
                "trades": sorted(trades),
                "subdistrict": subdistrict,
                "address": known.address,
                "phone": phone,
                "source": known.source,
                "confirmed_at": clock.now(),
                "closed_on": known.closed_on,
            },
        )
        open_one = Membership.objects.filter(
            organisation=organisation, account=account, ended_at__isnull=True
        )
        if not open_one.update(part="manager"):
            Membership.objects.create(
                organisation=organisation, account=account, part="manager", since=clock.now()
            )
        kind = "organisation.enrolled" if made else "organisation.renewed"
        events.append(kind, actor=actor, subject=organisation, source=known.source)
    return organisation


def let_in(organisation: Organisation, phone: str, name: str, part: str, *, actor: Actor) -> Membership:
    """Let a colleague act for the organisation: somebody with an account of their own, real name confirmed.

    Raises NotAllowed, MemberAlready; ColleagueUnknown, without saying whether phone or name is wrong.
    """
    with transaction.atomic():
        _check_manager(organisation, actor)
        colleague = Account.objects.filter(login=phone.strip(), role="", person__isnull=False).first()
        if colleague is None or colleague.person is None or folded(colleague.person.name) != folded(name):
            raise ColleagueUnknown
        try:
            with transaction.atomic():
                row = Membership.objects.create(
                    organisation=organisation,
                    account=colleague,
                    part=part if part == "manager" else "reporter",
                    since=clock.now(),
                    granted_by_id=actor.account_id,
                )
        except IntegrityError as error:
            raise MemberAlready from error
        events.append(
            "organisation.member_let_in",
            actor=actor,
            subject=organisation,
            person_id=colleague.person_id,
            part=row.part,
        )
    return row


def take_out(membership: Membership, *, actor: Actor) -> None:
    """End what somebody may do for an organisation. A manager may, and everybody for themself; the last
    manager stays.

    Raises NotAllowed, LastManager. Ended twice, it stays as it was.
    """
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
        row = Membership.objects.select_related("account").get(pk=membership.pk)
        if row.account_id != actor.account_id:
            _check_manager(organisation, actor)
        if row.ended_at:
            return
        managers = members(organisation).filter(part="manager").exclude(pk=row.pk)
        if row.part == "manager" and not managers.exists():
            raise LastManager
        row.ended_at, row.ended_by_id = clock.now(), actor.account_id
        row.save(update_fields=["ended_at", "ended_by"])
        events.append(
            "organisation.member_taken_out",
            actor=actor,
            subject=organisation,
            person_id=row.account.person_id,
        )


def members(organisation: Organisation) -> QuerySet[Membership]:
    """Who may act for an organisation now."""
    rows = Membership.objects.filter(organisation=organisation, ended_at__isnull=True)
    return rows.select_related("account__person")


def memberships_of(account: Account) -> QuerySet[Membership]:
    """For whom an account may act now, by the organisation's name."""
    rows = Membership.objects.filter(account=account, ended_at__isnull=True)
    return rows.select_related("organisation").order_by("organisation__name")


def acting_for(account: Account, organisation_id: int) -> Actor:
    """Who acts when somebody does something for an organisation. Raises NotAllowed."""
    row = memberships_of(account).filter(organisation_id=organisation_id).first()
    if row is None:
        raise NotAllowed
    return Actor("reporter", account.pk, role=row.part, organisation_id=row.organisation_id)


def _check_manager(organisation: Organisation, actor: Actor) -> None:
    if actor.kind not in ("reporter", "citizen") or actor.account_id is None:
        raise NotAllowed
    if not members(organisation).filter(account_id=actor.account_id, part="manager").exists():
        raise NotAllowed


def property_firms() -> list[Organisation]:
    """The property firms that report here, by name: whom a landlord may tell instead."""
    found = Organisation.objects.filter(closed_on__isnull=True).order_by("name")
    return [row for row in found if Trade.PROPERTY in row.trades]
