"""The unit before or after a number."""

from __future__ import annotations

import re
from functools import cache

from scrapers.facts.amounts import Context
from scrapers.facts.words import load

# "в более чем 2,3 раза": between "в" and the number stand only its bounds.
_IN_TIMES = re.compile(
    r"(?<![^\W_])во?\s+(?:(?:почти|более|чем|больше|свыше|около|примерно|порядка|целых|не|менее|меньше"
    r"|без|малого|чуть|ли|едва|даже|как|минимум|среднем|сразу|еще)\s+)*\S+"
    r"(?:\s+с\s+(?:половиной|лишним|небольшим))?(?:\s*(?:-|или)\s*\S+)?\s*$"
)


_CHANGED = re.compile(
    r"(?<![a-z])(?:grow|grew|increas|ris[ei]|rose|expand|jump|surg|climb|soar|fell|fall|declin"
    r"|decreas|drop|reduc|shrink|shrank|shrunk|multipl|exceed|rais|up |down |gain|collaps|went"
    r"|scal|boost|plung|cut|by )"
)
_COMPARED = re.compile(r"\s+(?:as|the|what|that|its|their|over|more|less|higher|lower|[a-z]+er)\b")


def unit_after(ctx: Context, tail: int) -> tuple[str, float, int, str]:
    """Return unit, factor, the offset after it and the rule; "" where none follows."""
    match = _unit_pattern().match(ctx.folded, tail)
    if not match or not match.lastgroup:
        return "", 1.0, tail, "none"
    unit, factor = _unit_groups()[match.lastgroup]
    if unit == "times" and not _is_multiple(ctx, tail, match):
        return "", 1.0, tail, "none"
    return unit, factor, match.end(), f"unit {match[match.lastgroup].strip()}"


def _is_multiple(ctx: Context, tail: int, match: re.Match[str]) -> bool:
    """As "в 2,3 раза", "2.5 times": a multiple, not how often a thing was done."""
    word = match[match.lastgroup or 0]
    if word.startswith("раз"):
        return bool(_IN_TIMES.search(ctx.folded[max(0, tail - 60) : tail]))
    if word == "times":
        after = ctx.folded[match.end() : match.end() + 25]
        if not (_CHANGED.search(ctx.folded) or _COMPARED.match(after)):
            return False  # "met four times"
        return not re.match(r"\s+(?:a|per|each|every|in\s+(?:a|the)\s+(?:week|month|row))\b", after)
    return True


@cache
def _unit_groups() -> dict[str, tuple[str, float]]:
    units = load("units")
    groups = {f"m{i}": (code, 1.0) for i, code in enumerate(units["money"])}
    physical = enumerate(units["physical"])
    groups |= {f"p{i}": (e["unit"], float(e["factor"])) for i, e in physical}
    return groups


@cache
def _unit_pattern() -> re.Pattern[str]:
    """Every unit at the place after a number; a letter after it means that it is another word."""
    lexicon = load("units")
    named = [(f"m{i}", p) for i, p in enumerate(lexicon["money"].values())]
    named += [(f"p{i}", e["pattern"]) for i, e in enumerate(lexicon["physical"])]
    first = [n for n in named if n[0] in ("p0", "p1", "p2")]
    rest = [n for n in named if n not in first]
    body = "|".join(f"(?P<{name}>{pattern})" for name, pattern in first + rest)
    return re.compile(rf"[ -]*(?:of\s+)?(?:(?:{lexicon['between']})\s+)?(?:{body})(?![^\W\d_])")


@cache
def _prefix_pattern() -> re.Pattern[str]:
    names = sorted(load("units")["prefixes"], key=len, reverse=True)
    joined = "|".join(re.escape(n).replace(r"\$", r"\s?\$") for n in names)
    return re.compile(rf"(?:(?<![^\W_])|(?<=\())({joined})\s?$")


def prefix(before: str) -> tuple[int, str, str] | None:
    match = _prefix_pattern().search(before[-8:])
    if not match:
        return None
    name = re.sub(r"\s", "", match[1])
    if name == "us":
        return None
    blank = len(match[1]) - len(match[1].lstrip())
    start = len(before) - len(before[-8:]) + match.start(1) + blank
    return start, load("units")["prefixes"][name], f"prefix {name}"


def money_scale(ctx: Context, tail: int) -> tuple[float, int] | None:
    """As "$33 m", "€5b": letters that scale only money."""
    match = re.compile(r"\s?([mb])(?![^\W_])").match(ctx.folded, tail)
    if not match:
        return None
    return (1e6 if match[1] == "m" else 1e9), match.end()


def repeated_unit(ctx: Context, tail: int, unit: str) -> int:
    """As "US$5 billion dollars", "$5 million US dollars": the unit said twice."""
    again, _, end, _ = unit_after(ctx, tail)
    return end if again == unit else tail
