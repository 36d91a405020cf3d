"""An archived page made safe to open: no scripts, no outside resources, the passage marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

import lxml.html
from lxml import etree

from warehouse.fields import Capture, Release
from warehouse.trace import Evidence, sentence
from warehouse.trace import told as lines

# Structure only: whatever loads, runs, posts or is styled from outside is left out.
KEPT = re.compile(
    "p|h[1-6]|[uo]l|li|table|thead|tbody|tr|t[dh]|div|section|article|main|header|footer|dl|dt|dd"
    "|blockquote|pre|em|strong|[biu]|su[bp]|[bh]r|span|time|figure|figcaption"
)
DROPPED = re.compile(
    "script|style|noscript|template|iframe|object|embed|svg|math|form|head|title|select|textarea"
    "|button|audio|video|canvas"
)
VOID = frozenset(("br", "hr"))
STYLE = (
    "body{font:16px/1.5 serif;max-width:48em;margin:2em auto;padding:0 1em}mark{background:#fe6}"
    "table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2em .5em;text-align:left}"
    "code{font-size:80%;word-break:break-all}.bad{color:#b00;font-weight:bold}"
    "article{border-top:3px double #999;margin-top:2em}"
)


def evidence_page(evidence: Evidence) -> str:
    """Return an HTML page: the chain, the sentence, and the archived page with the passage."""
    figure = evidence.figure
    rows = "".join(
        f"<tr><th>{escape(check.name)}</th><td{'' if check.holds else ' class=bad'}>"
        f"<code>{escape(check.detail)}</code></td></tr>"
        for check in evidence.checks
    )
    return (
        '<!doctype html><html><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Fact {escape(figure.row_id)}</title><style>{STYLE}</style></head><body>"
        f"<h1>Fact {escape(figure.row_id)}</h1>{_told(evidence)}<table>{rows}</table>"
        f"{_archived(evidence)}</body></html>\n"
    )


def _told(evidence: Evidence) -> str:
    release, capture, figure = evidence.release, evidence.capture, evidence.figure
    told = f"<p>{escape(': '.join(lines(figure)))}</p>"
    if release is not None:
        before, quote, after = sentence(release.text, figure.start, figure.end)
        told += f"<blockquote>{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}"
        told += f"</blockquote><p>{escape(release.title)}, {release.published}, "
        told += f"<code>{escape(release.url)}</code></p>"
    if capture is not None:
        told += f"<p>Fetched {capture.fetched_at:%Y-%m-%d %H:%M:%S} UTC</p>"
    return told


def _archived(evidence: Evidence) -> str:
    release, figure = evidence.release, evidence.figure
    if release is None:
        return ""
    page = None if evidence.capture is None else _page(evidence, release)
    if page is None:
        start, end = figure.start, figure.end
        text = f"{escape(release.text[:start])}<mark>{escape(release.text[start:end])}</mark>"
        text += escape(release.text[end:])
        return f"<article><h2>The text as read</h2>{_paragraphs(text)}</article>"
    return f"<article><h2>The page as archived</h2>{page}</article>"


def _page(evidence: Evidence, release: Release) -> str | None:
    """Return the archived page, safe and marked; None where the passage is not found on it."""
    if not evidence.body or evidence.capture is None:
        return None
    if not _is_html(evidence.capture):
        return None
    pieces = list(_pieces(lxml.html.document_fromstring(evidence.body, parser=_parser(evidence))))
    figure = evidence.figure
    before = release.text[max(figure.start - 40, 0) : figure.start]
    return _marked(pieces, before, figure.quote)


def _is_html(capture: Capture) -> bool:
    return "json" not in (capture.content_type or "")


def _parser(evidence: Evidence) -> lxml.html.HTMLParser:
    kind = evidence.capture.content_type if evidence.capture else None
    named = re.search(r"charset=[\"']?([\w-]+)", kind or "")
    return lxml.html.HTMLParser(encoding=named[1] if named else None, no_network=True)


Piece = tuple[bool, str]  # is it text?, and the text or the tag


def _pieces(root: lxml.html.HtmlElement) -> Iterator[Piece]:
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:  # not by recursion: hostile pages nest thousands deep
        kept = isinstance(node.tag, str) and KEPT.fullmatch(node.tag) is not None
        if event == "start":
            if DROPPED.fullmatch(node.tag):
                walk.skip_subtree()
                continue
            if kept:
                yield False, f"<{node.tag}>"
            if node.text:
                yield True, node.text
        else:
            if event == "end" and kept and node.tag not in VOID:
                yield False, f"</{node.tag}>"
            if node.tail:
                yield True, node.tail


def _marked(pieces: list[Piece], before: str, quote: str) -> str | None:
    text = "".join(piece for is_text, piece in pieces if is_text)
    span = _find(text, before, quote)
    if span is None:
        return None
    made, at = [], 0
    for is_text, piece in pieces:
        if not is_text:
            made.append(piece)
            continue
        low, high = (min(max(edge - at, 0), len(piece)) for edge in span)
        marked = f"<mark>{escape(piece[low:high])}</mark>" if low < high else ""
        made.append(escape(piece[:low]) + marked + escape(piece[high:]))
        at += len(piece)
    return "".join(made)


def _find(text: str, before: str, quote: str) -> tuple[int, int] | None:
    """Return where the quote stands: after the same words if it can be, else where first met."""
    told = _loosely(quote)
    for pattern in (f"{_loosely(before)}\\s*(?P<quote>{told})", f"(?P<quote>{told})"):
        if found := re.search(pattern, text):
            return found.span("quote")
    return None


def _loosely(passage: str) -> str:
    """Return a pattern for a passage in which white space, quotes and dashes may differ."""
    words = [re.escape(word) for word in passage.split()]
    loose = [re.sub(r"\\?[\"'“”„«»’‘]", "[\"'“”„«»’‘]", word) for word in words]
    return r"\s+".join(re.sub(r"\\?[-–—]", "[-–—]", word) for word in loose)


def _paragraphs(marked: str) -> str:
    return "".join(f"<p>{part}</p>" for part in marked.split("\n\n"))
