import fcntl
import json
import shutil
import sqlite3
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest
from click.testing import CliRunner

from expectations import checkpoint
from expectations.corrections import Correction
from expectations.findings import fold
from expectations.withdrawn import held_events
from flows import reextract, rereading
from flows.cli import cli
from flows.settings import Settings
from scrapers.documents import read_documents
from scrapers.facts.figures import extract_figures
from scrapers.web.errors import BadPage
from tests.warehouse.samples import capture, event, figure, night, release
from warehouse.fields import EVENT_TYPES, Event, content_id, text_sha256
from warehouse.index import Index
from warehouse.tables import Warehouse


class Newspaper:
    """A source whose page is its text; ``broken`` addresses cannot be read any more."""

    def __init__(self, *, change=lambda text: text, broken=(), **fields):
        self.change, self.broken, self.fields = change, broken, fields

    def parse(self, page):
        if page.url in self.broken:
            raise BadPage(f"{page.url}: no text")
        import zstandard

        text = self.change(zstandard.decompress(page.body).decode())
        digest = text_sha256("Talks", text)
        made = release(url=page.url, text=text, title="Talks", text_sha256=digest)
        made = replace(made, release_id=content_id(page.url, digest), capture_id=page.capture_id)
        return replace(made, **self.fields)


def one_figure(value=3.8e9, **slots):
    """An extractor that reads one figure a release."""

    def extract(of):
        return [figure(of, value=value, **slots)] if "$3.8 billion" in of.text else []

    return extract


BODIES = {
    "http://kremlin.example/a": b"Trade reached $3.8 billion last year.",
    "http://kremlin.example/b": b"Both praised the $3.8 billion of trade.",
}


@pytest.fixture
def use(monkeypatch):
    def use(paper, extract):
        monkeypatch.setattr(rereading, "sources", lambda: {"kremlin": paper})
        monkeypatch.setattr(rereading, "extract_figures", extract)

    use(Newspaper(), one_figure())
    return use


@pytest.fixture
def warehouse(tmp_path, use):
    made = Warehouse(tmp_path / "warehouse")
    for url, body in BODIES.items():
        page = capture(url=url, body=body)
        of = Newspaper().parse(page)
        for rows in ([page], one_figure()(of), [of]):
            made.append(rows, recorded_at=night(0))
    return made


def again(warehouse, folder, *, at=None):
    at = at or night(1)
    made = reextract.plan(
        warehouse, str(warehouse.root), folder, spread=rereading.over_processes(1), at=at
    )
    reextract.commit(made, warehouse, folder, at=at)
    return made


def standing(warehouse, table="figures"):
    return warehouse.scan(table).collect()


def kinds(made):
    return sorted((c.table, c.kind) for c in made.changes)


def test_the_same_code_changes_nothing(warehouse, tmp_path):
    before = sorted(p.name for p in warehouse.root.rglob("*.parquet"))
    assert again(warehouse, tmp_path / "work").empty
    assert before == sorted(p.name for p in warehouse.root.rglob("*.parquet"))


def test_a_figure_read_otherwise_replaces_the_old_reading(warehouse, tmp_path, use):
    old = standing(warehouse)
    use(Newspaper(), one_figure(indicator="trade.exports", extractor_version="2"))
    made = again(warehouse, tmp_path / "work")
    assert kinds(made) == [("figures", "changed")] * 2
    now = standing(warehouse)
    assert set(now["indicator"]) == {"trade.exports"}
    assert not set(now["figure_id"]) & set(old["figure_id"])
    everything = warehouse.scan("figures", retired=True).collect()
    assert everything.height == 4
    retired = warehouse.scan("retirements").collect()
    assert set(retired["replaced_by"]) == set(now["figure_id"])
    assert set(retired["extractor_version"]) == {"2"}
    assert standing(warehouse).equals(standing(warehouse))
    assert (
        warehouse.scan("figures", as_of=night(0)).collect()["indicator"].to_list()
        == ["trade.turnover"] * 2
    )


def test_the_old_code_brings_the_old_reading_back(warehouse, tmp_path, use):
    first = set(standing(warehouse)["figure_id"])
    use(Newspaper(), one_figure(indicator="trade.exports"))
    again(warehouse, tmp_path / "work", at=night(1))
    use(Newspaper(), one_figure())
    again(warehouse, tmp_path / "work", at=night(2))
    assert set(standing(warehouse)["figure_id"]) == first
    assert warehouse.scan("figures", retired=True).collect().height == 4


def test_a_newer_version_that_reads_the_same_changes_nothing(warehouse, tmp_path, use):
    use(Newspaper(parser_version="2"), one_figure(extractor_version="2", rules='{"a": 1}'))
    assert again(warehouse, tmp_path / "work").empty


def test_figures_are_gained_and_lost(warehouse, tmp_path, use):
    use(Newspaper(), lambda of: [])
    assert kinds(again(warehouse, tmp_path / "work")) == [("figures", "lost")] * 2
    assert standing(warehouse).is_empty()
    use(Newspaper(), one_figure())
    assert kinds(again(warehouse, tmp_path / "work", at=night(2))) == [("figures", "gained")] * 2


def test_a_better_text_is_a_new_release_version_and_retires_the_old(warehouse, tmp_path, use):
    use(Newspaper(change=lambda text: text + " They parted."), one_figure())
    made = again(warehouse, tmp_path / "work")
    assert kinds(made) == [("figures", "changed")] * 2 + [("releases", "changed")] * 2
    assert all("parted" in text for text in standing(warehouse, "releases")["text"])
    assert set(standing(warehouse)["release_id"]) == set(
        standing(warehouse, "releases")["release_id"]
    )


def test_a_mended_date_under_the_same_text_is_a_new_version_too(warehouse, tmp_path, use):
    day = date(2026, 11, 19)
    use(Newspaper(published=day), one_figure())
    made = again(warehouse, tmp_path / "work")
    assert set(standing(warehouse, "releases")["published"]) == {day}
    assert set(standing(warehouse)["published"]) == {day}
    assert standing(warehouse).height == 2 and len(made.rows["retirements"]) == 4
    assert again(warehouse, tmp_path / "work", at=night(2)).empty


def test_a_page_that_cannot_be_read_any_more_keeps_its_text(warehouse, tmp_path, use):
    [broken, _] = BODIES
    use(Newspaper(broken=[broken]), one_figure(indicator="trade.exports"))
    made = again(warehouse, tmp_path / "work")
    assert [page["url"] for page in made.unread] == [broken]
    assert standing(warehouse, "releases").height == 2
    assert set(standing(warehouse)["indicator"]) == {"trade.exports"}


def test_a_release_without_a_capture_is_read_from_its_text(tmp_path, use):
    warehouse = Warehouse(tmp_path / "warehouse")
    of = release("doc")
    warehouse.append([of], recorded_at=night(0))
    again(warehouse, tmp_path / "work")
    assert standing(warehouse)["release_id"].to_list() == [of.release_id]


def test_a_finding_that_lost_a_side_is_resolved(warehouse, tmp_path, use):
    ids = sorted(standing(warehouse)["figure_id"])
    told = event(figure_ids=ids[:1], against_ids=ids[1:])
    warehouse.append([told], recorded_at=night(0))
    use(Newspaper(), lambda of: [])
    again(warehouse, tmp_path / "work")
    last = warehouse.scan("findings").sort("at").collect().to_dicts()[-1]
    assert (last["event"], last["actor"]) == ("resolved", "reextract")
    assert again(warehouse, tmp_path / "work", at=night(2)).empty
    use(Newspaper(), one_figure())
    again(warehouse, tmp_path / "work", at=night(3))
    last = warehouse.scan("findings").sort("at").collect().to_dicts()[-1]
    assert (last["event"], last["actor"]) == ("reopened", "reextract")
    use(Newspaper(), lambda of: [])
    again(warehouse, tmp_path / "work", at=night(4))
    told = warehouse.scan("findings").sort("at").collect()["event"].to_list()
    assert told == ["opened", "resolved", "reopened", "resolved"]


def test_what_a_person_resolved_stays_so_when_its_figures_come_back(warehouse, tmp_path, use):
    ids = sorted(standing(warehouse)["figure_id"])
    told = event(figure_ids=ids[:1], against_ids=ids[1:])
    settled = replace(told, event_id="e2", event="resolved", actor="editor", at=night(0))
    warehouse.append([told, settled], recorded_at=night(0))
    for n, extract in enumerate((lambda of: [], one_figure()), 1):
        use(Newspaper(), extract)
        again(warehouse, tmp_path / "work", at=night(n))
    assert warehouse.scan("findings").collect().height == 2


def test_a_correction_reaches_what_is_held_already(warehouse, tmp_path, monkeypatch):
    kept, dropped = sorted(standing(warehouse)["figure_id"])
    held = standing(warehouse).filter(pl.col("figure_id") == dropped).to_dicts()[0]
    told = Correction(
        url=held["url"], quote=held["quote"], action="drop", reason="a slogan", by="kb"
    )
    monkeypatch.setattr(reextract, "load_corrections", lambda: [told])
    again(warehouse, tmp_path / "work")
    assert standing(warehouse)["figure_id"].to_list() == [kept]
    assert "a slogan" in warehouse.scan("quarantine").collect()["reason"][0]
    assert again(warehouse, tmp_path / "work", at=night(2)).empty
    monkeypatch.setattr(reextract, "load_corrections", list)
    again(warehouse, tmp_path / "work", at=night(3))
    assert sorted(standing(warehouse)["figure_id"]) == [kept, dropped]


def test_other_facts_are_read_anew_too(warehouse, tmp_path, use, monkeypatch):
    def summit(kind):
        def extract(of):
            told = Event(
                event_id=content_id(of.release_id, 0), release_id=of.release_id, source=of.source,
                url=of.url, language=of.language, published=of.published, type=kind,
                areas=["RU", "TJ"], status="held", quote=of.text[:5], start=0, end=5, rules="{}",
                extractor_version="1",
            )  # fmt: skip
            return SimpleNamespace(events=[told], agreements=[], initiatives=[])

        return extract

    kinds_of = iter(EVENT_TYPES)
    first, second = next(kinds_of), next(kinds_of)
    monkeypatch.setattr(rereading, "extract_facts", summit(first))
    assert kinds(again(warehouse, tmp_path / "work")) == [("events", "gained")] * 2
    monkeypatch.setattr(rereading, "extract_facts", summit(second))
    made = again(warehouse, tmp_path / "work", at=night(2))
    assert kinds(made) == [("events", "changed")] * 2
    assert set(standing(warehouse, "events")["type"]) == {second}


def test_nonsense_is_held_back_as_at_night(warehouse, tmp_path, use):
    use(Newspaper(), one_figure(ref_area="XX"))
    made = again(warehouse, tmp_path / "work")
    assert len(made.rows["quarantine"]) == 2
    assert standing(warehouse).is_empty()


def content(root):
    return {p.relative_to(root): p.read_bytes() for p in sorted(root.rglob("*.parquet"))}


def test_run_on_two_copies_it_writes_the_same_bytes(warehouse, tmp_path, use):
    use(Newspaper(), one_figure(indicator="trade.exports"))
    for copy in "ab":
        shutil.copytree(warehouse.root, tmp_path / copy)
        again(Warehouse(tmp_path / copy), tmp_path / f"work-{copy}")
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert content(tmp_path / "a") != content(warehouse.root)


@pytest.mark.parametrize("killed_after", range(6))
def test_a_commit_killed_anywhere_is_finished_with_its_own_rows_and_time(
    warehouse, tmp_path, use, monkeypatch, killed_after
):
    use(Newspaper(change=lambda text: text + " They parted."), one_figure())
    shutil.copytree(warehouse.root, tmp_path / "whole")
    again(Warehouse(tmp_path / "whole"), tmp_path / "work-whole")
    real, calls = Warehouse.append, []

    def dying(self, rows, *, recorded_at):
        if len(calls) == killed_after:
            raise KeyboardInterrupt
        calls.append(1)
        return real(self, rows, recorded_at=recorded_at)

    monkeypatch.setattr(Warehouse, "append", dying)
    try:
        again(warehouse, tmp_path / "work")
    except KeyboardInterrupt:
        monkeypatch.setattr(Warehouse, "append", real)
        assert reextract.finish(warehouse, tmp_path / "work")
    assert content(warehouse.root) == content(tmp_path / "whole")
    assert not reextract.finish(warehouse, tmp_path / "work")


def test_an_interrupted_reading_goes_on_where_it_was(warehouse, tmp_path, use, monkeypatch):
    monkeypatch.setattr(rereading, "PAGES", 1)
    real, read = rereading.read_chunk, []

    def dying(job):
        if len(read) == 1:
            raise KeyboardInterrupt
        read.append(job)
        real(job)

    monkeypatch.setattr(rereading, "read_chunk", dying)
    with pytest.raises(KeyboardInterrupt):
        again(warehouse, tmp_path / "work")
    monkeypatch.setattr(rereading, "read_chunk", lambda job: (read.append(job), real(job)))
    assert again(warehouse, tmp_path / "work").empty
    assert len(read) == len({job[1] for job in read}) == 4


@pytest.mark.parametrize(("action", "fields"), [("drop", {}), ("correct", {"set": {"value": 9e9}})])
@pytest.mark.parametrize("indexed", [True, False])
def test_what_curation_settled_stays_so_when_its_figure_is_retired(
    warehouse, tmp_path, use, monkeypatch, action, fields, indexed
):
    def no_index(*args):
        raise sqlite3.OperationalError

    if not indexed:
        monkeypatch.setattr(Index, "known", no_index)
    kept, wrong = sorted(standing(warehouse)["figure_id"])
    opening = event(figure_ids=[kept], against_ids=[wrong])
    warehouse.append([opening], recorded_at=night(0))
    held = standing(warehouse).filter(pl.col("figure_id") == wrong).to_dicts()[0]
    place = {"url": held["url"], "quote": held["quote"]}
    entries = [Correction(**place, action=action, reason="a slogan", by="kb", **fields)]
    for module in (reextract, checkpoint):
        monkeypatch.setattr(module, "load_corrections", lambda: entries)

    def nightly(n):
        outcome = checkpoint.check([], [], warehouse, run_id=f"r{n}", at=night(n))
        warehouse.append(outcome.findings, recorded_at=night(n))
        return [told.event for told in outcome.findings]

    assert nightly(1) == ["resolved"]
    again(warehouse, tmp_path / "work", at=night(2))
    assert wrong not in set(standing(warehouse)["figure_id"])
    assert nightly(3) == nightly(4) == []
    again(warehouse, tmp_path / "work", at=night(5))
    [finding] = fold(held_events(warehouse)).values()
    assert [told.event for told in finding.events] == ["opened", "resolved"]
    entries.clear()  # as long as the figure is not read again, nothing stands there
    assert nightly(6) == []
    again(warehouse, tmp_path / "work", at=night(7))
    assert wrong in set(standing(warehouse)["figure_id"])
    assert nightly(8) == ["reopened"]
    assert nightly(9) == []


def test_what_a_night_appends_during_the_reading_stands(warehouse, tmp_path, use):
    came, read = [], rereading.over_processes(1)

    def spread(jobs):
        yield from read(jobs)
        if not came:
            page = capture(url="http://kremlin.example/c", body=b"Trade made $3.8 billion in 2020.")
            came.append(Newspaper().parse(page))
            for rows in ([page], one_figure()(came[0]), came):
                Warehouse(warehouse.root).append(rows, recorded_at=night(1))

    plans = []
    made = reextract.read_anew(
        warehouse, Settings(home=tmp_path), spread=spread, tell=print, show=plans.append
    )
    assert plans == [made]
    assert came
    assert made.empty
    assert standing(warehouse).height == standing(warehouse, "releases").height == 3
    assert pl.read_parquet(tmp_path / "published" / "figures.parquet").height == 3


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_plan_is_made_and_committed_under_one_hold_of_the_lock(
    warehouse, tmp_path, use, monkeypatch, dry_run
):
    use(Newspaper(), one_figure(indicator="trade.exports"))
    real, held = reextract.plan, []

    def seen(told):
        with (warehouse.root / ".lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.append((told, True))
            else:
                held.append((told, False))

    def planned(*args, **options):
        seen("plan")
        return real(*args, **options)

    monkeypatch.setattr(reextract, "plan", planned)
    reextract.read_anew(
        warehouse,
        Settings(home=tmp_path),
        spread=rereading.over_processes(1),
        tell=print,
        show=lambda made: seen("show"),
        dry_run=dry_run,
    )
    assert held == [("plan", not dry_run), ("show", not dry_run)]
    assert set(standing(warehouse)["indicator"]) == {
        "trade.turnover" if dry_run else "trade.exports"
    }


def test_two_processes_read_as_one_does(tmp_path):
    told = "In 2023, trade between Russia and Tajikistan reached ${}.5 billion."
    common = {"source": "kremlin", "lang": "en", "title": "Trade", "published": "2024-05-01"}
    documents = [{"id": f"d{n}", "text": told.format(n), **common} for n in range(1, 6)]
    path = tmp_path / "d.jsonl"
    path.write_text("\n".join(map(json.dumps, documents)))
    releases = [document.release for document in read_documents(path)]
    expected = {f.figure_id for r in releases for f in extract_figures(r)}
    warehouse = Warehouse(tmp_path / "warehouse")
    for release_ in releases:
        warehouse.append([release_], recorded_at=night(0))
    home = ["--home", str(tmp_path), "reextract"]
    dry = CliRunner().invoke(cli, [*home, "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert "trade.turnover" in dry.output
    assert standing(warehouse).is_empty()
    done = CliRunner().invoke(cli, home)
    assert done.exit_code == 0, done.output
    assert set(standing(warehouse)["figure_id"]) == expected != set()
    assert "nothing changed" in CliRunner().invoke(cli, home).output
    published = pl.read_parquet(tmp_path / "published" / "figures.parquet")
    assert set(published["figure_id"]) == expected
