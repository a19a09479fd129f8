"""`juzhu faces`: the stand-in for a provider of face verification."""

import json
from pathlib import Path

import click

from juzhu.bureau.desk import MODES, Conduct
from juzhu.bureau.seal import Seal
from juzhu.faces.service import Service


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", default=8300, show_default=True, type=click.IntRange(0, 65535), help="0: any free one."
)
@click.option(
    "--key",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The private JWK; made when there is none.",
)
@click.option("--token", envvar="FACES_TOKEN", default="", help="What callers must bear.")
@click.option("--mode", type=click.Choice(MODES), default="up", show_default=True)
@click.option("--until-eof", is_flag=True, help="Stop when standard input ends: with whoever started it.")
@click.option("--print-jwks", is_flag=True, help="Print the public keys, and stop.")
def faces(host: str, port: int, key: Path, token: str, mode: str, until_eof: bool, print_jwks: bool) -> None:
    """Stand in for a provider of face verification: its page asks what it shall have seen, and its results
    are signed. `POST /v1/mode` with {"mode": "down"} switches; its modes are those of --mode.
    """
    seal = Seal.kept(key)
    if print_jwks:
        click.echo(json.dumps(seal.jwks))
        return
    if not token:
        raise click.UsageError("--token (or FACES_TOKEN) is needed to serve")
    Service((host, port), seal, token, Conduct(mode)).run("faces", until_eof=until_eof)
