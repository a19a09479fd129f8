"""The slip: to the holder or a recorded agent, by an officer of the area, of a permit that works."""

from __future__ import annotations

import subprocess
from datetime import date

import pytest
import segno
import zxingcpp
from PIL import Image

from juzhu.credentials import checks
from juzhu.credentials.queries import offline_code
from juzhu.credentials.tests.registered import publish_all
from juzhu.documents.errors import AgentIncomplete, AgentIsHolder, NoVersion, PermitEnded
from juzhu.documents.issuing import address_of, seal_slip
from juzhu.documents.slips import Agent, hand_out
from juzhu.documents.tests.reading import content_of, in_order, joined, structure
from juzhu.operations import clock, tasks
from juzhu.operations.actors import Actor
from juzhu.operations.models import Event
from juzhu.people.errors import IdentityNumberInvalid, NotAllowed
from juzhu.people.identity_numbers import complete
from juzhu.permits.errors import OutOfArea
from juzhu.permits.models import Permit, Slip
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day")]
NUMBER = complete("330102", date(1980, 2, 29), 321)


@pytest.fixture
def permit() -> Permit:
    return make.issued()


def agent(**other: object) -> Agent:
    said = {
        "name": "李娜",
        "identity_number": NUMBER,
        "shows": "identity_card",
        "mandate": make.stored_picture(),
    }
    return Agent(**{**said, **other})  # type: ignore[arg-type]


def hand(permit: Permit, to: Agent | None = None, actor: Actor | None = None, **about: str) -> Slip:
    return hand_out(permit, to, actor=actor or make.make_officer().actor, today=TODAY, **about)


@pytest.mark.requirement("E10", "F08")
def test_the_holder_gets_what_the_permit_says_with_validity_status_and_seal(permit):
    slip = hand(permit)
    version = permit.versions.first()
    document = seal_slip(slip)
    text = joined(content_of(document))
    assert document.code == slip.code
    assert in_order(
        text,
        "《浙江省居住证》确认单",
        "姓名", version.name, "性别", "民族", "汉族", "出生日期", "1993年8月17日",
        "公民身份号码", version.identity_number,
        "常住户口所在地住址", "临泉县", "居住地住址", "桥弄街6幢2单元301室",
        "居住证编号", permit.number, "签发机关", "杭州市公安局拱墅区分局", "签发日期", "2026年3月10日",
        "有效期至", "2027年3月10日", "证件状态", "有效（2026年3月10日查得）",
        "领取人：本人",
    ), text  # fmt: skip
    figures = structure(content_of(document))["figures"]
    assert any("户口专用章" in alt for alt in figures)
    assert any("相片" in alt for alt in figures)
    assert any(slip.code in alt for alt in figures)


@pytest.mark.requirement("F08")
def test_an_agent_is_recorded_and_stands_on_the_slip(permit):
    slip = hand(permit, agent())
    assert (slip.handed_to, slip.agent_name, slip.agent_identity_number) == ("agent", "李娜", NUMBER)
    assert slip.mandate is not None
    text = joined(content_of(seal_slip(slip)))
    assert "领取人：受托人李娜" in text
    assert NUMBER not in text
    event = Event.objects.get(kind="permit.slip_handed")
    assert (event.data["slip"], event.data["to"]) == (slip.number, "agent")
    assert "李娜" not in str(event.data)


@pytest.mark.requirement("F08")
@pytest.mark.parametrize(
    ("lacking", "field"), [({"name": " "}, "name"), ({"shows": ""}, "shows"), ({"mandate": None}, "mandate")]
)
def test_an_agent_of_whom_something_is_missing_gets_nothing(permit, lacking, field):
    with pytest.raises(AgentIncomplete) as caught:
        hand(permit, agent(**lacking))
    assert caught.value.about["field"] == field
    assert not Slip.objects.exists()


def test_a_district_may_do_without_the_mandate(permit, settings):
    settings.JUZHU_AGENT_NEEDS_MANDATE = False
    assert hand(permit, agent(mandate=None)).mandate is None


def test_the_agents_number_must_be_valid_and_not_the_holders(permit):
    with pytest.raises(IdentityNumberInvalid):
        hand(permit, agent(identity_number=NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")))
    with pytest.raises(AgentIsHolder):
        hand(permit, agent(identity_number=permit.person.identity_number))


def test_only_an_officer_of_the_area_hands_it_out(permit):
    owner = permit.person.account
    with pytest.raises(NotAllowed):
        hand(permit, actor=owner.actor)
    with pytest.raises(NotAllowed):
        hand(permit, actor=make.make_officer("auditor").actor)
    with pytest.raises(OutOfArea):
        hand(permit, actor=make.make_officer(areas=(OTHER_AREA,)).actor)
    assert hand(permit, actor=make.make_officer("reviewer").actor).handed_to == "holder"


def test_pressing_twice_hands_out_once(permit):
    actor = make.make_officer().actor
    assert hand(permit, actor=actor, key="k1") == hand(permit, actor=actor, key="k1")
    assert hand(permit, actor=actor, key="k2").number != Slip.objects.order_by("pk").first().number


def test_no_slip_of_an_ended_permit_nor_of_one_that_says_nothing(permit):
    silent = Permit.objects.create(
        number="330105202600009999",
        public_id="f" * 16,
        person=make.make_person("李明"),
        issued_on=TODAY,
        area=permit.area,
        cached_until=date(2027, 3, 10),
    )
    with pytest.raises(NoVersion):
        hand(silent)
    Permit.objects.filter(pk=permit.pk).update(terminated_on=TODAY)
    with pytest.raises(PermitEnded):
        hand(permit)


@pytest.mark.requirement("E10")
def test_the_slip_of_a_suspended_permit_says_so(permit, on_day):
    on_day(date(2027, 3, 11))
    slip = hand_out(permit, None, actor=make.make_officer().actor, today=date(2027, 3, 11))
    text = joined(content_of(seal_slip(slip)))
    assert "使用功能中止（2027年3月11日查得）" in text


def test_its_offline_code_is_read_from_the_page_and_verifies(permit, tmp_path):
    tasks.run_all()
    publish_all()
    document = seal_slip(hand(permit))
    assert structure(content_of(document))["pages"] == 1
    page = tmp_path / "page.png"
    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", "-", page.with_suffix("")],
        input=content_of(document),
        check=True,
    )
    with Image.open(page) as picture:
        read = {found.text for found in zxingcpp.read_barcodes(picture)}
    code = offline_code(permit)
    assert read == {code, address_of(document.code)}
    assert checks.check(code, clock.now()).outcome == "valid"


def test_a_slip_of_a_version_without_a_document_has_no_offline_code(permit):
    figures = structure(content_of(seal_slip(hand(permit))))["figures"]
    assert not any("离线" in alt for alt in figures)


@pytest.mark.parametrize("name", ["周晓芸", "阿卜杜外力·阿卜杜热合曼·买买提托合提"])
def test_an_offline_code_is_no_denser_than_version_14(name):
    permit = make.issued(make.eligible_account(name=name))
    tasks.run_all()
    drawn = segno.make(offline_code(permit), error="m")
    assert (drawn.mode, drawn.error) in {("alphanumeric", "M"), ("alphanumeric", "Q")}
    assert drawn.version <= 14
