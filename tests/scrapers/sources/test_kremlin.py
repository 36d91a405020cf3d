"""The part of a page of kremlin.ru that is parsed, and its labels of speech."""

import pytest

from scrapers.sources.kremlin import LABEL, article_of, spaced

HEAD = "<html><head><title>Talks</title></head><body><nav>Menu</nav>"


def test_the_article_is_cut_out_with_the_head():
    page = f"{HEAD}<article><h1>Talks</h1><p>Trade has grown.</p></article><div>More</div>"
    assert article_of(page) == HEAD.partition("</head>")[0] + (
        "<article><h1>Talks</h1><p>Trade has grown.</p>"
    )


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>Trade has grown.</p></div>",
        "<article>One</article><article>Two</article>",
        "<article>It never ends",
        "</article>",
    ],
)
def test_a_page_without_one_article_is_left_whole(body):
    assert article_of(HEAD + body) == HEAD + body


@pytest.mark.parametrize(
    ("markup", "clean"),
    [
        ("<b>Minister:</b>Trade grew", "<b>Minister:</b> Trade grew"),
        ("<strong>Minister</strong>:Trade grew", "<strong>Minister</strong>: Trade grew"),
        ("<b>Minister: </b>Trade grew", "<b>Minister: </b> Trade grew"),
        ("<b>Minister:</b> Trade grew", "<b>Minister:</b> Trade grew"),
        ("the <b>new</b>ly built plant", "the <b>new</b>ly built plant"),
        ("<b>Minister:</b><br>Trade grew", "<b>Minister:</b><br>Trade grew"),
    ],
)
def test_a_label_has_a_space_behind_it(markup, clean):
    assert LABEL.sub(spaced, markup) == clean
