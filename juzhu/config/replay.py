"""`juzhu law replay`: decide every stored decision again, and say which answers differ."""

import json
import sys

import click


@click.command()
@click.option("--all", "everything", is_flag=True, help="Every decision ever made.")
@click.option("--application", help="The number of one application.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def replay(everything: bool, application: str | None, as_json: bool) -> None:
    """Decide stored decisions again from their stored facts. Exit status 1 when an answer differs."""
    if not everything and not application:
        raise click.UsageError("say --all, or --application NUMBER")
    from juzhu.config.commands import (
        django_ready,
        progress,
    )  # Django is slow to load, the rest of `law` needs none

    django_ready()
    from juzhu.permits.facts import replay as decide_again
    from juzhu.permits.models import Decision

    rows = Decision.objects.order_by("pk")
    if application:
        rows = rows.filter(application__number=application)
        if not rows.exists():
            raise click.UsageError(f"no decision was made on an application {application}")
    differing = []
    with progress("replaying", rows.count(), quiet=as_json) as advance:
        for decision in rows.iterator(chunk_size=500):
            if decide_again(decision) is not None:
                differing.append(decision.pk)
            advance()
    total = rows.count()
    if as_json:
        click.echo(json.dumps({"decisions": total, "differing": differing}))
    else:
        click.echo(
            f"{total} decisions replayed, {len(differing)} differ" + (f": {differing}" if differing else "")
        )
    sys.exit(1 if differing else 0)
