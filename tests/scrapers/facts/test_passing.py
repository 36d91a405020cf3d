"""Long texts of another matter: only what is told of our states is theirs."""

import pytest

from scrapers.documents import release_of
from scrapers.facts.figures import extract_figures

LONG = "The army received {} new vehicles in 2023. Pensions rose by {} percent last year. "
TOLD = "Trade with Kazakhstan came to $28 billion in 2023. That is {} percent more. "


def quotes(title, text, source="kremlin"):
    fields = {"id": "t", "source": source, "lang": "en", "title": title,
              "published": "2024-10-09", "text": text}  # fmt: skip
    return [figure.quote for figure in extract_figures(release_of(fields))]


def test_only_what_stands_beside_our_states_is_kept():
    text = "".join(LONG.format(n, n + 3) for n in range(4, 24)) + TOLD.format(5)
    text += "".join(LONG.format(n, n + 3) for n in range(30, 50))
    assert quotes("Annual news conference", text)[:2] == ["$28 billion", "5 percent"]
    assert len(quotes("Annual news conference", text)) <= 4  # two sentences are still beside them


@pytest.mark.parametrize("title", ["Annual news conference", "Meeting of the Government"])
def test_a_short_text_or_one_of_a_state_is_read_whole(title):
    assert quotes(title, TOLD.format(5) + "Exports grew by 7 percent.")[-1] == "7 percent"
    text = "".join(f"Exports grew by {n} percent in 2023. " for n in range(2, 42))
    assert len(quotes("Talks with President of Kazakhstan", text)) == 40
