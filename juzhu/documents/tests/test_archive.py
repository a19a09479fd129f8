"""电子档案: the whole file of an answered case, as a package that shows every alteration."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command

from juzhu.documents import archive_check
from juzhu.documents.archive import MANIFEST, pack
from juzhu.documents.errors import CaseNotAnswered
from juzhu.evidence import actions as evidence
from juzhu.evidence.kinds import Kind
from juzhu.operations import tasks
from juzhu.operations.actors import SYSTEM
from juzhu.operations.models import Event
from juzhu.people.errors import NotAllowed
from juzhu.people.models import Account
from juzhu.permits import casework
from juzhu.permits.errors import ConflictOfInterest, OutOfArea
from juzhu.permits.models import Application, Decision
from juzhu.permits.tests import factories as make
from juzhu.permits.tests.factories import OTHER_AREA, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_day"), pytest.mark.requirement("D14")]


@pytest.fixture
def case() -> Application:
    """Asked for a paper that does not help, and refused."""
    account = make.make_account()
    make.register(account.person, TODAY)
    case = make.submitted(account, "dwelling")
    evidence.upload(
        account.person.pk,
        Kind.TITLE,
        {"holder": "landlord"},
        [make.stored_picture(account.actor)],
        actor=account.actor,
    )
    refused = casework.refuse(
        case, "登记居住还不满半年。", actor=make.make_officer("clerk").actor, today=TODAY
    )
    tasks.run_all()
    return refused


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def rewritten(content: bytes, **changed: bytes | None) -> bytes:
    """The same package with some files exchanged, added or taken away. Dots in names are written `__`."""
    new = {name.replace("__", "."): value for name, value in changed.items()}
    with opened(content) as old:
        files: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, value in {**files, **new}.items():
            if value is not None:
                made.writestr(name, value)
    return out.getvalue()


def test_every_paper_upload_decision_and_event_is_in_it_with_its_digest(case: Application):
    package = pack(case, actor=make.make_officer("chief").actor, today=TODAY)
    assert package.name == f"{case.number}.zip"
    with opened(package.content) as found:
        manifest = orjson.loads(found.read(MANIFEST))
        listed = {row["path"]: row for row in manifest["files"]}
        assert set(found.namelist()) == {*listed, MANIFEST}
        for path, row in listed.items():
            content = found.read(path)
            assert (len(content), hashlib.sha256(content).hexdigest()) == (row["size"], row["sha256"])
        what = [row["what"] for row in manifest["files"]]
        assert [row["kind"] for row in manifest["files"] if row["what"] == "paper"] == ["refusal"]
        assert what.count("upload") == 1
        decisions = orjson.loads(found.read("decisions.json"))
        told = orjson.loads(found.read("events.json"))
    rows = Decision.objects.filter(application=case)
    assert [(row["stage"], row["facts"]) for row in decisions] == [(row.stage, row.facts) for row in rows]
    assert {"application.submitted", "application.refused"} <= {row["kind"] for row in told}
    assert archive_check.faults(package.content) == []
    assert archive_check.known_to_trail(package.content)
    event = Event.objects.get(kind="application.archived")
    assert event.data["manifest"] == package.manifest


def test_a_paper_that_nobody_asked_for_is_made_for_the_archive():
    clerk, reviewer = make.make_officer("clerk"), make.make_officer("reviewer")
    case = casework.approve(make.accepted(clerk), actor=reviewer.actor, today=TODAY)
    package = pack(case, actor=SYSTEM, today=TODAY)
    with opened(package.content) as found:
        papers = [name for name in found.namelist() if name.startswith("papers/")]
        assert papers == ["papers/01-receipt-zh.pdf"]
        assert found.read(papers[0]).startswith(b"%PDF")


def test_every_alteration_is_found(case: Application):
    content = pack(case, actor=SYSTEM, today=TODAY).content
    with opened(content) as package:
        told = orjson.loads(package.read("events.json"))
        manifest = orjson.loads(package.read(MANIFEST))
    told[0]["actor_name"] = "somebody else"
    altered = orjson.dumps(told)
    for row in manifest["files"]:
        if row["path"] == "events.json":
            row["sha256"], row["size"] = hashlib.sha256(altered).hexdigest(), len(altered)
    forged = orjson.dumps(manifest)
    for changed, fault in (
        ({"case__json": b"{}"}, "case.json: altered"),
        ({"decisions__json": None}, "decisions.json: missing"),
        ({"more__pdf": b"%PDF"}, "more.pdf: not in the manifest"),
        ({"manifest__json": None}, "manifest.json is missing"),
        ({"manifest__json": b"{}"}, "it can't be read: 'format'"),
        ({"manifest__json": b'{"format": "x"}'}, "its format is 'x', not 'juzhu-case-archive/1'"),
        (
            {"events__json": altered, "manifest__json": forged},
            f"events.json: event {told[0]['position']} was altered",
        ),
    ):
        package_bytes = rewritten(content, **changed)
        assert archive_check.faults(package_bytes) == [fault]
    assert not archive_check.known_to_trail(rewritten(content, manifest__json=forged))
    assert archive_check.faults(b"no package")[0].startswith("it can't be read")


def test_a_case_that_is_being_handled_has_no_archive_and_one_that_lapsed_has():
    case = make.submitted()
    with pytest.raises(CaseNotAnswered):
        pack(case, actor=SYSTEM, today=TODAY)
    notice = casework.request_supplement(
        case, {"other": "请带学生证"}, actor=make.make_officer("clerk").actor, today=TODAY
    )
    package = pack(case, actor=SYSTEM, today=notice.due_on + make.days(1))
    with opened(package.content) as found:
        assert orjson.loads(found.read(MANIFEST))["state"] == "lapsed"


def test_only_a_chief_of_the_area_who_is_not_near_makes_one(case: Application):
    own = make.make_officer("chief")
    Account.objects.filter(pk=own.pk).update(staff_identity_number=case.person.identity_number)
    refused: tuple[tuple[Any, type[Exception]], ...] = (
        (make.make_officer("clerk"), NotAllowed),
        (Account.objects.get(person=case.person), NotAllowed),
        (make.make_officer("chief", (OTHER_AREA,)), OutOfArea),
        (own, ConflictOfInterest),
    )
    for account, error in refused:
        with pytest.raises(error):
            pack(case, actor=account.actor, today=TODAY)
    assert not Event.objects.filter(kind="application.archived").exists()


def test_it_is_written_and_checked_on_the_command_line(case: Application, tmp_path: Path, capsys):
    call_command("archive", case.number, "--into", str(tmp_path))
    path = tmp_path / f"{case.number}.zip"
    call_command("check_archive", str(path))
    assert "whole and unaltered" in capsys.readouterr().out
    path.write_bytes(rewritten(path.read_bytes(), case__json=b"{}"))
    with pytest.raises(CommandError, match=r"case\.json: altered"):
        call_command("check_archive", str(path))
    with pytest.raises(CommandError, match="there is no case"):
        call_command("archive", "GS-1999-000001")
    with pytest.raises(CommandError, match="No such file"):
        call_command("check_archive", str(tmp_path / "none.zip"))
