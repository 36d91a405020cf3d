"""The text of a page of which no container is known: trafilatura, then the largest cluster of
paragraphs by bs4. A release that came this way says so (its parser is ``generic``).
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from scrapers.sources.markup import undeclared
from scrapers.text.normalise import line

NOISE = ["script", "style", "nav", "header", "footer", "aside", "form", "noscript"]


def main_text(html: str) -> list[str]:
    """Return the paragraphs of a page's main text, or none."""
    from trafilatura import extract  # it takes 0.3 s to import, and few pages need it

    text = extract(html, include_comments=False, include_tables=True, favor_recall=True)
    found = [line(p) for p in (text or "").split("\n")]
    return [p for p in found if p] or largest_cluster(html)


def largest_cluster(html: str) -> list[str]:
    """Return the paragraphs of the element that holds most of the text in its own ``p``."""
    if "<" not in html:  # bs4 warns of what may be an address or the name of a file
        return []
    soup = BeautifulSoup(undeclared(html), "lxml")
    for tag in soup(NOISE):
        tag.decompose()
    weights: dict[int, tuple[int, Tag]] = {}
    for p in soup("p"):
        parent = p.parent
        if isinstance(parent, Tag):
            weight = weights.get(id(parent), (0, parent))[0]
            weights[id(parent)] = (weight + len(line(p.get_text())), parent)
    if not weights:
        return []
    best = max(weights.values(), key=lambda item: item[0])[1]
    return [p for p in (line(t.get_text()) for t in best.find_all("p", recursive=False)) if p]
