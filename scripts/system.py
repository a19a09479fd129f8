"""What the checks need from the system: a browser, Chinese fonts, PostgreSQL, pdftotext, openssl, Node:
installed, or said how.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
CHINESE_FONTS = Path("/usr/share/fonts/opentype/noto")


def chromium() -> str:
    """The browser's path, with Chinese fonts present; installs both where that is allowed."""
    if not _browser() or not _fonts():
        _install("chromium", "fonts-noto-cjk")
    found = _browser()
    if not found:
        sys.exit("the browser tests need Chromium: sudo apt-get install chromium fonts-noto-cjk")
    return found


def postgres_bin() -> Path:
    """The folder of initdb and postgres, version 15 or newer; installs it where that is allowed."""
    found = _postgres()
    if not found:
        _install("postgresql")
        found = _postgres()
    if not found:
        sys.exit("the tests need PostgreSQL 15 or newer: sudo apt-get install postgresql")
    return found


def pdftotext() -> str:
    """The path of poppler's pdftotext, by which papers are read as a stranger's program reads them; pdfsig
    lies beside it. Installs both where that is allowed.
    """
    return _tool("pdftotext", "poppler-utils", "the tests of papers need pdftotext and pdfsig")


def openssl() -> str:
    """The path of the openssl command, by which seals are checked; installs it where that is allowed."""
    return _tool("openssl", "openssl", "the tests of seals need the openssl command")


def node() -> str:
    """The path of Node, with npm beside it, by which others' code checks what we issue; installs both where
    that is allowed.
    """
    if not shutil.which("node") or not shutil.which("npm"):
        _install("nodejs", "npm")
    found = shutil.which("node")
    if not found or not shutil.which("npm"):
        sys.exit("the tests of credentials need Node and npm: sudo apt-get install nodejs npm")
    return found


def _browser() -> str:
    return next((path for path in CHROMIUM if Path(path).exists()), "")


def _fonts() -> bool:
    listed = (
        subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
        if shutil.which("fc-list")
        else None
    )
    return bool(listed and listed.stdout.strip()) or CHINESE_FONTS.exists()


def _postgres() -> Path | None:
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next(
        (folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()),
        None,
    )


def _tool(name: str, package: str, need: str) -> str:
    if not shutil.which(name):
        _install(package)
    found = shutil.which(name)
    if not found:
        sys.exit(f"{need}: sudo apt-get install {package}")
    return found


def _install(*packages: str) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"installing {' '.join(packages)} …", flush=True)
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=False, **quiet
    )
