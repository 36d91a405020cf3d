"""Rows for the tests: a handful of releases and what they state, made by short functions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from warehouse.fields import (
    Agreement,
    Capture,
    Event,
    Figure,
    FindingEvent,
    Initiative,
    Release,
    SourceRun,
    content_id,
)

NIGHT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TEXT = "The presidents met.\n\nTrade reached $3.8 billion last year. They thanked each other."


def night(number):
    return NIGHT + timedelta(days=number)


def release(name="r1", *, source="kremlin", language="en", text=TEXT, **other):
    url = other.pop("url", f"http://{source}.example/{name}")
    values = {
        "release_id": content_id(url, text),
        "source": source,
        "url": url,
        "language": language,
        "title": f"Talks {name}",
        "published": date(2026, 11, 20),
        "text": text,
        "text_sha256": content_id(text),
        "parser": source,
        "parser_version": "1",
    }
    return Release(**(values | other))


def figure(of=None, *, value=3.8e9, low=None, high=None, quote="$3.8 billion", **other):
    of = of or release()
    start = other.pop("start", max(of.text.find(quote), 0))
    made = Figure(
        figure_id="",
        release_id=of.release_id,
        source=of.source,
        url=of.url,
        language=of.language,
        published=of.published,
        indicator="trade.turnover",
        measure="level",
        ref_area="TJ",
        counterpart_area="RU",
        time_period="2025",
        status="actual",
        value=value,
        unit="USD",
        bound="exact",
        low=value - 0.05e9 if low is None else low,
        high=value + 0.05e9 if high is None else high,
        quote=quote,
        start=start,
        end=start + len(quote),
        rules="{}",
        extractor_version="1",
    )
    made = replace(made, **other)
    slots = (made.release_id, made.start, made.end, made.value, made.indicator, made.time_period)
    return replace(made, figure_id=other.get("figure_id") or content_id(*slots))


def event(finding="f1", kind="opened", *, at=NIGHT, **other):
    values = {
        "event_id": content_id(finding, kind, at),
        "finding_id": finding,
        "event": kind,
        "type": "contradiction",
        "severity": "warning",
        "indicator": "trade.turnover",
        "measure": "level",
        "ref_area": "TJ",
        "counterpart_area": "RU",
        "time_period": "2025",
        "unit": "USD",
        "figure_ids": ["a"],
        "against_ids": ["b"],
        "why": "3.8 beside 5",
        "at": at,
    }
    return FindingEvent(**(values | other))


def run(source="kremlin", run_id="n1", *, at=NIGHT, **other):
    values = {
        "source_run_id": content_id(run_id, source),
        "run_id": run_id,
        "source": source,
        "started_at": at,
        "seconds": 1.0,
        "verdict": "ok",
    }
    counts = "listed new fetched unchanged refused failed parsed quarantined figures findings"
    return SourceRun(**(values | dict.fromkeys(counts.split(), 0) | other))


def capture(name="c1", *, source="kremlin", body=b"<p>page</p>", **other):
    import hashlib

    import zstandard

    url = other.pop("url", f"http://{source}.example/{name}")
    values = {
        "capture_id": content_id(url, body),
        "source": source,
        "url": url,
        "final_url": url,
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "fetched_at": NIGHT,
        "body": zstandard.compress(body),
        "body_sha256": hashlib.sha256(body).hexdigest(),
    }
    return Capture(**(values | other))


def told(row, of=None, *, quote="met", **other):
    """Return a statement of an event, agreement or initiative in a release."""
    of = of or release()
    start = max(of.text.find(quote), 0)
    values = {
        row.ID: content_id(of.release_id, row.TABLE, quote, *map(str, other.values())),
        "release_id": of.release_id,
        "source": of.source,
        "url": of.url,
        "language": of.language,
        "published": of.published,
        "areas": ["RU", "TJ"],
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "rules": "{}",
        "extractor_version": "1",
    }
    return row(**(values | DEFAULTS[row.TABLE] | other))


DEFAULTS = {
    "events": {"type": "summit", "date": "2026-11-20", "place": "Dushanbe", "status": "held"},
    "agreements": {"type": "plan", "action": "signed", "date": "2026-11-20"},
    "initiatives": {"domain": "energy", "status": "proposed", "proposer_area": "UZ"},
}


def facts_of(of=None):
    """Return one statement of each other kind."""
    return [[told(row, of)] for row in (Event, Agreement, Initiative)]
