"""What stands for `{…}` in the addresses of visits: the demo's own numbers."""

from __future__ import annotations

import json

from tests.browser.conftest import Service

FACTS = """
import json
from juzhu.demo.characters import CHARACTERS
from juzhu.demo.telling import person_of
from juzhu.documents.models import IssuedDocument
from juzhu.evidence.models import Objection, Sheet
from juzhu.people.models import Message
from juzhu.permits.models import Application, Correction, FraudCase, PostCheck, Remedy, Slip, Tip
from juzhu.registration.models import Registration
known, people = {}, {one.key: person_of(one) for one in CHARACTERS}
for key, person in people.items():
    case = Application.objects.filter(person=person).exclude(number=None).order_by("-pk").first()
    home = Registration.objects.filter(person=person).order_by("-pk").first()
    known[key] = case.number if case else ""
    known[key + "_home"] = home.number if home else ""
    message = Message.objects.filter(person=person).order_by("-pk").first()
    known[key + "_message"] = str(message.pk) if message else ""
    link = person.wards.order_by("pk").first()
    known[key + "_wardship"] = str(link.pk) if link else ""
    known[key + "_ward_home"] = link.child.registrations.latest("pk").number if link else ""
    permit = person.permits.order_by("-pk").first()
    known[key + "_permit"] = permit.number if permit else ""
crowd = Application.objects.filter(person__account__login__startswith="160000020").order_by("pk")
known["apart"] = crowd.get(person__account__login="16000002000").number
known["overturned"] = Application.objects.get(person__account__login="16000001041").number
known["given"] = Application.objects.get(person__account__login="16000001036").number
known["objection"] = Objection.objects.get(person=people["disputing"]).number
known["answer"] = Objection.objects.get(person=people["answered"]).number
known["correction"] = Correction.objects.get(permit__person=people["mending"]).number
known["tip"] = Tip.objects.get().number
checks = PostCheck.objects.order_by("pk")
known["check"] = checks.get(person=people["late"]).number
known["done_check"] = checks.get(person=people["corrected"]).number
known["look"] = checks.get(person=people["reviewed"], plan="request").number
known["sampled"] = checks.filter(plan="automatic").exclude(person=people["reviewed"]).first().number
known["fraud"] = FraudCase.objects.get(person=people["told"]).number
known["decided"] = FraudCase.objects.get(person=people["withdrawn"]).number
known["remedy"] = str(Remedy.objects.get(application__number=known["overturned"]).pk)
known["contested"] = str(Remedy.objects.get(fraud_case__number=known["decided"]).pk)
known["slip"] = Slip.objects.get().number
known["sheet"] = str(Sheet.objects.get(state="draft").pk)
known["filed_sheet"] = str(Sheet.objects.get(state="filed").pk)
known["word"] = str(people["talent"].evidence.get().pk)
known["known"] = str(people["ready"].evidence.get().pk)
known["code"] = IssuedDocument.objects.latest("pk").code
from juzhu.registration import doors
from juzhu.registration.doors import Door
from juzhu.registration.models import Contradiction, CorrectionOrder, PenaltyCase, Report
known["door"] = doors.of_door(Door("330105005", "", "丽水路 58 号 3 幢 1 单元"))
asked = Report.objects.get(reporter=people["local"], person=people["arrived"])
known["asked_by"] = doors.of_report(asked.number)
reported = Report.objects.filter(organisation__isnull=False).order_by("pk")
known["firm_report"], known["newest_report"] = reported.first().number, reported.last().number
from juzhu.registration.models import Sheet as ReportSheet
known["report_sheet"] = str(ReportSheet.objects.get().pk)
known["contradiction"] = str(Contradiction.objects.get().pk)
from juzhu.operations import clock
from juzhu.registration.duties import reporters
from juzhu.registration.models import Dwelling, HelpCall
from juzhu.registration.reporting.entries import Reporter
for turn, row in enumerate(Dwelling.objects.filter(owner=people["landlord"]).order_by("pk")):
    known[f"dwelling_{turn}"] = row.number
known["over"] = reporters.owed(Reporter(person=people["landlord"]), clock.today())[0].key
known["passed"] = Report.objects.get(state="passed").number
known["settled_call"] = HelpCall.objects.get(state="settled").number
known["order"] = CorrectionOrder.objects.get(cases__isnull=True).number
known["penalty"] = PenaltyCase.objects.get().number
known["fined"] = PenaltyCase.objects.get().order.number
from juzhu.demo.stories_of_duplicates import OLD, SPELT, TOGETHER
from juzhu.people.models import Likeness
for key, who in (("spelt", SPELT), ("alike", OLD), ("merged", TOGETHER)):
    known[key] = str(Likeness.objects.get(second__identity_number=who.number).pk)
merged = Registration.objects.get(person__identity_number=TOGETHER.number)
known["merged_home"] = merged.number
print(json.dumps(known))
"""


def known_numbers(service: Service) -> dict[str, str]:
    """The numbers that stand for `{…}` in addresses."""
    said = service.juzhu("manage", "shell", "-v", "0", "-c", FACTS)
    known: dict[str, str] = json.loads(said.strip().splitlines()[-1])
    return known
