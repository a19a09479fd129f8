"""The `juzhu` command: `serve`, `worker`, `demo`, `law …`, `bureau`, `faces`, `audit verify`, `verify`,
`credentials …`, and Django's own through `manage`.

Django is loaded only by the commands that need it, so that `juzhu law` and `juzhu verify` start at once.
"""

from importlib import import_module

import click

LAZY = {
    "law": "juzhu.law.cli:law",
    "serve": "juzhu.config.commands:serve",
    "worker": "juzhu.config.commands:worker",
    "demo": "juzhu.config.commands:demo",
    "bureau": "juzhu.bureau.cli:bureau",
    "faces": "juzhu.faces.cli:faces",
    "audit": "juzhu.config.commands:audit",
    "manage": "juzhu.config.commands:manage",
    "verify": "juzhu.credentials.cli:verify",
    "credentials": "juzhu.credentials.cli:credentials",
}


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(LAZY)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LAZY:
            return None
        module, name = LAZY[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        if cmd_name == "law" and isinstance(command, click.Group):
            command.add_command(import_module("juzhu.config.replay").replay)
        return command


@click.command(cls=Lazy)
@click.version_option(package_name="juzhu")
def main() -> None:
    """juzhu 居住: the residence-permit service of a district."""


if __name__ == "__main__":
    main()
