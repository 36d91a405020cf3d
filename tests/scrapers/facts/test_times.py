"""Short texts of ours: the period and the status of each of their figures."""

from pathlib import Path

import pytest
import yaml

from scrapers.documents import release_of
from scrapers.facts.figures import extract_figures

TIMES = yaml.safe_load(Path(__file__).with_name("times.yml").read_text(encoding="utf-8"))


def figures_of(case):
    cyrillic = any("а" <= c <= "я" for c in case["text"].lower())
    stamp = case["published"] and str(case["published"])
    fields = {"id": "t", "source": "test", "lang": "ru" if cyrillic else "en", "url": None,
              "title": case.get("title", ""), "published": stamp, "text": case["text"]}  # fmt: skip
    return extract_figures(release_of(fields))


def allowed(told):
    """Return the pairs that "2024|None actual|planned" or a list of such stands for."""
    for one in told if isinstance(told, list) else [told]:
        periods, statuses = one.split()
        for period in periods.split("|"):
            for status in statuses.split("|"):
                yield period, status


@pytest.mark.parametrize("case", TIMES, ids=[case["text"][:60] for case in TIMES])
def test_when_each_figure_was(case):
    figures = figures_of(case)
    for quote, told in case["told"].items():
        [figure] = [f for f in figures if quote in f.quote]
        assert (str(figure.time_period), figure.status) in set(allowed(told)), quote
