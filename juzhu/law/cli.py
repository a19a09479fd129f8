"""`juzhu law`: questions on standard input, answers on standard output; and the rules, to be read."""

from __future__ import annotations

import os
import sys

import click

from juzhu.law.errors import UnknownPolicy
from juzhu.law.lines import Kind, answer_line
from juzhu.law.policy import available, load

_POLICY = click.option("--policy", "policy_id", metavar="ID", help="The policy of lines that name none.")


@click.group()
def law() -> None:
    """The notice as code: decide, status, deadline, explain."""


def _stream(kind: Kind, policy_id: str | None) -> None:
    """Answers each line as it comes; ends with status 1 if any was not valid."""
    if policy_id is not None and policy_id not in available():
        raise click.BadParameter(f"known: {', '.join(available())}", param_hint="--policy")
    all_valid = True
    out = sys.stdout.buffer
    interactive = sys.stdout.isatty()
    try:
        for line in sys.stdin.buffer:
            answer, valid = answer_line(kind, line, policy_id)
            all_valid = all_valid and valid
            out.write(answer + b"\n")
            if interactive:
                out.flush()
        out.flush()
    except BrokenPipeError:
        # The reader has gone; without this Python would complain again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(0 if all_valid else 1)


@law.command()
@_POLICY
def decide(policy_id: str | None) -> None:
    """Decide applications: JSON Lines in, JSON Lines out."""
    _stream("decide", policy_id)


@law.command()
@_POLICY
def status(policy_id: str | None) -> None:
    """Say how permits stand on a day: JSON Lines in, JSON Lines out."""
    _stream("status", policy_id)


@law.command()
@_POLICY
def deadline(policy_id: str | None) -> None:
    """Say by when something must be done: JSON Lines in, JSON Lines out."""
    _stream("deadline", policy_id)


@law.command()
@click.argument("policy_id", metavar="ID")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="As one JSON document, in both languages.")
def explain(policy_id: str, lang: str, as_json: bool) -> None:
    """Print a policy: its tree, its parameters with their provisions, its sources and its readings."""
    from juzhu.law.explain import explanation, print_policy

    try:
        policy = load(policy_id)
    except UnknownPolicy as error:
        raise click.ClickException(error.message) from error
    if as_json:
        import orjson

        click.echo(orjson.dumps(explanation(policy), option=orjson.OPT_INDENT_2))
        return
    print_policy(policy, "zh" if lang == "zh" else "en")


if __name__ == "__main__":
    law()
