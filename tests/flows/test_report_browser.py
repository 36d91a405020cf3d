"""The report in real Chromium: nothing complains, nothing is asked of others, it fits a phone."""

import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from flows.report import write_report
from tests.flows.report_sample import SCRIPT, settled

CHROMIUM = next((at for name in ("chromium", "chromium-browser", "google-chrome")
                 if (at := shutil.which(name))), None)  # fmt: skip
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
sync_api = pytest.importorskip(
    "playwright.sync_api", reason="playwright drives Chromium: install the dev group"
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 900}


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    warehouse, settings = settled(tmp_path_factory.mktemp("home"), more=70)
    write_report(warehouse, settings)
    return settings.report


@pytest.fixture(scope="module")
def address(site):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=site)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield found
        found.close()


def every(site):
    """Return one page of each kind, and the pages of what means harm."""
    names = sorted(str(p.relative_to(site.resolve())) for p in site.resolve().rglob("*.html"))
    extra = [n for n in names if n.startswith("releases/2025")][1:]
    return [n for n in names if n not in extra]


def watched(page, address):
    """Collect what a page says on the console, and what it asks of others."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on(  # the icon of a page that was left at once is given up, which is no failure
        "requestfailed",
        lambda r: r.failure == "net::ERR_ABORTED" or said.append(f"{r.failure} {r.url}"),
    )
    page.on(
        "request",
        lambda request: request.url.startswith(address) or said.append(f"asked {request.url}"),
    )
    return said


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_is_quiet_asks_nobody_and_fits(site, address, browser, size, scheme):
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    said = watched(page, address)
    for name in every(site):
        page.goto(f"{address}/{name}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
        # style.css came through the policy:
        assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px", name
        assert not cut_off(page), name
    assert said == []
    context.close()


def cut_off(page):
    """Return the words that reach beyond the page on either side."""
    return page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => {
            if (e.closest('.vh, thead, details:not([open])')) return false
            const box = e.getBoundingClientRect()
            const text = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
            return text && box.width && (box.left < -1 || box.right > innerWidth + 1)
        }).map(e => e.textContent.slice(0, 60))"""
    )


def test_hostile_text_shows_as_text_and_runs_nothing(site, address, browser):
    page = browser.new_page()
    said = watched(page, address)
    page.goto(f"{address}/releases/index.html")
    page.get_by_role("link", name=SCRIPT).click()
    assert page.get_by_role("heading", level=1).inner_text() == SCRIPT
    assert page.title() == f"{SCRIPT} · Caravan"
    assert "<b>$9 billion</b>" in page.locator("article mark").first.inner_text()
    assert page.locator("script, img, iframe").count() == 0
    assert page.get_by_role("link", name="javascript").count() == 0
    assert said == []
    page.close()


def test_the_policy_stops_what_escaping_would_let_through(site, address, browser):
    page = browser.new_page()
    page.goto(f"{address}/index.html")
    refused = page.evaluate(
        """() => new Promise(done => {
            const found = []
            document.addEventListener('securitypolicyviolation',
                e => found.push(e.violatedDirective.split('-')[0]))
            const script = document.createElement('script')
            script.textContent = 'window.ran = 1'
            document.body.append(script)
            const image = new Image(); image.src = 'http://127.0.0.1:9/x.png'
            document.body.append(image)
            document.body.insertAdjacentHTML('beforeend', '<p style="color:red" onclick="1">x</p>')
            setTimeout(() => done([window.ran || 0, ...found]), 300)
        })"""
    )
    assert refused[0] == 0
    assert {"script", "img", "style"} <= set(refused[1:])
    page.close()


def test_the_keyboard_goes_the_way_of_the_eye_and_the_first_stop_skips_to_the_content(
    site, address, browser
):
    page = browser.new_page()
    page.goto(f"{address}/findings/f1.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    places = []
    for _ in range(6):
        page.keyboard.press("Tab")
        box = page.evaluate(
            "(b => [b.left, b.top + scrollY])(document.activeElement.getBoundingClientRect())"
        )
        places.append(tuple(box))
    first_side = [y for x, y in places if x < 500]
    assert first_side == sorted(first_side)
    outlined = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outlined == "solid"
    page.close()


def test_marks_of_a_plot_are_led_to_by_the_table_not_by_forty_stops(site, address, browser):
    page = browser.new_page()
    page.goto(f"{address}/series/TJ-trade.turnover.html")
    mark = page.locator(".field a").first
    assert mark.get_attribute("tabindex") == "-1"
    page.locator("details summary").first.click()
    page.locator("details[open] tbody a").first.click()
    assert "#f-" in page.url
    page.locator("article:target").wait_for(state="attached")  # the address changes before the page
    page.go_back()
    mark.locator(".mark path, .mark circle").first.click(force=True)
    assert "#f-" in page.url
    page.close()


def test_it_opens_from_a_folder_too(site, browser):
    page = browser.new_page()
    said = watched(page, "file://")
    page.goto(f"file://{site}/index.html")
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    page.get_by_role("link", name="Findings", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Open findings"
    assert said == []
    page.close()
