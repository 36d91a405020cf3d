"""What holds of any text: nothing is raised, quotes stand in it, slots keep to their codes."""

import json
import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.facts.other import extract_facts
from tests.scrapers.facts.other_samples import release
from warehouse.fields import columns

PIECES = [
    "The second Central Asia – Russia summit", "took place", "in Dushanbe", "on 31 February",
    "on October 9", "(", ")", "«", "»", "“", ", and", ".", ":", ";", "\n\n", "—", "'s", "of", "to",
    "Vladimir Putin", "proposed", "creating", "a joint fund", "signed", "a memorandum on",
    "2025–2027", "на 2025–2027 годы", "Президент Узбекистана", "предложил создать", "центр",
    "подписали", "соглашение", "в Ташкенте", "встретился с", "пройдёт", "XXI", "II", "№ 5", "one",
    "the next one", "President of Russia Vladimir Putin:", "your initiative", "on Friday",
    "China", "", "the", "it was proposed to", "is being built", "-", "5/117", "с", "и", "накануне",
    "The paper was signed",
]  # fmt: skip
PERIOD = re.compile(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?")
texts = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
)


@settings(max_examples=250, deadline=None)
@given(texts, texts, st.one_of(st.just(date.min), st.just(date.max), st.dates()))
def test_any_text_is_read(text, title, published):
    found = extract_facts(release(text, title=title, published=published))
    for fact in found.all():
        assert fact.quote == text[fact.start : fact.end] and fact.quote.strip()
        json.loads(fact.rules)
        for c in columns(type(fact)):
            value = getattr(fact, c.name)
            assert c.codes is None or value is None or value in c.codes, c.name
        for name in ("date", "period"):
            value = getattr(fact, name, None)
            assert value is None or PERIOD.fullmatch(value), value
    ids = [fact.row_id for fact in found.all()]
    assert len(ids) == len(set(ids))


@settings(max_examples=30, deadline=None)
@given(texts)
def test_reading_twice_reads_the_same(text):
    assert extract_facts(release(text)) == extract_facts(release(text))
