"""`juzhu verify`: check a permit without the service. `juzhu credentials …`: the folder of signing keys."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from juzhu.credentials.keys_cli import Moment, keys
from juzhu.credentials.verify import Lists, Refused, Trust, Verdict, check, words
from juzhu.credentials.verify.algorithms import thumbprint
from juzhu.credentials.verify.days import SHANGHAI, moment_of
from juzhu.credentials.verify.encoding import from_json_object, to_json

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
THUMBPRINT_CHARACTERS = 43


@click.group()
def credentials() -> None:
    """The electronic permit: keys."""


credentials.add_command(keys)


@click.command()
@click.argument("shown", metavar="FILE|TEXT")
@click.option("--trust", "trust_file", type=FILE, help="The trust list that was fetched.")
@click.option("--root", metavar="FILE|THUMBPRINT", help="The pinned root: its JWK, or its thumbprint.")
@click.option("--lists", type=FOLDER, help="A folder of status lists that were fetched.")
@click.option(
    "--at", type=Moment(), help="Judge as of this time (ISO 8601; Asia/Shanghai without an offset)."
)
@click.option("--audience", help="Whom a presentation must be for.")
@click.option("--nonce", help="What a presentation must answer.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def verify(
    shown: str,
    trust_file: Path | None,
    root: str | None,
    lists: Path | None,
    at: datetime | None,
    audience: str | None,
    nonce: str | None,
    lang: words.Lang,
    as_json: bool,
) -> None:
    """Check a permit's code or document, given as a file, as text, or as "-" on standard input.

    Ends with status 0 if it is valid, with 1 for any other outcome, with 2 if it was called wrongly.
    """
    verdict = check(
        _shown(shown),
        trust=_trust(trust_file, root),
        lists=_lists(lists),
        now=at or datetime.now(UTC),
        audience=audience,
        nonce=nonce,
    )
    click.echo(to_json(verdict.as_dict()) if as_json else "\n".join(lines(verdict, lang)))
    sys.exit(0 if verdict.outcome == "valid" else 1)


def lines(verdict: Verdict, lang: words.Lang) -> list[str]:
    """The verdict as a person reads it."""
    told = [words.OUTCOMES[verdict.outcome][lang], words.REASONS[verdict.because][lang]]
    facts = {words.named(name, lang): words.said(name, value, lang) for name, value in verdict.claims.items()}
    if verdict.issuer:
        issuer = verdict.issuer_name.get(lang, "")
        facts[{"zh": "签发机关", "en": "Issuer"}[lang]] = f"{issuer} {verdict.issuer}".strip()
    if verdict.status_at is not None:
        listed = moment_of(verdict.status_at).astimezone(SHANGHAI)
        facts[{"zh": "状态截至", "en": "Status as of"}[lang]] = f"{listed:%Y-%m-%d %H:%M}"
    if verdict.kind == "sd_jwt_vc":
        proved = words.said("", verdict.holder_proved, lang)
        facts[{"zh": "持证人已证明", "en": "Holder proved"}[lang]] = proved
    colon = {"zh": "：", "en": ": "}[lang]
    return [line for line in told if line] + [f"  {name}{colon}{value}" for name, value in facts.items()]


def _shown(given: str) -> bytes | str:
    """The file's content, standard input's, or the text itself."""
    if given == "-":
        return sys.stdin.buffer.read()
    try:
        path = Path(given)
        return path.read_bytes() if path.is_file() else given
    except OSError:
        return given


def _lists(folder: Path | None) -> Lists:
    return Lists(path.read_bytes() for path in folder.iterdir() if path.is_file()) if folder else Lists()


def _trust(file: Path | None, root: str | None) -> Trust | None:
    if file is None:
        return None
    if root is None:
        raise click.UsageError("--trust needs --root")
    try:
        return Trust.read(file.read_bytes(), _root(root))
    except Refused as refused:
        raise click.BadParameter(f"not accepted ({refused})", param_hint="--trust") from refused


def _root(given: str) -> dict[str, Any] | str:
    if len(given) == THUMBPRINT_CHARACTERS and not Path(given).exists():
        return given
    try:
        jwk = from_json_object(Path(given).read_bytes())
        thumbprint(jwk)
    except (OSError, Refused) as error:
        raise click.BadParameter("neither a file with a JWK nor a thumbprint", param_hint="--root") from error
    return jwk
