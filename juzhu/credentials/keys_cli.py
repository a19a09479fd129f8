"""`juzhu credentials keys …`: make, list, rotate and revoke signing keys; print what is public of them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from juzhu.credentials.signing import trust_list
from juzhu.credentials.signing.errors import SigningFailed
from juzhu.credentials.signing.key_store import LEAD_S, OVERLAP_S, KeyFolder, facts_of, signer_for
from juzhu.credentials.signing.keys import ALGS, USES, Alg, Use, jwks
from juzhu.credentials.verify.algorithms import thumbprint
from juzhu.credentials.verify.days import DAY_S, SHANGHAI, moment_of
from juzhu.credentials.verify.encoding import base64url, to_json
from juzhu.credentials.verify.trust import IssuerKey

PASSPHRASE = "JUZHU_KEYS_PASSPHRASE"  # noqa: S105, the variable's name


DASHED = {"ignore_unknown_options": True}
"""A kid may begin with a dash."""


class Moment(click.ParamType):  # type: ignore[type-arg]
    """A time by ISO 8601, in Asia/Shanghai where no offset is given; gives an aware datetime."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            given = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no ISO 8601 time", param, ctx)
        return given if given.tzinfo else given.replace(tzinfo=SHANGHAI)


class Keys(click.Group):
    """Commands that end with a sentence where a key is missing or the passphrase is wrong."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SigningFailed as failed:
            raise click.ClickException(f"{type(failed).__doc__} {failed}".strip()) from failed


@click.group(cls=Keys)
@click.option(
    "--keys",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="JUZHU_KEYS",
    required=True,
    show_envvar=True,
    help="The folder of keys.",
)
@click.pass_context
def keys(ctx: click.Context, folder: Path) -> None:
    """Signing keys: new, list, rotate, revoke; what is public: trust, jwks.

    The passphrase comes from JUZHU_KEYS_PASSPHRASE, or is asked for.
    """
    ctx.obj = folder


def _opened(folder: Path, *, writes: bool = False) -> KeyFolder:
    """The folder with its passphrase, which is asked for twice where a key is written."""
    passphrase = os.environ.get(PASSPHRASE) or click.prompt(
        "Passphrase", hide_input=True, confirmation_prompt=writes
    )
    return KeyFolder(folder, passphrase.encode())


def _line(key: IssuerKey) -> str:
    """A key on one line: kid, algorithm, uses, from when until when, and whether it is revoked."""
    until = f"until {_time(key.not_after)}" if key.not_after is not None else ""
    revoked = f"REVOKED from {_time(key.revoked_at)}" if key.revoked_at is not None else ""
    parts = [key.kid, key.alg, "+".join(sorted(key.uses)), f"from {_time(key.not_before)}", until, revoked]
    return "  ".join(part for part in parts if part)


def _time(seconds: int) -> str:
    return moment_of(seconds).astimezone(SHANGHAI).isoformat(timespec="minutes")


def _seconds(at: datetime | None) -> int:
    return int((at or datetime.now(UTC)).timestamp())


@keys.command()
@click.option("--alg", type=click.Choice(ALGS), default="ES256", show_default=True)
@click.option(
    "--use", "uses", type=click.Choice(USES), multiple=True, default=("permit", "status"), show_default=True
)
@click.option("--starts", type=Moment(), help="When it begins to sign; now without it.")
@click.pass_obj
def new(folder: Path, alg: Alg, uses: tuple[Use, ...], starts: datetime | None) -> None:
    """Make a key. A root signs the trust list and nothing else."""
    if "root" in uses and set(uses) != {"root"}:
        raise click.BadParameter("a root is for nothing else", param_hint="--use")
    click.echo(_line(_opened(folder, writes=True).create(alg, uses, _seconds(starts))))


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the public keys and their thumbprints.")
@click.pass_obj
def list_(folder: Path, as_json: bool) -> None:
    """List all keys there ever were, the oldest first."""
    known = KeyFolder(folder).keys()
    if as_json:
        listed = [
            {"kid": key.kid, "thumbprint": base64url(thumbprint(key.jwk)), **facts_of(key)} for key in known
        ]
        click.echo(to_json(listed))
        return
    for key in known:
        click.echo(_line(key))


@keys.command(context_settings=DASHED)
@click.argument("kid")
@click.option("--starts", type=Moment(), help="When the new key begins to sign.")
@click.option("--overlap", type=click.IntRange(0), default=OVERLAP_S // DAY_S, show_default=True,
              help="Days that the old key may still sign after that.")  # fmt: skip
@click.pass_obj
def rotate(folder: Path, kid: str, starts: datetime | None, overlap: int) -> None:
    """Make the successor of a key.

    It begins after 30 days, when every checker has a trust list with it; --starts sets another time.
    """
    begins = _seconds(starts) if starts else _seconds(None) + LEAD_S
    click.echo(_line(_opened(folder, writes=True).rotate(kid, begins, overlap * DAY_S)))


@keys.command(context_settings=DASHED)
@click.argument("kid")
@click.option("--from", "moment", type=Moment(), help="Since when it was lost; now without it.")
@click.confirmation_option(prompt="What this key signed from then on will be forged, for good. Revoke it?")
@click.pass_obj
def revoke(folder: Path, kid: str, moment: datetime | None) -> None:
    """Revoke a lost key. Sign and publish the trust list anew afterwards."""
    click.echo(_line(KeyFolder(folder).revoke(kid, _seconds(moment))))


@keys.command()
@click.option("--origin", required=True, help="The issuer: https://…, without a path.")
@click.option("--division", required=True, help="Its division, six digits.")
@click.option("--name-zh", required=True)
@click.option("--name-en", required=True)
@click.pass_obj
def trust(folder: Path, origin: str, division: str, name_zh: str, name_en: str) -> None:
    """Print the trust list, signed by the root key in the folder."""
    store, now = _opened(folder), _seconds(None)
    issuer = trust_list.issuer(origin, division, {"zh": name_zh, "en": name_en}, store.keys())
    root = signer_for(store, "root", now)
    click.echo(trust_list.token(root, [issuer], publisher=origin, issued_at=now))


@keys.command("jwks")
@click.pass_obj
def jwks_(folder: Path) -> None:
    """Print the public keys as a JWK set."""
    click.echo(to_json(jwks(KeyFolder(folder).keys())))
