"""A visit at the window: one person before one officer. Its pages' address says who, to that officer alone.

Signed, so that nobody opens a person by guessing; bound to the account, so that a copied address is worth
nothing; over after a working day. Two tabs are two visits, and never get mixed up.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing

from juzhu.people import records
from juzhu.people.models import Account, Person

SALT = "counter.window"
A_WORKING_DAY = timedelta(hours=12)
SIGNER = signing.TimestampSigner(salt=SALT, sep=".")


def begin(account: Account, person: Person) -> str:
    """The key of a visit, as it stands in the addresses."""
    return SIGNER.sign(f"{account.pk}-{person.pk}")


def person_of(account: Account, visit: str) -> Person | None:
    """Who stands before this officer; None for a key that is not theirs, or not from today. Whose record was
    merged meanwhile is found in the one that is kept.
    """
    try:
        told: Any = SIGNER.unsign(visit, max_age=A_WORKING_DAY)
    except signing.BadSignature:
        return None
    officer, _dash, person = told.partition("-")
    if officer != str(account.pk):
        return None
    found = Person.objects.select_related("merged_into").filter(pk=int(person)).first()
    return records.kept(found) if found is not None else None
