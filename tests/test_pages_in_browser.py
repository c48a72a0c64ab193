"""The pages as their readers meet them: in a real browser, by mouse and keyboard, in light and dark and on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.across import sessions
from tests.invented import coded
from tests.renderers import reports
from transcript_rapport.across import caseload, compare, gather, page
from transcript_rapport.analysis import report_on
from transcript_rapport.renderers import html
from transcript_rapport.settings import DEFAULTS

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
playwright = pytest.importorskip("playwright.sync_api", reason="the playwright package is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as run:
        opened = run.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    made = report_on(reports.full(times=True).coded, DEFAULTS)
    (folder / "report.html").write_text(html.render(replace(made, findings=reports.full(times=True).findings)), "utf-8")
    return folder


@pytest.fixture
def tab(browser: Any, written: Path) -> Iterator[Any]:
    """The report, opened at 1280 by 900; what the page tries to load or complains of ends the test."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    heard: list[str] = []
    opened.on("console", lambda told: heard.append(told.text))
    opened.on("pageerror", lambda told: heard.append(str(told)))
    opened.on("request", lambda asked: heard.append(asked.url) if not asked.url.startswith("file:") else None)
    opened.goto((written / "report.html").as_uri())
    yield opened
    opened.close()
    assert heard == []


def in_view(tab: Any, selector: str) -> bool:
    return bool(
        tab.eval_on_selector(
            selector, "e => { const b = e.getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight }"
        )
    )


def test_the_first_screen_holds_the_sentence_the_strengths_the_suggestions_and_the_strip(tab: Any) -> None:
    for part in (".opening", ".talked", "#well blockquote", "#next .instead", "svg.strip"):
        assert in_view(tab, part), part
    assert tab.evaluate("document.querySelector('svg.strip').getBoundingClientRect().bottom") <= 900
    assert "practitioner" in tab.inner_text(".talked")


def test_a_number_opens_to_its_statements_and_back_leads_back(tab: Any) -> None:
    tab.click("#d-listening > summary")
    tab.click("#d-listening .fold:has([id='m-listening.reflections_per_ten_turns']) > summary")
    tab.click("[id='m-listening.reflections_per_ten_turns'] > summary")
    was = tab.evaluate("scrollY")
    tab.click("[id='m-listening.reflections_per_ten_turns'] .evidence a >> nth=0")
    tab.wait_for_function("location.hash === '#u2'")
    assert in_view(tab, "#u2")
    tab.go_back()
    tab.wait_for_function(f"Math.abs(scrollY - {was}) < 50")
    assert in_view(tab, "[id='m-listening.reflections_per_ten_turns']")


def test_a_flag_leads_to_its_place_and_the_place_says_why(tab: Any) -> None:
    tab.click("#next .place >> nth=0")
    tab.wait_for_function("location.hash.startsWith('#u6')")
    assert in_view(tab, "#u6")
    tab.click("#u6 details.why summary >> nth=0")
    assert tab.is_visible("#u6 details.why p >> nth=0")


def test_a_mark_on_the_strip_leads_to_its_place(tab: Any) -> None:
    tab.click("svg.strip a:has(.mark.reflection)")
    tab.wait_for_function("location.hash === '#u2'")


def test_the_arrows_go_from_mark_to_mark_on_the_strip(tab: Any) -> None:
    tab.focus(".glance .lane-of a >> nth=0")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowLeft")
    assert tab.evaluate("document.activeElement.textContent").startswith("Validation")
    tab.keyboard.press("Enter")
    tab.wait_for_function("location.hash === '#u4'")


@pytest.mark.parametrize("held", ["Alt", "Control", "Meta", "Shift"])
def test_an_arrow_with_another_key_held_is_left_to_the_browser(tab: Any, held: str) -> None:
    tab.focus(".glance .lane-of a >> nth=0")
    first = tab.evaluate("document.activeElement.outerHTML")
    told = f"{{key: 'ArrowRight', {held.lower().replace('control', 'ctrl')}Key: true, bubbles: true, cancelable: true}}"
    assert tab.evaluate(f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {told}))")
    assert tab.evaluate("document.activeElement.outerHTML") == first


@pytest.mark.parametrize("width", [390, 1280])
def test_no_mark_on_the_strip_covers_another(tab: Any, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    covered = """() => [...document.querySelectorAll('.glance .lane-of')].flatMap(lane => {
      const boxes = [...lane.querySelectorAll('.mark')].map(mark => mark.getBoundingClientRect());
      return boxes.filter((a, n) => boxes.some((b, m) => m > n && Math.abs(a.x - b.x) < Math.min(a.width, b.width) / 2
        && Math.abs(a.y - b.y) < a.height / 2)) }).length"""
    assert tab.evaluate(covered) == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_in_a_long_session_too_a_link_lands_where_it_points(browser: Any, tmp_path: Path, width: int) -> None:
    said = "And then the week went on, and so did the night shifts. " * 5
    lines = [("TC"[n % 2], said * (1 + n % 3), ["facilitation"] if n % 2 == 0 else []) for n in range(300)]
    (tmp_path / "long.html").write_text(html.render(report_on(coded(lines), DEFAULTS)), "utf-8")
    opened = browser.new_page(viewport={"width": width, "height": 900})
    opened.goto((tmp_path / "long.html").as_uri())
    opened.evaluate("document.querySelector('nav').insertAdjacentHTML('afterend', '<a id=go href=\"#u211\">go</a>')")
    opened.click("#go")
    opened.wait_for_timeout(1500)
    below = opened.evaluate("document.querySelector('nav').getBoundingClientRect().bottom")
    top = opened.evaluate("document.getElementById('u211').getBoundingClientRect().top")
    opened.close()
    assert below <= top < 200


def test_filtering_by_kind_shows_those_and_says_how_many(tab: Any) -> None:
    tab.check("#show-reflection")
    assert tab.is_visible("#u2") and tab.is_visible("#u1") and not tab.is_visible("#u8")
    assert tab.inner_text("#shown") == "2 of 10 utterances shown."
    tab.check("#show-all")
    assert tab.is_visible("#u8")


def test_the_keyboard_reaches_everything_and_the_focus_is_seen(tab: Any) -> None:
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    tab.focus("#d-balance > summary")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector('#d-balance').open")
    tab.focus("#show-all")
    tab.keyboard.press("ArrowDown")
    assert tab.inner_text("#shown")


@pytest.mark.parametrize("width", [390, 640, 1280])
def test_nothing_runs_out_of_the_window(tab: Any, width: int) -> None:
    """640 is a window of 1280 at 200 % zoom."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


OVERLAPS = """() => {
  const crossing = (a, b) => { const p = a.getBoundingClientRect(), q = b.getBoundingClientRect();
    const beside = p.right <= q.left + 1 || q.right <= p.left + 1;
    const apart = p.bottom <= q.top + 1 || q.bottom <= p.top + 1;
    return p.width && q.width && !beside && !apart };
  const words = e => { const r = document.createRange(); r.selectNodeContents(e); return r };
  const told = [];
  for (const row of document.querySelectorAll('.system')) {
    for (const name of row.querySelectorAll('.name')) {
      if (crossing(words(name), name.nextElementSibling)) { told.push(name.textContent) } } }
  for (const v of document.querySelectorAll('.m .v, .lead .v')) {
    for (const other of v.parentElement.children) {
      if (other !== v && crossing(words(v), words(other))) { told.push(v.parentElement.textContent) } } }
  return told }"""


@pytest.mark.parametrize(("width", "medium"), [(390, "screen"), (1280, "screen"), (690, "print")])
def test_no_label_or_number_runs_into_its_neighbour(tab: Any, width: int, medium: str) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(media=medium)
    tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert tab.evaluate(OVERLAPS) == []


def test_dark_mode_reaches_ground_text_and_pictures(tab: Any) -> None:
    look = "e => { const s = getComputedStyle(e); return [s.backgroundColor, s.color, s.fill] }"
    light = [tab.eval_on_selector(part, look) for part in ("body", ".card", "svg.strip .mark")]
    tab.emulate_media(color_scheme="dark")
    dark = [tab.eval_on_selector(part, look) for part in ("body", ".card", "svg.strip .mark")]
    assert light[0][:2] != dark[0][:2] and light[1][0] != dark[1][0] and light[2][2] != dark[2][2]


def test_those_who_ask_for_less_motion_get_none(tab: Any) -> None:
    tab.emulate_media(reduced_motion="reduce")
    assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_paper_holds_every_utterance_and_every_part(browser: Any, written: Path, tmp_path: Path) -> None:
    from pdfminer.high_level import extract_text

    opened = browser.new_page()
    opened.goto((written / "report.html").as_uri())
    opened.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    opened.close()
    text = " ".join(extract_text(tmp_path / "report.pdf").split())
    for spoken in reports.full().session:
        assert " ".join(spoken.text.replace("🙂", "").split())[:30] in text
    assert "Words that could be heard as judgment" in text
    assert "What a transcript cannot show" in text


TOO_SMALL = """() => {
  const told = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const held = text.parentElement;
    if (!text.data.trim() || !held.getClientRects().length || held.closest('.vh, title, desc, style, script')) continue;
    const drawn = held.closest('svg') ? held.getScreenCTM().a : 1;
    if (parseFloat(getComputedStyle(held).fontSize) * drawn * 0.75 < 8.49) told.push(text.data) }
  return told }"""
A4 = {"portrait": 695, "landscape": 1032}
"""Pixels between the margins of a page."""


def test_nothing_on_paper_is_smaller_than_8_and_a_half_points(browser: Any, tmp_path: Path) -> None:
    researcher = DEFAULTS.with_changes({"reader": "researcher"})
    told = replace(report_on(reports.full(times=True).coded, researcher), findings=reports.full(times=True).findings)
    several = [sessions.report(sessions.GOOD if n % 2 else sessions.POOR, f"s{n}", times=1 + n) for n in range(6)]
    load = caseload.caseload(gather.Gathered(tuple(several)))
    compared = compare.compare(several[0], several[1])
    pages = {"report": html.render(told), "caseload": page.caseload(load), "compare": page.compare(compared)}
    for name, made in pages.items():
        width = A4["portrait" if name == "report" else "landscape"]
        (tmp_path / f"{name}.html").write_text(made, "utf-8")
        opened = browser.new_page(viewport={"width": width, "height": 1000})
        opened.emulate_media(media="print")
        opened.goto((tmp_path / f"{name}.html").as_uri())
        opened.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        opened.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert opened.evaluate(TOO_SMALL) == [], name
        opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, written: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    opened = context.new_page()
    opened.goto((written / "report.html").as_uri())
    opened.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    found = axe.Axe().run(opened).response
    context.close()
    assert len(found["passes"]) > 20
    assert [
        (v["id"], v["nodes"][0]["target"]) for v in found["violations"] if v["impact"] in ("serious", "critical")
    ] == []


def test_the_caseload_is_sorted_by_the_keyboard(browser: Any, tmp_path: Path) -> None:
    reports_of = (sessions.report(sessions.GOOD, "a"), sessions.report(sessions.POOR, "b"))
    told = caseload.caseload(gather.Gathered(reports_of))
    (tmp_path / "caseload.html").write_text(page.caseload(told), encoding="utf-8")
    opened = browser.new_page()
    opened.goto((tmp_path / "caseload.html").as_uri())
    assert opened.get_attribute("thead th >> nth=0", "aria-sort") == "ascending"
    opened.focus("thead button >> nth=1")
    opened.keyboard.press("Enter")
    assert opened.get_attribute("thead th >> nth=1", "aria-sort") == "ascending"
    rows = "rows => rows.map(row => (row.querySelector('.reasons') ?? row.querySelector('th')).dataset)"
    named = [held.get("name") or held["value"] for held in opened.eval_on_selector_all("tbody tr", rows)]
    assert named == ["a", "a", "b", "b"], "reasons stay under their session"
    opened.close()
