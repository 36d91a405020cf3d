"""``caravan trace``: from a fact to the bytes of its page, every hash verified."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.home import held

if TYPE_CHECKING:
    from warehouse.trace import Evidence


@click.command()
@click.argument("fact_id")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the archived page to this file, the passage marked; safe to open.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(fact_id: str, html: Path | None, form: str) -> None:
    """Follow a figure or other fact to its sentence, release, capture and address; verify each.

    Exit status 1 where anything was altered or is missing.
    """
    from warehouse.page import evidence_page
    from warehouse.trace import trace

    evidence = trace(held(), fact_id)
    if form == "json":
        click.echo(json.dumps(as_json(evidence), ensure_ascii=False, default=str))
    else:
        show(evidence)
    if html is not None:
        html.write_text(evidence_page(evidence), encoding="utf-8")
        click.echo(f"written {html}", err=True)
    if not evidence.holds:
        raise SystemExit(1)


def show(evidence: Evidence) -> None:
    from warehouse.trace import sentence, told

    figure, release, capture = evidence.figure, evidence.release, evidence.capture
    name = figure.TABLE.removesuffix("s")
    line(name, f"{figure.row_id}{'  (retired by a newer reading)' * evidence.retired}")
    for text in told(figure):
        line("", text)
    if release is not None:
        before, quote, after = sentence(release.text, figure.start, figure.end)
        line("sentence", f"{before}{click.style(f'[{quote}]', bold=True)}{after}")
        line("release", f"{release.title} ({release.published}, {release.language})")
        line("", release.url)
        line("", f"{release.release_id}, read by {release.parser} {release.parser_version}")
        if release.capture_id is None:
            line("capture", "none: the release came as a document, its text is the evidence")
    if capture is not None:
        line("capture", f"{capture.capture_id}, status {capture.status}")
        line("", f"{capture.final_url} at {capture.fetched_at:%Y-%m-%d %H:%M:%S} UTC")
    for check in evidence.checks:
        line(check.name, f"{'✔' if check.holds else '✘'} {check.detail}")


def line(name: str, text: str) -> None:
    click.echo(f"{name:<10} {text}")


def as_json(evidence: Evidence) -> dict[str, object]:
    figure, release, capture = evidence.figure, evidence.release, evidence.capture
    return {
        "fact_id": figure.row_id,
        "retired": evidence.retired,
        "quote": figure.quote,
        "value": getattr(figure, "value", None),
        "unit": getattr(figure, "unit", None),
        "release_id": figure.release_id,
        "title": release and release.title,
        "url": figure.url,
        "published": figure.published,
        "capture_id": capture and capture.capture_id,
        "fetched_at": capture and capture.fetched_at,
        "final_url": capture and capture.final_url,
        "holds": evidence.holds,
        "checks": [vars(check) for check in evidence.checks],
    }
