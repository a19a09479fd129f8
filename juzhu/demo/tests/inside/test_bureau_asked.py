"""The bureau beside the demo is asked at a submission, may be down, and its answer arrives later."""

import json
import os
from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import reverse

from juzhu.demo import bureau
from juzhu.demo.characters import BY_KEY
from juzhu.demo.moving import move_to
from juzhu.evidence.connectors import circuits
from juzhu.evidence.connectors.addresses import Bureau
from juzhu.evidence.models import Inquiry
from juzhu.operations import clock, tasks
from juzhu.people.models import Account
from juzhu.permits import actions, bureaus, submission
from juzhu.permits.models import Application

STEPS = {
    "place": {"confirmed": True},
    "declaration": {"agreed": True},
    "form": {"phone": "16000001017"},
    "materials": {"seen": True},
}


@pytest.fixture
def beside(settings, tmp_path, monkeypatch) -> Iterator[None]:
    """The bureau runs, and the settings name it, as they do for the server."""
    for name in ("JUZHU_BUREAUS", bureau.OURS):
        monkeypatch.setenv(name, "")
    settings.JUZHU_FILES = tmp_path / "files"
    with bureau.beside():
        said = json.loads(os.environ["JUZHU_BUREAUS"])
        settings.JUZHU_BUREAUS = [Bureau.model_validate(one) for one in said]
        yield
    circuits._circuits.clear()


def files(key: str) -> Application:
    account = Account.objects.get(login=BY_KEY[key].phone)
    draft = actions.start(account.person, "employment", actor=account.actor, today=clock.today())
    for step, given in STEPS.items():
        draft = actions.save_step(draft, step, given, actor=account.actor, route="employment")
    return submission.file(draft, actor=account.actor, today=clock.today())


def test_the_bureau_is_asked_at_submission_and_the_permit_comes_at_once(beside):
    case = files("bureau")
    assert (case.state, case.automatic) == ("issued", True)
    piece = case.person.evidence.get()
    assert (piece.way, piece.certainty) == ("pull", "signed")
    assert bureau.health().asked == 1


def test_while_it_is_down_the_thing_is_being_checked_and_arrives_later(beside, visitor):
    visitor.post(reverse("demo:bureau"), {"up": "no"})
    assert bureau.health() == bureau.Health(there=True, up=False, asked=0)
    case = files("unreached")
    (waiting,) = bureaus.of_case(case, clock.today())
    assert (case.state, waiting.why) == ("submitted", "inquiry")
    tasks.run_all()
    assert Inquiry.objects.get().state == "waiting"
    visitor.post(reverse("demo:bureau"), {"up": "yes"})
    tasks.run_all()
    assert Inquiry.objects.get().state == "answered"
    assert not bureaus.of_case(case, clock.today())


def test_the_entrance_says_that_it_runs_and_for_whom(beside, visitor):
    page = visitor.get(reverse("demo:entrance")).content.decode()
    assert "停掉人力社保局的服务" in page
    visitor.post(reverse("demo:bureau"), {"up": "no"})
    assert "再开人力社保局的服务" in visitor.get(reverse("demo:entrance")).content.decode()


def test_its_books_follow_the_date(beside, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        move_to(date(2026, 4, 2))
    piece = files("bureau").person.evidence.get()
    assert piece.says["runs"][0]["to"] == "2026-03"


def test_without_it_the_entrance_says_so_and_there_is_no_switch(visitor):
    page = visitor.get(reverse("demo:entrance")).content.decode()
    assert "这次没有开人力社保局的查询服务" in page
    assert visitor.post(reverse("demo:bureau"), {"up": "no"}).status_code == 404
