"""The bureau beside the demo's server lives as long as the server does, whatever ends it, and in demo mode
alone.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from juzhu.demo.tests.test_modes import ROOT

HOLD = """
import json, os, sys
from django import setup
setup()
from juzhu.demo import bureau
bureau.clock.today = lambda: bureau.date(2026, 3, 10)
with bureau.beside():
    print(json.dumps([os.environ.get("JUZHU_BUREAUS", ""), os.environ.get(bureau.OURS, "")]), flush=True)
    sys.stdin.read()
"""
LOOKUP = {"identity_number": "361199199204183939", "name": "谢明哲", "kind": "insurance"}


def hold(folder: Path, **about: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUZHU_")}
    kept |= {"DJANGO_SETTINGS_MODULE": "juzhu.config.settings", "JUZHU_MODE": "demo"}
    return subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=ROOT,
        env=kept | {"DATABASE_URL": "", "JUZHU_DATA_DIR": str(folder)} | about,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> tuple[list[dict[str, Any]], str]:
    assert process.stdout is not None
    bureaus, url = json.loads(process.stdout.readline())
    return json.loads(bureaus or "[]"), url


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = hold(tmp_path)
    yield process
    process.kill()
    process.communicate()


def is_gone(url: str) -> bool:
    for _attempt in range(50):
        try:
            httpx.get(f"{url}/livez", timeout=0.5)
        except httpx.HTTPError:
            return True
        time.sleep(0.1)
    return False


def test_it_answers_with_a_signed_record_and_is_named_to_the_server(holder):
    (address,), url = said(holder)
    assert address["url"] == url
    assert (address["department"], address["kinds"]) == ("human_resources", ["insurance"])
    bears = {"Authorization": f"Bearer {address['token']}"}
    answer = httpx.post(f"{url}/v1/lookups", json=LOOKUP, headers=bears).json()
    assert answer["says"]["runs"][0]["to"] == "2026-02"
    assert answer["record"]
    assert address["jwks"]["keys"][0]["kty"] == "EC"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_stops_with_whoever_started_it(holder, how: signal.Signals):
    _addresses, url = said(holder)
    assert httpx.get(f"{url}/livez").json()["mode"] == "up"
    holder.send_signal(how)
    holder.wait(timeout=10)
    assert is_gone(url)


def test_that_it_cannot_be_started_is_said_in_one_line_and_the_demo_goes_on(tmp_path: Path):
    (tmp_path / "bureau-key.json").write_text("no key")
    process = hold(tmp_path)
    assert said(process) == ([], "")
    _out, complaint = process.communicate("")
    assert process.returncode == 0
    assert [line[:24] for line in complaint.splitlines()] == ["The bureau of the demo c"]


def test_another_bureau_that_is_connected_is_left_alone(tmp_path: Path):
    other = [{"department": "housing", "kinds": ["lease"], "url": "http://127.0.0.1:9", "token": "t"}]
    process = hold(tmp_path, JUZHU_BUREAUS=json.dumps(other))
    bureaus, ours = said(process)
    process.communicate("")
    assert (bureaus, ours) == (other, "")
    assert not (tmp_path / "bureau.jsonl").exists()
