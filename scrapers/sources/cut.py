"""Cutting a page: values by selectors, paragraphs of a container, fields of JSON-LD.

Pages go through selectolax (lexbor), which takes a sixtieth of the time of bs4; fragments of HTML
out of JSON and feeds, which have no root and are often broken, go through bs4.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.sources.markup import sane, undeclared
from scrapers.sources.spec import split_selector
from scrapers.text.normalise import line


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


# One paragraph each, with all that is inside; a row of a table is one too.
BLOCKS = _tags("p h1 h2 h3 h4 h5 h6 li dt dd pre tr figcaption")
HOLDERS = _tags(
    "div section article main blockquote ul ol dl table tbody thead tfoot figure details center "
    "form fieldset header footer aside span"
)
SILENT = _tags("script style noscript template iframe svg button select nav head title")
DEEPEST = 40  # below this, nesting is an accident or an attack: the rest is one paragraph


def first(root: LexborHTMLParser | LexborNode, selectors: Iterable[str]) -> str | None:
    """Return the first value, on one line, that any of the candidates gives, or None."""
    for selector in selectors:
        for value in _values(root, selector):
            if clean := line(value):
                return clean
    return None


def _values(root: LexborHTMLParser | LexborNode, selector: str) -> Iterator[str]:
    if selector.startswith("ld:"):
        yield from _linked_data(root, selector[3:])
        return
    css, attribute = split_selector(selector)
    for node in root.css(css) if css else [root]:
        if attribute is None:
            yield node.text() or ""
        elif isinstance(node, LexborNode):
            yield node.attributes.get(attribute) or ""


def _linked_data(root: LexborHTMLParser | LexborNode, name: str) -> Iterator[str]:
    for node in root.css('script[type="application/ld+json"]'):
        try:
            data = json.loads(node.text() or "")
        except ValueError:
            continue  # a site's own JSON-LD is often broken; the other candidates stand
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in graph if isinstance(graph, list) else []:
            value = item.get(name) if isinstance(item, dict) else None
            if isinstance(value, str):
                yield value


def container(tree: LexborHTMLParser, selectors: Iterable[str]) -> list[LexborNode]:
    """Return the nodes of the first candidate that matches and holds any text."""
    for selector in selectors:
        nodes = [node for node in tree.css(selector) if (node.text() or "").strip()]
        if nodes:
            return nodes
    return []


def paragraphs(node: LexborNode, depth: int = 0) -> Iterator[str]:
    """Yield the paragraphs of a container: its blocks, and loose text split at double breaks."""
    loose: list[str] = []
    child = node.first_child
    while child is not None:
        tag = child.tag or ""
        if tag in BLOCKS and not (tag == "li" and child.css_first("p")):
            yield from _flush(loose)
            yield _row(child) if tag == "tr" else child.text() or ""
        elif (tag in HOLDERS or tag == "li") and depth < DEEPEST and _holds_blocks(child):
            yield from _flush(loose)
            yield from paragraphs(child, depth + 1)
        elif tag in ("div", "section", "article", "blockquote", "hr"):
            yield from _flush(loose)
            yield child.text() or ""
        elif tag == "br":
            loose.append("\n")
        elif tag not in SILENT and tag != "_comment":
            loose.append((child.text() or "").replace("\n", " "))
        child = child.next
    yield from _flush(loose)


def _holds_blocks(node: LexborNode) -> bool:
    return node.css_first("p, div, li, br, tr, h2, h3, h4, dd, pre") is not None


def _flush(loose: list[str]) -> Iterator[str]:
    if loose:
        yield from re.split(r"\n\s*\n", "".join(loose))
        loose.clear()


def _row(row: LexborNode) -> str:
    cells = (line(cell.text() or "") for cell in row.css("td, th"))
    return " | ".join(cell for cell in cells if cell)


def fragment(html: str) -> list[str]:
    """Return the paragraphs of a fragment of HTML, as interfaces and feeds carry them.

    Raises BadPage where it is nested beyond all reason.
    """
    if "<" not in html:  # bs4 warns of what may be an address or the name of a file
        return [p for p in map(line, re.split(r"\n\s*\n", unescape(html))) if p]
    sane(html, where="a text in JSON")
    soup = BeautifulSoup(undeclared(html), "lxml")
    for tag in soup(list(SILENT - {"head"})):
        tag.decompose()
    for tag in soup("br"):
        tag.replace_with("\n")
    for tag in soup(["p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "ul", "ol"]):
        tag.insert_before("\n\n")
        tag.insert_after("\n\n")
    for tag in soup(["td", "th"]):
        tag.insert_after(" ")
    return [p for p in map(line, re.split(r"\n\s*\n", soup.get_text())) if p]


def at(data: Any, paths: Iterable[str], *, kind: type | None = None) -> Any:
    """Return the first value of a dotted path that JSON holds, or None.

    It is not empty, or of the kind that is wanted, empty or not.
    """
    for path in paths:
        value = data
        for key in path.split(".") if path else []:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, kind) if kind else value not in (None, "", [], {}):
            return value
    return None
