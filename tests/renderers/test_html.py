import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from tests import invented
from tests.renderers import reports
from transcript_rapport.renderers import html
from transcript_rapport.renderers.transcript import pieces
from transcript_rapport.report import Finding, Report
from transcript_rapport.session import Utterance

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """What a test wants to know of a page; complains about elements closed out of order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.attributes.append((tag, named))
        if tag not in VOID:
            self.open.append(tag)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag == "a":
            self.links.append(str(named["href"]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("h1", "h2"):
            self.headings.append((self.open[-1], data))


@pytest.fixture(scope="module", params=["timed", "untimed", "bare"])
def text(request: pytest.FixtureRequest) -> str:
    made = {"timed": reports.full(times=True), "untimed": reports.full(), "bare": reports.bare()}
    return html.render(made[request.param])


def test_the_page_is_well_formed_and_its_links_lead_somewhere(text: str) -> None:
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") for link in page.links)
    assert {link[1:] for link in page.links} <= set(page.ids)


def test_the_page_needs_no_network_and_forbids_it(text: str) -> None:
    page = Page(text)
    assert not [tag for tag, named in page.attributes if named.keys() & {"src", "srcset", "action", "style"}]
    assert not [tag for tag, named in page.attributes if any(key.startswith("on") for key in named)]
    policy = next(named["content"] for tag, named in page.attributes if named.get("http-equiv"))
    assert policy and policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        assert inside
        assert b64encode(sha256(inside[1].encode()).digest()).decode() in policy


def test_the_order_of_the_page(text: str) -> None:
    assert [data for tag, data in Page(text).headings if tag == "h2"] == [
        "What went well",
        "To try next",
        "The session in pictures",
        "Every measure",
        "The transcript",
        "What a transcript cannot show",
        "How this report was made",
    ]


def test_markup_in_a_transcript_stays_text() -> None:
    text = html.render(reports.full())
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(&#39;hello&#39;)&lt;/script&gt; &amp; so on" in text


def test_every_utterance_stands_once_and_every_number_opens_to_its_places() -> None:
    page = Page(html.render(reports.full()))
    assert [i for i in page.ids if re.fullmatch(r"u\d+", i)] == [f"u{n}" for n in range(len(reports.LINES))]
    assert page.links.count("#u8") >= 3  # the strip's cell and mark, and the evidence of a measure


def test_what_cannot_be_measured_says_why() -> None:
    assert "not measurable, because no times" in html.render(reports.full())


def test_marks_never_rest_on_colour_alone() -> None:
    text = html.render(reports.full())
    assert "(marked: Complex reflection)" in text
    assert 'aria-hidden="true">R</span>' in text
    assert "url(#hatch-client)" in text


def test_nested_and_overlapping_findings_are_cut_into_pieces_that_keep_the_text() -> None:
    spoken = Utterance(0, "T", "one two three four")
    findings = [
        Finding(kind, spoken, a, b, "", "")
        for kind, a, b in (("judgment.warn", 0, 13), ("jargon.x", 4, 7), ("advice.y", 8, 18))
    ]
    cut = pieces(spoken, findings, [4])
    assert "".join(piece.text for piece in cut) == spoken.text
    assert [(p.text, [f.key for f in p.families]) for p in cut] == [
        ("one ", ["judgment"]),
        ("two", ["judgment", "jargon"]),
        (" ", ["judgment"]),
        ("three", ["judgment", "advice"]),
        (" four", ["advice"]),
    ]
    assert [piece.anchor for piece in cut if piece.anchor] == ["u0c4"]
    assert sum(len(piece.ends) for piece in cut) == 3


def test_kinds_nobody_foresaw_and_a_third_role_are_shown() -> None:
    coded = invented.coded([("T", "Hello to both.", []), ("O", "Hello.", []), ("C", "", [])])
    spoken = coded.session[0]
    report = Report(coded, (Finding("opening.missed", spoken, 0, 5, "why", "source"),), (), {})
    assert "Opening: missed" in html.render(report)


def test_a_long_session_stays_small() -> None:
    lines = [
        (
            "T" if i % 2 else "C",
            "Some words that are said here, again and again. " * 3,
            ["reflection.simple"] if i % 2 else [],
        )
        for i in range(700)
    ]
    coded = invented.coded(lines)
    findings = tuple(reports.finding(coded, "reflection.simple", i) for i in range(1, 700, 2))
    assert len(html.render(Report(coded, findings, reports.measures(coded), {})).encode()) < 2_000_000


def test_the_same_report_renders_to_the_same_page() -> None:
    assert html.render(reports.full()) == html.render(reports.full())


def test_the_notebook_shows_the_page_in_a_frame_of_its_own() -> None:
    shown = reports.full()._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "<script" not in shown
