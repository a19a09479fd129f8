"""A PostgreSQL server of our own, on a free loopback port in a temporary folder, thrown away afterwards.

`python scripts/postgres.py COMMAND …` runs a command with DATABASE_URL pointing at it.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from system import postgres_bin


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(*others: str, durable: bool = False) -> Iterator[str]:
    """Start a server and give the address of its database; empty ones of these other names lie beside it.
    `durable` keeps fsync on, for benchmarks.
    """
    binaries = postgres_bin()
    folder = Path(tempfile.mkdtemp(prefix="juzhu-postgres-"))
    port = free_port()
    as_other: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, "cwd": folder}
    if os.geteuid() == 0:  # initdb refuses root
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        as_other |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    data = folder / "data"
    initdb = [binaries / "initdb", "-D", data, "-U", "juzhu", "--auth=trust", "--encoding=UTF8"]
    subprocess.run([*initdb, "--locale=C.UTF-8", "-N"], check=True, **as_other)
    settings = [f"unix_socket_directories={folder}", "listen_addresses=127.0.0.1", "max_connections=120"]
    if not durable:
        settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=128MB"]
    options = [part for one in settings for part in ("-c", one)]
    running = subprocess.Popen([binaries / "postgres", "-D", data, "-p", str(port), *options], **as_other)
    try:
        _wait(binaries, port)
        for name in ("juzhu", *others):
            subprocess.run(
                [binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "juzhu", name], check=True
            )
        yield f"postgres://juzhu@127.0.0.1:{port}/juzhu"
    finally:
        running.terminate()
        running.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(binaries: Path, port: int) -> None:
    for _attempt in range(150):
        probe = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        if subprocess.run(probe, check=False).returncode == 0:
            return
        time.sleep(0.1)
    sys.exit("PostgreSQL was started and does not answer")


if __name__ == "__main__":
    with server() as address:
        code = subprocess.run(
            sys.argv[1:], env={**os.environ, "DATABASE_URL": address}, check=False
        ).returncode
    sys.exit(code)
