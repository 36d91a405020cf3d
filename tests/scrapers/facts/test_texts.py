"""Short texts of ours and the figures in them, every slot of each."""

from pathlib import Path

import pytest
import yaml

from scrapers.documents import release_of
from scrapers.facts.figures import extract_figures

TEXTS = [
    case
    for path in sorted(Path(__file__).parent.glob("texts*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def told(figure):
    high = "" if figure.value_high is None else f"..{figure.value_high:.10g}"
    sides = f"{figure.ref_area}-{figure.counterpart_area}"
    slots = (figure.unit, figure.bound, figure.measure, figure.indicator, sides,
             str(figure.time_period), figure.status)  # fmt: skip
    return f"{figure.value:.10g}{high} {' '.join(slots)}"


@pytest.mark.parametrize("case", TEXTS, ids=[case["text"][:60] for case in TEXTS])
def test_figures_of_a_short_text(case):
    cyrillic = any("а" <= c <= "я" for c in case["text"].lower())
    fields = {"id": "t", "source": "test", "lang": "ru" if cyrillic else "en",
              "title": case["title"], "published": "2024-10-09", "text": case["text"]}  # fmt: skip
    assert [told(f) for f in extract_figures(release_of(fields))] == case["figures"]
