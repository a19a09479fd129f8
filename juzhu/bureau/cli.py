"""`juzhu bureau`: the stand-in for a department's own service."""

import json
from pathlib import Path

import click

from juzhu.bureau.books import Kept
from juzhu.bureau.desk import MODES, Conduct
from juzhu.bureau.seal import Seal
from juzhu.bureau.service import Service

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", default=8200, show_default=True, type=click.IntRange(0, 65535), help="0: any free one."
)
@click.option("--records", type=FILE, help="JSON lines: identity_number, name, kind, says, valid_from, …")
@click.option("--key", required=True, type=FILE, help="The private JWK; made when there is none.")
@click.option("--token", envvar="BUREAU_TOKEN", default="", help="What callers must bear.")
@click.option("--mode", type=click.Choice(MODES), default="up", show_default=True)
@click.option("--slow-s", default=0.0, type=click.FloatRange(0, 60), help="How long an answer takes.")
@click.option("--fail-rate", default=0.0, type=click.FloatRange(0, 1), help="Share of answers that are 503.")
@click.option("--until-eof", is_flag=True, help="Stop when standard input ends: with whoever started it.")
@click.option("--print-jwks", is_flag=True, help="Print the public keys, and stop.")
def bureau(
    host: str,
    port: int,
    records: Path | None,
    key: Path,
    token: str,
    mode: str,
    slow_s: float,
    fail_rate: float,
    until_eof: bool,
    print_jwks: bool,
) -> None:
    """Stand in for a department's own service: sign what the books say, and have bad days on demand.

    Its books are read anew when their file changes. `POST /v1/mode` with {"mode": "down"} switches; its modes
    are those of --mode.
    """
    seal = Seal.kept(key)
    if print_jwks:
        click.echo(json.dumps(seal.jwks))
        return
    if records is None or not token:
        raise click.UsageError("--records and --token (or BUREAU_TOKEN) are needed to serve")
    try:
        books = Kept(records)
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{records}: {error}") from error
    service = Service((host, port), books, seal, token, Conduct(mode, slow_s, fail_rate))
    service.run(f"bureau with {len(books.records)} records", until_eof=until_eof)
