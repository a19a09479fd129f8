"""Resolve pyproject's dependencies into requirements/*.txt: a hash for every file, no address of an index."""

import subprocess
import sys

COMMON = [
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--python-version",
    "3.11",
]
TARGETS = [
    ("base", [], None),
    ("dev", ["dev"], "base"),
    ("bench", ["dev", "bench"], "dev"),
]


def main() -> None:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], check=True)
    for name, extras, below in TARGETS:
        command = [sys.executable, "-m", "uv", "pip", "compile", *COMMON, "pyproject.toml"]
        for extra in extras:
            command += ["--extra", extra]
        if below:
            command += ["--constraint", f"requirements/{below}.txt"]
        subprocess.run([*command, "--output-file", f"requirements/{name}.txt"], check=True)


if __name__ == "__main__":
    main()
