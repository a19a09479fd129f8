"""Every page of the counter: one heading, one primary button, and no Chinese left in English."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from juzhu.permits import casework
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
VOID = {"meta", "link", "input", "img", "br", "wbr", "path", "rect", "circle", "use", "hr"}


class Reader(HTMLParser):
    """Collects the text that is not marked as Chinese by `lang`, and counts headings and primary buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.chinese: list[str] = []
        self.headings = self.primary = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        self.headings += tag == "h1"
        self.primary += "btn-primary" in (about.get("class") or "")
        inherited = bool(self.open) and self.open[-1]
        language = about.get("lang")
        if tag not in VOID:
            self.open.append(language.startswith("zh") if language else inherited)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, text: str) -> None:
        if not (self.open and self.open[-1]):
            self.chinese += CHINESE.findall(text)


def read(client: Client, address: str) -> Reader:
    response = client.get(address)
    assert response.status_code == 200, address
    reader = Reader()
    reader.feed(response.content.decode())
    assert reader.headings == 1, address
    return reader


@pytest.fixture
def addresses(clerk) -> list[str]:
    """A case to examine, one to review, one that lacks papers, one that is done; and the rooms."""
    filed, permit = make.submitted(), make.issued(make.eligible_account(name="李明"))
    waiting = make.accepted(clerk, make.eligible_account(name="王芳"))
    lacking = make.make_account(name="钱多多")
    make.register(lacking.person, make.calendar.add_months(TODAY, -8))
    tenant = make.submitted(lacking, route="dwelling")
    number = permit.person.registrations.get().number
    cases = [f"/counter/cases/{case.number}" for case in (filed, waiting, tenant, permit.applications.get())]
    acts = [f"{cases[0]}/accept", f"{cases[0]}/reveal", f"{cases[1]}/approve", f"{cases[2]}/supplement"]
    return ["/counter/", *cases, *acts, "/counter/search", f"/counter/people/{number}"]


def test_each_page_has_one_primary_button(sign_in, chief, addresses):
    client = sign_in(chief)
    assert {address: read(client, address).primary for address in addresses} == dict.fromkeys(addresses, 1)


def test_in_english_nothing_stays_chinese_but_what_people_wrote(sign_in, chief, addresses):
    client = sign_in(chief)
    client.cookies["django_language"] = "en"
    left = {address: read(client, address).chinese for address in addresses}
    assert {address: words for address, words in left.items() if words not in ([], ["中文"])} == {}


@pytest.mark.parametrize("role", ["subdistrict", "department", "auditor", "administrator"])
def test_the_rooms_of_the_other_roles_speak_english_too(sign_in, role, addresses):
    client = sign_in(make.make_officer(role, department="human_resources" if role == "department" else ""))
    client.cookies["django_language"] = "en"
    assert read(client, client.get("/counter/").headers["Location"]).chinese == []


def test_a_refused_case_reads_in_english(sign_in, clerk, reviewer):
    account = make.make_account(photo=make.stored_picture())
    make.register(account.person, TODAY)
    case = make.submitted(account)
    refused = casework.refuse(case, "居住没有满半年。", actor=clerk.actor, today=TODAY)
    client = sign_in(reviewer)
    client.cookies["django_language"] = "en"
    assert read(client, f"/counter/cases/{refused.number}").chinese == []


@pytest.mark.parametrize(("role", "house"), [("chief", "拱宸桥派出所"), ("subdistrict", "拱宸桥街道")])
def test_the_bar_names_the_officers_own_house(sign_in, role, house):
    officer = make.make_officer(role, areas=("330105005",))
    page = sign_in(officer).get("/counter/", follow=True).content.decode()
    assert f"<small>{house}</small>" in page
