"""Releases of ours with each figure marked: what it measures, and between whom.

`marked.txt`: a line "# title | source | day | sides", then paragraphs with marks
``{quote|indicator}``, ``{quote|indicator|ref_area|counterpart_area}`` where the sides differ from
the headline's ("-" is none; "a/b" are both right), and ``{~quote}`` for what may be found or not.
Whatever is found outside of a mark is an error.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from scrapers.documents import release_of
from scrapers.facts.figures import extract_figures

MARK = re.compile(r"\{([^{}]*)\}")
TEXT = Path(__file__).with_name("marked.txt").read_text(encoding="utf-8")
RELEASES = [part.strip() for part in re.split(r"^# ", TEXT, flags=re.MULTILINE)[1:]]


def read(marked):
    """Return a release's fields, and its marks as (start, end, indicators, sides)."""
    head, body = marked.split("\n", 1)
    title, source, day, sides = (part.strip() for part in head.split("|"))
    text, marks, at = "", [], 0
    for match in MARK.finditer(body):
        text += body[at : match.start()]
        at = match.end()
        quote, *told = match[1].split("|")
        start, text = len(text), text + quote.lstrip("~")
        kinds = told[0].split("/") if told else None
        marks.append((start, len(text), kinds, " ".join(told[1:]) or sides))
    text += body[at:]
    language = "ru" if re.search("[а-я]", text) else "en"
    date.fromisoformat(day)
    return {"id": "m", "source": source, "lang": language, "title": title,
            "published": day, "text": text}, marks  # fmt: skip


@pytest.mark.parametrize("marked", RELEASES, ids=[r.split("|")[0].strip() for r in RELEASES])
def test_marked_figures_are_found(marked):
    fields, marks = read(marked)
    wrong, met = [], set()
    for figure in extract_figures(release_of(fields)):
        mark = next((m for m in marks if figure.start < m[1] and m[0] < figure.end), None)
        sides = f"{figure.ref_area} {figure.counterpart_area or '-'}"
        met.add(mark and mark[0])
        if mark is None:
            wrong.append(f"no figure: {figure.quote}")
        elif mark[2] and (figure.indicator not in mark[2] or sides != mark[3]):
            wrong.append(f"{figure.quote}: {figure.indicator} {sides}, not {mark[2]} {mark[3]}")
    missed = [fields["text"][m[0] : m[1]] for m in marks if m[2] and m[0] not in met]
    assert not wrong + missed
