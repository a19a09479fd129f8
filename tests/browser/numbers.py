"""What stands for `{…}` in the addresses of visits: the demo's own numbers."""

from __future__ import annotations

import json

from juzhu.demo.characters import CHARACTERS
from tests.browser.conftest import Service

FACTS = """
import json
from juzhu.people.models import Account, Message
from juzhu.permits.models import Application
from juzhu.registration.models import Registration
known = {}
for key, phone in json.loads('%s').items():
    person = Account.objects.get(login=phone).person
    case = Application.objects.filter(person=person).order_by("-pk").first()
    home = Registration.objects.filter(person=person).order_by("-pk").first()
    known[key] = case.number if case else ""
    known[key + "_home"] = home.number if home else ""
    message = Message.objects.filter(person=person).order_by("-pk").first()
    known[key + "_message"] = str(message.pk) if message else ""
    permit = person.permits.order_by("-pk").first()
    known[key + "_permit"] = permit.number if permit else ""
crowd = Application.objects.filter(person__account__login__startswith="160000020").order_by("pk")
north = crowd.filter(person__registrations__subdistrict="330105005")
known["apart"] = crowd.get(person__account__login="16000002000").number
known["paused"] = north.filter(state="accepted", kind="first").last().number
known["asked"] = north.filter(state="supplement_requested").first().number
from juzhu.registration import doors
from juzhu.registration.doors import Door
from juzhu.registration.models import Report
known["door"] = doors.of_door(Door("330105005", "", "丽水路 58 号 3 幢 1 单元"))
known["asked_by"] = doors.of_report(Report.objects.first().number)
print(json.dumps(known))
"""


def known_numbers(service: Service) -> dict[str, str]:
    """The numbers that stand for `{…}` in addresses."""
    phones = json.dumps({one.key: one.phone for one in CHARACTERS})
    said = service.juzhu("manage", "shell", "-v", "0", "-c", FACTS % phones)
    known: dict[str, str] = json.loads(said.strip().splitlines()[-1])
    return known
