"""`juzhu faces` as a program: it says where it listens, serves its keys, and ends with whoever started it."""

import json
import subprocess
import sys
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[3]


def faces(*options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "juzhu.cli", "faces", *options]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_it_serves_until_its_input_ends_and_keeps_its_key(tmp_path: Path):
    key = str(tmp_path / "key.json")
    program = faces("--port", "0", "--key", key, "--token", "secret", "--until-eof")
    assert program.stdout is not None
    url = program.stdout.readline().split()[-1]
    jwks = httpx.get(f"{url}/.well-known/jwks.json").json()
    assert httpx.get(f"{url}/livez").json() == {"alive": True, "mode": "up", "asked": 0}
    assert httpx.get(f"{url}/s/nobodys").status_code == 404
    program.communicate("")
    assert program.returncode == 0
    printed, _said = faces("--key", key, "--print-jwks").communicate()
    assert json.loads(printed) == jwks


def test_without_a_token_it_does_not_serve(tmp_path: Path):
    program = faces("--key", str(tmp_path / "key.json"))
    _out, complaint = program.communicate()
    assert program.returncode == 2
    assert "FACES_TOKEN" in complaint
