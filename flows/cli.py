"""The command line: options before any command, and where each command lives.

A command is ``flows/commands/<name>.py`` and is imported only when it is called, so that
``caravan extract`` starts in well under a second. Errors of ours end in one line on standard
error: 2 for wrong usage or configuration, 1 for work that was done in part.
"""

from __future__ import annotations

import importlib
import os
import sys
from io import TextIOWrapper
from pathlib import Path

import click

from scrapers.web.errors import CaravanError
from warehouse.errors import WarehouseError

COMMANDS = {
    "demo": "Serve the sample sites on loopback and run three nights against them",
    "run": "One night, now",
    "ingest": "Documents and saved pages from files",
    "extract": "Figures of documents, to standard output; no warehouse touched",
    "explain": "Each figure of a text, and the word or rule that decided each slot",
    "facts": "Events, agreements and initiatives of documents, to standard output",
    "calendar": "The events as an iCalendar file",
    "backfill": "A range of dates from the sites",
    "reextract": "All facts anew from the archive",
    "findings": "List, show, acknowledge or resolve findings",
    "rehearse": "Scenarios through extraction and checks in a throw-away warehouse",
    "trace": "Follow a figure or other fact to the bytes of its page",
    "query": "SQL over the published tables",
    "publish": "Write the published files anew",
    "export": "Register the tables with a table format",
    "report": "Write the static report",
    "sources": "What is configured, its last nights and its health",
}


class Commands(click.Group):
    """A group that imports a command when it is called, and lists those that exist."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        folder = Path(__file__).with_name("commands")
        return [name for name in COMMANDS if (folder / f"{name}.py").exists()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"flows.commands.{cmd_name}")
        command: click.Command = module.command
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, COMMANDS[name]) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="CARAVAN_HOME",
    default=Path("data"),
    show_default=True,
    help="Folder of the warehouse, the published files, the report and the docs.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="caravan")
@click.pass_context
def cli(ctx: click.Context, home: Path, debug: bool) -> None:
    """A nightly, self-checking record of what Central Asia and Russia say about their cooperation.

    Begin with `caravan demo`; then `caravan run` for a night, `caravan findings` for what
    disagrees, `caravan query "SELECT …"` for the tables.
    """
    os.environ["CARAVAN_HOME"] = str(home)  # settings, and processes we start, read it there


def main() -> None:
    """Run the command line; exit 0 done, 1 done in part, 2 wrong usage or configuration."""
    debug = "--debug" in sys.argv
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # quotes are Russian whatever the locale
    try:
        sys.exit(cli(prog_name="caravan", standalone_mode=True))
    except (CaravanError, WarehouseError) as error:
        if debug:
            raise
        click.echo(f"caravan: {error}", err=True)
        sys.exit(2)
    except ValueError as error:
        if debug or type(error).__name__ not in ("ValidationError", "SettingsError"):
            raise
        click.echo(f"caravan: {misset(error)}", err=True)
        sys.exit(2)
    except OSError as error:  # no permission, no such folder, a full disk: ours to say, not a bug
        if debug:
            raise
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"caravan: {place}{error.strerror or error}; --debug shows where", err=True)
        sys.exit(2)


def misset(error: ValueError) -> str:
    """Return which setting is wrong, and how, without its value: it may be a secret."""
    if (told := getattr(error, "errors", None)) is None:
        return f"{error}: a JSON list is wanted"
    wrong = (f"CARAVAN_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in told())
    return "; ".join(wrong)


if __name__ == "__main__":
    main()
