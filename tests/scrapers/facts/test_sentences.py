"""A sentence with one event, document or initiative; the sentences stand in sentences.yml."""

from pathlib import Path

import pytest
import yaml

from tests.scrapers.facts.other_samples import facts, only

TOLD = yaml.safe_load(Path(__file__).with_name("sentences.yml").read_text(encoding="utf-8"))


def is_russian(text):
    return any("а" <= letter <= "я" for letter in text.lower())


@pytest.mark.parametrize(("text", "type", "date", "place", "status"), TOLD["events"])
def test_an_event_in_a_sentence(text, type, date, place, status):
    title = "Новости" if is_russian(text) else "News"
    found = facts("event", text, title=title, source="qazinform")
    told = [(e["type"], e["date"], e["place"], e["status"]) for e in found]
    assert (type, date, place, status) in told
    assert all(e["areas"] == ["KZ", "RU"] for e in found if e["type"] != "summit")


@pytest.mark.parametrize(("text", "type", "action", "date"), TOLD["documents"])
def test_a_document_in_a_sentence(text, type, action, date):
    title = "Встреча с Россией" if is_russian(text) else "Meeting with Russia"
    told = only("agreement", text, title=title)
    assert (told["type"], told["action"], told["date"]) == (type, action, date)
    assert told["areas"] == ["RU", "UZ"]


@pytest.mark.parametrize(("text", "name", "proposer", "domain", "status"), TOLD["initiatives"])
def test_an_initiative_in_a_sentence(text, name, proposer, domain, status):
    told = only("initiative", text, title="Встреча" if is_russian(text) else "Meeting")
    assert told["quote"] == name
    assert (told["proposer"], told["domain"], told["status"]) == (proposer, domain, status)
