"""Parsing markup that others wrote, within bounds of time and memory.

An HTML parser takes the square of the depth, and copies formatting tags that nobody closed into
every paragraph: 5 MB of nested tags would take hours, or all memory. Such pages are refused
before they are parsed. The deepest of 90 real pages has 24 levels.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from scrapers.web.errors import BadPage

SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
# Void, or closed by the next of their kind: they do not nest by repetition.
FLAT = re.compile(
    r"area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|"
    r"p|li|dt|dd|option|tr|td|th|tbody",
    re.IGNORECASE,
)
FORMATTING = re.compile(r"a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u", re.IGNORECASE)
FORMATS = re.compile(rf"<(?=[a-iA-IsStTuUnN])(?i:({FORMATTING.pattern}))(?![\w-])")
DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
PAIRS = re.compile(rf"{FORMATS.pattern}[^<>]*>[^<>]*</(?i:\1)>")
MOST = 100_000
DEEPEST = 3000
UNCLOSED = 256


def parsed(html: str, *, where: str) -> LexborHTMLParser:
    """Return the tree of a page. Raises BadPage where it is nested beyond all reason."""
    sane(html, where=where)
    return LexborHTMLParser(html)


def undeclared(html: str) -> str:
    """Return markup without an XML declaration, which bs4 warns of and feedparser believes."""
    return DECLARATION.sub("", html, count=1)


def sane(html: str, *, where: str) -> None:
    """Raise BadPage where markup is no person's making: too many tags, or too deeply nested."""
    if (tags := html.count("<")) > MOST:
        raise BadPage(f"{where}: {tags} tags: no page of a person's making")
    few = tags <= DEEPEST or tags - html.count("</") <= DEEPEST
    if few and (unpaired(html) < UNCLOSED or tags - html.count("</") <= UNCLOSED):
        return  # nearly all pages: not so many are opened at all
    depth = formatting = 0
    for slash, name in TAG.findall(SCRIPT.sub("", html)):
        if FLAT.fullmatch(name):
            continue
        step = -1 if slash else 1
        depth = max(0, depth + step)
        if FORMATTING.fullmatch(name):
            formatting = max(0, formatting + step)
        if depth > DEEPEST or formatting > UNCLOSED:
            raise BadPage(f"{where}: tags are nested beyond {UNCLOSED} unclosed or {DEEPEST} deep")


def unpaired(html: str) -> int:
    """Return how many formatting tags are opened, but for those that are closed at once.

    Between the two of a pair stands no tag: it adds no more than one to any depth.
    """
    found = len(FORMATS.findall(html))
    return found - len(PAIRS.findall(html)) if found >= UNCLOSED else found
