"""The report as files: safe, linked, accessible by its markup, the same twice, swapped whole."""

import itertools
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from flows.commands.report import command
from flows.report import write_report
from flows.settings import Settings
from tests.flows.report_sample import RUSSIAN, SCRIPT, settled
from warehouse.errors import Misplaced, NotHeld
from warehouse.place import files
from warehouse.publish import publish
from warehouse.tables import Warehouse

STYLE = Path(write_report.__code__.co_filename).parent / "templates" / "style.css"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    warehouse, settings = settled(tmp_path_factory.mktemp("home"))
    write_report(warehouse, settings)
    return settings.report


@pytest.fixture(scope="module")
def pages(site):
    files = sorted(p for p in site.resolve().rglob("*.html"))
    root = site.resolve()
    return {
        str(p.relative_to(root)): BeautifulSoup(p.read_text("utf-8"), "html.parser") for p in files
    }


def words(page):
    return " ".join(page.get_text(" ").split())


def test_there_is_a_page_for_each_thing_a_reader_looks_for(pages):
    folders = {name.split("/")[0] for name in pages}
    assert folders >= {"index.html", "findings", "series", "health.html", "sources", "releases"}
    assert folders >= {"figures", "about.html"}


def test_tonight_says_what_is_new_what_was_fetched_and_what_failed(pages):
    said = words(pages["index.html"])
    assert "Tonight 21 November 2026" in said
    assert "3 new releases" in said
    assert "1 /3 sources well" in said
    assert "President of Uzbekistan : unreachable" in said
    assert "no answer <script>alert(1)</script>" in said


def test_a_finding_shows_both_quotes_in_their_sentences_marked_with_address_and_date(pages):
    page = next(p for p in pages.values() if p.h1 and "Tajikistan–Russia: trade" in p.h1.text)
    first, second = page.select(".side")
    assert words(first.select_one("blockquote")) == "Trade reached $3.8 billion last year."
    assert first.mark.text == "$3.8 billion"
    assert second.mark.text == "5 млрд долларов"
    assert second.blockquote["lang"] == "ru"
    assert [s.time["datetime"] for s in (first, second)] == ["2026-11-20", "2026-11-20"]
    assert first.find("a", string=re.compile("^http://kremlin.example/r1"))
    assert "31% apart" in words(page)


def test_the_intervals_of_both_sides_are_drawn_to_scale_and_told(pages):
    drawing = pages["findings/f1.html"].select_one("svg.drawing")
    assert "kremlin: $3.75 billion to $3.85 billion" in drawing["aria-label"]
    a, b = (drawing.select_one(f".bar.{side} .reach") for side in "ab")
    left = {s: float(r["x"].rstrip("%")) for s, r in (("a", a), ("b", b))}
    width = float(a["width"].rstrip("%"))
    assert width == pytest.approx(float(b["width"].rstrip("%")), abs=0.02)
    assert (left["b"] - left["a"]) / width == pytest.approx((4.95 - 3.75) / 0.1, rel=0.01)
    gap = drawing.select_one(".gap")
    assert float(gap["x"].rstrip("%")) == pytest.approx(left["a"] + width, abs=0.02)


def test_a_series_has_each_statement_as_a_mark_that_links_to_its_trace(pages):
    page = pages["series/TJ-trade.turnover.html"]
    plots = page.select(".field")
    assert [len(plot.find_all("a")) for plot in plots] == [
        3,
        1,
    ]  # two of 2025, one undated; the scoped one has a plot of its own
    assert all("#f-" in mark["href"] for mark in page.select(".field a"))
    assert "disputed" in words(page.select_one("table"))
    told = [title.text for title in page.select("title")]
    assert any("kremlin, 2025: “$3.8 billion”" in t for t in told)


def test_a_trace_page_leads_from_the_figure_to_the_bytes(pages):
    page = next(p for p in pages.values() if p.h1 and p.h1.text == "Talks in Dushanbe")
    figure = page.select_one("article.figure")
    assert figure["id"].startswith("f-")
    assert figure.mark.text == "$3.8 billion"
    said = words(page)
    assert "ALTERED: its SHA-256 does not hold" in said  # the sample's hash is not of its text
    assert "✓ each stands in the text to the letter" in said
    assert re.search(r"Its bytes SHA-256 [0-9a-f]{64}", said)


def test_events_are_listed_and_lead_to_their_release(pages):
    page = pages["events/index.html"]
    assert "The presidents met" in words(page)
    assert page.select("tbody a[href*='/2026-11/']")
    assert "agreements/index.html" not in pages  # nothing to list, so no page and no way to it
    assert [a.text for a in pages["index.html"].select("nav a")].count("Events") == 1


def test_health_is_told_in_words_beside_colour(pages):
    strip = pages["health.html"].select("table.strips tbody tr")
    assert len(strip) == 3
    for cell in pages["health.html"].select("td.good, td.bad, td.warn, td.calm, td.none"):
        assert cell.select_one(".vh").text.strip()
    month = pages["sources/president.uz.html"].select_one("table.month")
    assert month.caption.text == "November 2026"
    assert "unreachable" in month.text


def test_hostile_text_is_text(pages, site):
    for name, page in pages.items():
        assert not page.find_all(["script", "iframe", "object", "embed", "form", "base"]), name
        assert not page.find_all("img"), name
        assert not page.select("b > b, q b"), name
        for tag in page.find_all(True):
            assert not [a for a in tag.attrs if a.startswith("on") or a == "style"], (name, tag)
    assert any(SCRIPT in page.title.text for page in pages.values())
    assert any(SCRIPT in h.text for page in pages.values() for h in page.find_all("h1"))
    assert not list(site.resolve().parent.parent.glob("evil*"))


def test_only_web_addresses_become_links(pages):
    for name, page in pages.items():
        for link in page.find_all("a"):
            assert urlsplit(link["href"]).scheme in ("", "http", "https"), (name, link)
    assert any("javascript:alert(1)" in page.text for page in pages.values())


def test_nothing_is_asked_of_another_host(pages):
    for name, page in pages.items():
        policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
        assert policy.startswith("default-src 'none'; style-src 'self';"), name
        assert "unsafe" not in policy
        loaded = [t.get("src") for t in page.find_all(src=True)]
        loaded += [t["href"] for t in page.find_all("link")]
        assert all(not urlsplit(at).scheme and not at.startswith("//") for at in loaded), name
    style = STYLE.read_text("utf-8")
    assert "url(" not in style
    assert "@import" not in style


def test_every_link_within_the_site_leads_somewhere(pages, site):
    root = site.resolve()
    ids = {name: {t["id"] for t in page.find_all(id=True)} for name, page in pages.items()}
    for name, page in pages.items():
        for tag in page.find_all(href=True):
            parts = urlsplit(tag["href"])
            if parts.scheme:
                continue
            at = (root / name).parent / unquote(parts.path) if parts.path else root / name
            to = at.resolve()
            assert to.is_file(), (name, tag["href"])
            if parts.fragment:
                assert parts.fragment in ids[str(to.relative_to(root))], (name, tag["href"])


def test_pages_can_be_read_by_ear_and_keyboard(pages):
    for name, page in pages.items():
        assert page.html["lang"] == "en"
        assert page.select_one("a.skip")["href"] == "#main"
        assert page.find("main", id="main"), name
        assert page.find("header"), name
        assert page.find("footer"), name
        assert page.find("nav")["aria-label"]
        levels = [int(h.name[1]) for h in page.find_all(re.compile("^h[1-6]$"))]
        assert levels.count(1) == 1, name
        assert all(b <= a + 1 for a, b in itertools.pairwise([0, *levels])), (name, levels)
        for svg in page.find_all("svg"):
            told = svg.get("aria-label") or svg.get("aria-hidden") or svg.find_parent("svg")
            assert told, (name, svg)
        for table in page.find_all("table"):
            assert table.caption, name
            assert all(th.get("scope") for th in table.find_all("th")), name
        for link in page.find_all("a"):
            assert link.get_text(strip=True) or link.find("title"), (name, link)
        found = [t["id"] for t in page.find_all(id=True)]
        assert len(found) == len(set(found)), name


def test_russian_is_marked_as_russian(pages):
    for name, page in pages.items():
        for text in page.main.find_all(string=re.compile("[а-яё]{3}")):
            if text.find_parent("title"):
                continue
            own = next(p for p in text.parents if p.get("lang"))
            assert own["lang"] == "ru", (name, text)
    assert any(RUSSIAN.split("\n\n")[1].split(".")[0] in p.text for p in pages.values())


def test_the_same_warehouse_gives_the_same_site_and_leaves_it_alone(tmp_path):
    warehouse, settings = settled(tmp_path / "a")
    first = write_report(warehouse, settings)
    stands = settings.report.resolve()
    again = write_report(warehouse, settings)
    assert (first.changed, again.changed) == (True, False)
    assert settings.report.resolve() == stands
    other, elsewhere = settled(tmp_path / "b")
    write_report(other, elsewhere)
    here, there = (
        {name: (site / name).read_bytes() for name in files(site)}
        for site in (settings.report, elsewhere.report)
    )
    assert here == there


def test_a_reader_never_sees_a_half_written_site(tmp_path, monkeypatch):
    warehouse, settings = settled(tmp_path)
    write_report(warehouse, settings)
    before = settings.report.resolve()

    def killed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.report.pages.release_pages", killed)
    with pytest.raises(KeyboardInterrupt):
        write_report(warehouse, settings)
    assert settings.report.resolve() == before
    assert (settings.report / "index.html").is_file()
    assert not list((tmp_path / ".report").glob("_tmp.*"))


def test_what_is_not_ours_is_not_replaced(tmp_path):
    warehouse, settings = settled(tmp_path)
    settings.report.mkdir()
    (settings.report / "mine.txt").write_text("mine")
    with pytest.raises(Misplaced, match="move it away"):
        write_report(warehouse, settings)
    assert (settings.report / "mine.txt").exists()


def test_lists_are_paged_and_what_has_no_page_is_said(tmp_path):
    warehouse, settings = settled(tmp_path, more=150)
    write_report(warehouse, settings, releases=130)
    listed = sorted(p.name for p in (settings.report / "releases").glob("*.html"))
    assert listed == ["index.html", "page-2.html", "page-3.html"]
    said = words(
        BeautifulSoup((settings.report / "releases/index.html").read_text(), "html.parser")
    )
    assert "The newest 130 of 153 release versions" in said


def test_an_empty_warehouse_has_a_report_too(tmp_path):
    settings = Settings(home=tmp_path)
    warehouse = Warehouse(settings.warehouse_address)
    with pytest.raises(NotHeld, match="caravan publish"):
        write_report(warehouse, settings)
    publish(warehouse, settings.published)
    write_report(warehouse, settings)
    assert "No night has run yet" in (settings.report / "index.html").read_text("utf-8")


def test_the_command_publishes_first_and_names_the_page(tmp_path, monkeypatch):
    settled(tmp_path)
    monkeypatch.setenv("CARAVAN_HOME", str(tmp_path))
    ran = CliRunner().invoke(command, ["--releases", "10"])
    assert ran.exit_code == 0, ran.output
    assert f"{tmp_path}/report/index.html" in ran.output


TEXT = ["ink", "muted", "link", "a", "b", "critical", "warning", "info"]
TONES = ["good", "calm", "warn", "bad"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_reach_wcag_aa(scheme):
    colours = palette(scheme)
    pairs = [(name, ground, 4.5) for name in TEXT for ground in ("paper", "card")]
    pairs += [(tone, f"{tone}-tint", 4.5) for tone in TONES]
    pairs += [("ink", tint, 4.5) for tint in ("a-tint", "b-tint", "gap", "agreed")]
    pairs += [("muted", "gap", 4.5), *((f"c{n}", "card", 3.0) for n in range(7))]
    pairs += [(side, "gap", 3.0) for side in "ab"]
    for name, ground, least in pairs:
        assert contrast(colours[name], colours[ground]) >= least, (name, ground)


def palette(scheme):
    blocks = re.findall(r":root \{(.*?)\}", STYLE.read_text("utf-8"), re.DOTALL)
    block = blocks[0] if scheme == "light" else blocks[1]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
