"""`caravan findings`: list, show, acknowledge, resolve."""

from __future__ import annotations

import getpass
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from flows.home import held
from warehouse.fields import FINDING_TYPES, SEVERITIES

if TYPE_CHECKING:
    from expectations.findings import Finding
    from warehouse.tables import Warehouse


def whoever() -> str:
    """Return who is logged in; in a container that may be nobody with a name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise click.UsageError("nobody with a name is logged in here; add --by NAME") from error


STATES = ("standing", "open", "acknowledged", "resolved", "all")


@click.group(invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Where figures disagree: list them, look at one, say what came of it.

    An ID may be shortened to its first characters. Without a command, lists what stands open.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@command.command("list")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.option("--state", type=click.Choice(STATES), default="standing", show_default=True)
@click.option("--type", "kind", type=click.Choice(list(FINDING_TYPES)), help="Only of this type.")
@click.option(
    "--severity",
    type=click.Choice(SEVERITIES),
    default="info",
    show_default=True,
    help="This grave or graver.",
)
def list_(
    form: str = "table", state: str = "standing", kind: str | None = None, severity: str = "info"
) -> None:
    """List findings, the newest last. Standing: open or acknowledged."""
    from flows.found import brief, listed, standing

    warehouse = held()
    chosen = [
        f
        for f in standing(warehouse)
        if in_state(f.state, state)
        and kind in (None, f.opening.type)
        and SEVERITIES.index(f.opening.severity) >= SEVERITIES.index(severity)
    ]
    rows = listed(warehouse, chosen)
    if form == "json":
        for row in rows:
            click.echo(json.dumps(brief(row), ensure_ascii=False))
    else:
        from flows.showing import print_list

        print_list(rows)


def in_state(state: str, asked: str) -> bool:
    return asked == "all" or state == asked or (asked == "standing" and state != "resolved")


@command.command()
@click.argument("finding_id")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def show(finding_id: str, form: str) -> None:
    """Put the two sides of a finding next to each other: quotes in their sentences, intervals."""
    from flows.found import listed, sentences_of

    warehouse = held()
    finding = one(warehouse, finding_id)
    [row] = listed(warehouse, [finding])
    if form == "json":
        click.echo(json.dumps(row, ensure_ascii=False))
    else:
        from flows.showing import print_finding

        print_finding(finding, row, sentences_of(finding, warehouse))


@command.command()
@click.argument("finding_id")
@click.option("--by", default=whoever, show_default="who is logged in")
def acknowledge(finding_id: str, by: str) -> None:
    """Say that somebody is looking at a finding."""
    settle(finding_id, "acknowledged", by=by, reason=None)


@command.command()
@click.argument("finding_id")
@click.option("--reason", required=True, help="What it was, in a sentence.")
@click.option("--by", default=whoever, show_default="who is logged in")
def resolve(finding_id: str, reason: str, by: str) -> None:
    """Settle a finding. It opens again by itself when new evidence arrives."""
    if not reason.strip():
        raise click.BadParameter("say in a sentence what it was", param_hint="--reason")
    settle(finding_id, "resolved", by=by, reason=reason)


def settle(finding_id: str, event: str, *, by: str, reason: str | None) -> None:
    from expectations.findings import judged

    warehouse = held()
    now = datetime.now(UTC)
    with warehouse.lock():
        finding = one(warehouse, finding_id)
        if finding.state == event:
            click.echo(f"{finding.finding_id} is {event} already")
            return
        row = judged(finding, event, at=now, actor=by, reason=reason)
        warehouse.append([row], recorded_at=now)
    click.echo(f"{finding.finding_id} is {event}")


def one(warehouse: Warehouse, finding_id: str) -> Finding:
    """Return the finding whose id begins so. Raises Misconfigured where none or several do."""
    from flows.found import standing
    from scrapers.web.errors import Misconfigured

    found: list[Any] = [f for f in standing(warehouse) if f.finding_id.startswith(finding_id)]
    if len(found) != 1:
        count = "no finding" if not found else f"{len(found)} findings"
        raise Misconfigured(
            f"{count} with an id that begins with {finding_id!r}; "
            "`caravan findings list --state all` shows them"
        )
    return found[0]  # type: ignore[no-any-return]
