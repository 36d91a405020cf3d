"""Pages as text: which charset a body is in, and whether it arrived whole.

For the parsers: `page_text` is what they read; it raises BadPage rather than hand on garbage.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator

from scrapers.web.bodies import unpack
from scrapers.web.errors import BadPage
from scrapers.web.mojibake import mojibake
from warehouse.fields import Capture

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
IN_PAGE = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]+)|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]+)",
    re.I,
)
LATIN = {"ascii", "iso8859-1"}  # browsers read these labels as windows-1252, and so do we
NO_CHARSETS = {"utf-7", "idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined"}
USUAL = ("cp1251", "koi8-r", "cp866")
ROOT = re.compile(r"(?:<\?xml[^>]*>|<!--.*?-->|<!doctype[^>]*>|\s)*<([\w:-]+)", re.I | re.S)
CONTAINERS = ("div", "article", "main", "section", "ul", "table", "script")
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
# Without an end tag, or ended by the next of their kind:
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
NEVER_DEEP = VOID | {"p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "option", "param"}
DEEPEST = 1000
FEEDS = ("rss", "feed", "urlset", "sitemapindex", "rdf:rdf")


def page_text(capture: Capture, *, charset: str | None = None) -> str:
    """Return the text of a page, feed or interface answer: whole, and in the right charset.

    Raises BadPage where it is not; ``charset`` is what the source's YAML says, if it does.
    """
    text = decode(capture, charset=charset)
    if why := mojibake(text):
        raise BadPage(f"{capture.url}: wrong charset: {why}; give the right one in its YAML")
    if why := cut_off(text):
        raise BadPage(f"{capture.url}: cut off: {why}")
    if nested_too_deep(text):
        raise BadPage(f"{capture.url}: tags nested more than {DEEPEST} deep: no page for readers")
    return text


def decode(capture: Capture, *, charset: str | None = None) -> str:
    """Return a body as text, by the first charset that gives no garbage.

    A byte order mark decides, then the bytes themselves where they are UTF-8, whatever is said
    of them; then header, page, YAML and what the region uses. Where all fail, what comes first.
    """
    body = unpack(capture)
    for mark, name in BOMS.items():
        if body.startswith(mark):
            return body.decode(name, "replace")
    if 0 in body[:2]:  # markup begins with ASCII, which shows its width
        return body.decode("utf-16-be" if body[0] == 0 else "utf-16-le", "replace")
    if (text := utf8(body)) is not None:
        return text
    first = None
    for name in candidates(body, capture.content_type, charset):
        text = body.decode(name, "replace")
        if mojibake(text) is None:
            return text
        first = text if first is None else first
    return first or ""


def utf8(body: bytes) -> str | None:
    """Return bytes that are UTF-8 as text; a few broken characters among many do not count."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd") - body.count("\ufffd".encode())
    whole = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", body))
    return text if broken * 200 <= whole else None


def candidates(body: bytes, content_type: str | None, declared: str | None) -> Iterator[str]:
    in_header = IN_HEADER.search(content_type or "")
    in_page = IN_PAGE.search(body[:4096])
    named = [
        in_header and in_header[1],
        in_page and (in_page[1] or in_page[2]).decode("ascii"),
        declared,
    ]
    known = [codec(label) for label in named if label]
    yield from dict.fromkeys([name for name in known if name] + list(USUAL))


def codec(label: str) -> str | None:
    """Return Python's name of a charset, or None where it is none that a page may have."""
    try:
        info = codecs.lookup(label.strip())
        "".encode(info.name)  # refuses the codecs that are no charsets, such as hex
    except (LookupError, ValueError):
        return None
    if info.name in NO_CHARSETS:
        return None
    return "cp1252" if info.name in LATIN else info.name


def cut_off(text: str) -> str | None:
    """Return what shows that a page or feed ends before its end, or None.

    Closing tags that HTML lets authors omit prove nothing by their absence; open containers do.
    """
    root = ROOT.match(text[:4096])
    if root is None:
        return None
    name = root[1].lower()
    end = text[-4096:].lower()
    if name in FEEDS:
        return None if f"</{name}" in end or self_closed(text) else f"no </{name}> at its end"
    if name not in ("html", "head", "body") or "</html" in end or "</body" in end:
        return None
    if "<" in (last := end[end.rfind(">") + 1 :]):
        return f"ends within a tag, {last.strip()[-40:]!r}"
    lowered = text.lower()
    if "</html" in lowered or "</body" in lowered:
        return None
    still_open = [tag for tag in CONTAINERS if opened(lowered, tag) > lowered.count(f"</{tag}")]
    return f"ends with <{still_open[0]}> open and no </body>" if still_open else None


def nested_too_deep(text: str) -> bool:
    """Tell whether tags are nested so deep that parsers of HTML would take hours over them.

    Their time grows with the square of the depth; 5 MB of <div> took more than eight minutes.
    """
    tags = text.count("<")
    if tags <= DEEPEST or tags - text.count("</") <= DEEPEST:
        return False  # nearly all pages: not so many are opened at all
    depth: Counter[str] = Counter()
    for closes, name in TAG.findall(text):
        if (name := name.lower()) in NEVER_DEEP:
            continue
        depth[name] = max(0, depth[name] - 1) if closes else depth[name] + 1
        if depth[name] > DEEPEST:
            return True
    return False


def opened(lowered: str, tag: str) -> int:
    return len(re.findall(rf"<{tag}[\s>]", lowered))


def self_closed(text: str) -> bool:
    return text.rstrip().endswith("/>") and text.count("<") <= 2
