"""Amounts, periods and dates in words that readers read; names of codes. No markup here."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from warehouse.fields import AREAS, INDICATORS, SUBJECTS, content_id

LABELS: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("labels.yml").read_text(encoding="utf-8")
)
SCALES = ((1e12, "trillion", "tn"), (1e9, "billion", "bn"), (1e6, "million", "m"))
SIGNS = {"USD": "$", "EUR": "€", "percent": "%", "times": " times", "count": ""}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
MINUS = "\N{MINUS SIGN}"
_DASH = "\N{EN DASH}"


@lru_cache(maxsize=65536)
def amount(value: float, unit: str, *, short: bool = False, digits: int = 5) -> str:
    """Return a value as it is said: ``$14.6 billion``, ``12.5%``, ``3,000``; short: ``$14.6 bn``.

    >>> amount(14.6e9, "USD"), amount(-4, "percent"), amount(3e9, "kWh", short=True)
    ('$14.6 billion', '−4%', '3 bn kWh')
    """
    size, name, brief = scaled(abs(value))
    said = f"{number(abs(value) / size, digits)} {brief if short else name}".rstrip()
    return (MINUS if value < 0 else "") + with_unit(said, unit)


def scaled(value: float) -> tuple[float, str, str]:
    return next((scale for scale in SCALES if value >= scale[0]), (1.0, "", ""))


def with_unit(said: str, unit: str) -> str:
    if unit in ("USD", "EUR"):
        return f"{SIGNS[unit]}{said}"
    return f"{said}{SIGNS.get(unit, f' {unit}')}"


def number(value: float, digits: int = 5) -> str:
    """Return a number with thousands set apart and so many significant digits, at most."""
    if value >= 10 ** (digits - 1):
        return f"{value:,.0f}"
    rounded = float(f"{value:.{digits}g}")
    return f"{rounded:,.{max(digits, 6)}f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=65536)
def interval(low: float | None, high: float | None, unit: str, *, short: bool = False) -> str:
    """Return what the wording implies, in words.

    >>> interval(14.55e9, 14.65e9, "USD", short=True), interval(3000, None, "count")
    ('$14.55–14.65 bn', '3,000 or more')
    """
    if low is None and high is None:
        return "no interval"
    if high is None:
        return f"{amount(low or 0, unit, short=short)} or more"
    if low is None:
        return f"{amount(high, unit, short=short)} or less"
    if low == high:
        return f"exactly {amount(low, unit, short=short)}"
    if short and low >= 0 and scaled(low) == scaled(high):
        size, _, brief = scaled(high)
        said = f"{number(low / size, 5)}{_DASH}{number(high / size, 5)} {brief}".rstrip()
        return with_unit(said, unit)
    return f"{amount(low, unit, short=short)} to {amount(high, unit, short=short)}"


@lru_cache(maxsize=65536)
def period(code: str | None) -> str:
    """Return a period in words; what is no period is returned as it is.

    >>> period("2024-01/2024-04"), period("2024-05-27"), period(None)
    ('January–April 2024', '27 May 2024', 'undated')
    """
    if not code:
        return "undated"
    first, _, last = code.partition("/")
    if not all(re.fullmatch(r"\d{4}(-\d\d){0,2}", part) for part in (first, last or first)):
        return code
    if not last or last == first:
        return _instant(first)
    if len(first) == len(last) == 7 and first[:4] == last[:4]:
        return f"{_month(first)}{_DASH}{_month(last)} {first[:4]}"
    if len(first) == len(last) == 4:
        return f"{first}{_DASH}{last}"
    return f"{_instant(first)} {_DASH} {_instant(last)}"


def _month(code: str) -> str:
    place = int(code[5:7])
    return MONTHS[place - 1] if 1 <= place <= 12 else code[5:7]


def _instant(code: str) -> str:
    if len(code) == 4:
        return code
    said = f"{_month(code)} {code[:4]}"
    return f"{int(code[8:])} {said}" if len(code) == 10 else said


def day(when: date | datetime) -> str:
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def short_day(when: date | datetime) -> str:
    return f"{when.day} {MONTHS[when.month - 1][:3]} {when.year}"


def moment(when: datetime) -> str:
    return f"{day(when)}, {when:%H:%M} UTC"


def area(code: str | None) -> str:
    if code is None:
        return ""
    return LABELS["areas"].get(code) or AREAS.get(code, code)


def pair(ref_area: str, counterpart_area: str | None) -> str:
    """Return the parties: ``Kazakhstan–Russia``, or the one."""
    parties = [area(ref_area)] + ([area(counterpart_area)] if counterpart_area else [])
    return _DASH.join(parties)


def indicator(code: str) -> str:
    return LABELS["indicators"].get(code) or {**INDICATORS, **SUBJECTS}.get(code, code)


def measured(code: str, measure: str) -> str:
    """Return an indicator with its measure, which for a level goes without saying."""
    return indicator(code) + ("" if measure in ("level", "statement") else f", {measure}")


def label(kind: str, code: str) -> str:
    return LABELS[kind].get(code, code.replace("_", " "))


def web_address(url: str | None) -> str | None:
    """Return an address that may be made a link: http or https, with a host; else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def file_name(text: str) -> str:
    """Return a name for a file or folder that no text can break out of; distinct for distinct text.

    >>> file_name("president.uz")
    'president.uz'
    """
    if re.fullmatch(r"[A-Za-z0-9][\w.-]{0,60}", text, re.ASCII) and not text.endswith("."):
        return text
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40]
    return f"{plain or 'x'}-{content_id(text)[:8]}"


def clipped(before: str, after: str, *, room: int = 260) -> tuple[str, str]:
    """Return what stands around a quote, each side cut at a word where it is very long."""
    if len(before) > room:
        before = "… " + before[-room:].partition(" ")[2]
    if len(after) > room:
        after = after[:room].rpartition(" ")[0] + " …"
    return before, after
