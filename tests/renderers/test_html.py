import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from typing import get_args

import pytest
from markupsafe import escape

from tests import invented
from tests.renderers import reports
from transcript_rapport.analysis import report_on
from transcript_rapport.constructs import not_measurable
from transcript_rapport.renderers import html, pictures, priority, strip
from transcript_rapport.renderers.kinds import SIDES
from transcript_rapport.renderers.transcript import pieces
from transcript_rapport.report import Finding, Label, Measure, Report, spans
from transcript_rapport.session import Utterance
from transcript_rapport.settings import DEFAULTS, Reader

VOID = {"meta", "br", "link", "img", "input", "hr"}
READERS = get_args(Reader)


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


def measured(reader: str = "anyone") -> Report:
    """The full session with every measure there is, written for one reader."""
    made = report_on(reports.full(times=True).coded, DEFAULTS.with_changes({"reader": reader}))
    return replace(made, findings=reports.full(times=True).findings)


@pytest.fixture(scope="module", params=["timed", "untimed", "bare", *READERS])
def text(request: pytest.FixtureRequest) -> str:
    made = {"timed": reports.full(times=True), "untimed": reports.full(), "bare": reports.bare()}
    return html.render(made.get(request.param) or measured(request.param))


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


def test_the_order_of_the_page() -> None:
    assert [data for tag, data in Page(html.render(reports.full())).headings if tag == "h2"] == [
        "The session at a glance",
        "What went well",
        "To try next",
        "Six dimensions",
        "What a transcript cannot show",
        "How this report was made",
        "The transcript",
    ]


def test_markup_in_a_transcript_stays_text() -> None:
    text = html.render(reports.full())
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(&#39;hello&#39;)&lt;/script&gt; &amp; so on" in text


def test_every_utterance_stands_once_and_every_number_opens_to_its_places() -> None:
    page = Page(html.render(reports.full()))
    assert [i for i in page.ids if re.fullmatch(r"u\d+", i)] == [f"u{n}" for n in range(len(reports.LINES))]
    assert page.links.count("#u8") >= 3  # the strip's cell and mark, and the evidence of a measure


def test_paper_names_so_many_places_and_the_screen_all() -> None:
    n = html.NAMED_ON_PAPER + 3
    coded = invented.coded([("T", "You are tired.", [])] * n)
    told = Measure("listening.a", "Things", 3.0, "words", n, "turns", evidence=spans(coded.statements))
    page = html.render(Report(coded, (), (told,), {}))
    more = re.search(r'<span class="on-screen">(.*?)</span><span class="on-paper">… and 3 more', page)
    assert more and re.findall(r"#u(\d+)", more[1]) == [str(i) for i in range(n - 3, n)]


def test_what_cannot_be_measured_says_why() -> None:
    assert "Not measurable, because no times: " in html.render(reports.full())


def test_marks_never_rest_on_colour_alone() -> None:
    text = html.render(reports.full())
    assert "(marked: Complex reflection)" in text
    assert text.count(f'd="{pictures.SHAPES["reflection"]}"') >= 4  # strip, legend, words and the line below them
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
    report = Report(coded, (Finding("weather.fair", spoken, 0, 5, "why", "source"),), (), {})
    assert "Weather: fair" in html.render(report)


def test_a_long_session_stays_small() -> None:
    """Ninety minutes: 1,500 utterances, every other one marked, and a hundred measures with many places each."""
    said, heard = (
        "Some words that are said here, again and again. " * 3,
        "I am sad about it, and nothing helps me at all.",
    )
    lines = [("T", said, ["reflection.simple"]) if i % 2 else ("C", heard, ["client.emotion"]) for i in range(1500)]
    coded = invented.coded(lines, [(i * 3600, i * 3600 + 3500) for i in range(1500)])
    findings = tuple(reports.finding(coded, "reflection.simple", i) for i in range(1, 1500, 2))
    places = spans(coded.statements)
    measures = [
        Measure(f"listening.m{i}", "A measure", 0.5, "share", 99, "things", 0.4, 0.6, evidence=places[i : 150 + i])
        for i in range(100)
    ]
    page = html.render(Report(coded, findings, tuple(measures), {}))
    assert len(page.encode()) < 3_000_000


def test_the_same_report_renders_to_the_same_page() -> None:
    assert html.render(reports.full()) == html.render(reports.full())


def test_the_notebook_shows_the_page_in_a_frame_of_its_own() -> None:
    shown = reports.full()._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "<script" not in shown


def test_what_the_coder_would_not_lean_on_is_called_unsure() -> None:
    report = reports.full()
    labels = (*report.coded.labels[:5], Label(None, "change", 0.45), *report.coded.labels[6:])
    page = html.render(replace(report, coded=replace(report.coded, labels=labels)))
    assert "change talk, unsure" in page
    assert "change talk" in html.render(report) and "change talk, unsure" not in html.render(report)


def test_every_part_of_a_dimension_shows_its_interval_and_names_its_threshold() -> None:
    page = html.render(reports.full())
    part = page[page.index('id="m-listening.complex_reflection_share"') :]
    part = part[: part.index("</details>")]
    assert "20 to 100 %" in part
    assert "Threshold: MITI 4.2.1: fair 40 %, good 50 %" in part
    assert "Counted on 1 reflection." in part


def test_every_measure_stands_on_the_page_once() -> None:
    report = measured()
    held = [i for i in Page(html.render(report)).ids if i.startswith("m-")]
    assert sorted(held) == sorted(f"m-{measure.name}" for measure in report.measures)


def test_what_no_transcript_shows_is_named_with_what_to_use_instead() -> None:
    page = html.render(reports.bare())
    for construct in not_measurable():
        assert construct.name in page
        assert f"Use instead: {escape(construct.instead)}." in page


def test_filters_need_no_script() -> None:
    page = Page(html.render(reports.full()))
    offered = {i.removeprefix("show-") for i in page.ids if i.startswith("show-")}
    assert {"all", "helpful", "look", "reflection", "judgment"} <= offered
    style = (html.TEMPLATES / "report.css").read_text(encoding="utf-8")
    for key in (*(family.key for family in strip.FAMILIES), *SIDES):
        assert f"#show-{key}:checked" in style
    marked = next(named["class"] for tag, named in page.attributes if named.get("id") == "u2")
    assert marked and {"has-reflection", "has-helpful"} <= set(marked.split())


def test_every_control_and_region_has_a_name(text: str) -> None:
    page = Page(text)
    labelled = {named.get("for") for tag, named in page.attributes if tag == "label"}
    assert {named.get("id") for tag, named in page.attributes if tag == "input"} == labelled
    for tag, named in page.attributes:
        if tag == "section":
            assert named.get("aria-labelledby") in page.ids
    assert [tag for tag, _ in page.attributes if tag in ("header", "nav", "main")] == ["header", "nav", "main"]


def test_a_trainee_gets_one_goal_and_no_list_of_faults() -> None:
    report = measured("trainee")
    more = reports.finding(report.coded, "question.stacked", 0)
    page = html.render(replace(report, findings=(more, *report.findings)))
    first, later = page[: page.index('class="later"')], page[page.index('class="later"') :]
    assert first.count('<li class="try') == 1
    assert "What you did well" in first
    assert "When that has become easy: 1 more" in later
    assert 'id="review"' not in page
    assert 'class="coding"' not in page


def test_a_supervisor_gets_reasons_and_places_to_listen_to() -> None:
    page = html.render(measured("supervisor"))
    assert 'id="review"' in page
    assert '<details class="because" open>' in page
    assert 'class="coding"' not in page


def test_a_researcher_gets_codes_probabilities_and_tables() -> None:
    page = html.render(measured("researcher"))
    assert "+reflection.complex 0.90" in page
    assert "<code>listening.reflections_per_ten_turns</code>" in page
    assert '<table class="plain">' in page


def test_no_page_grades_a_person(text: str) -> None:
    shown = text[text.index("<main") : text.index('id="limits"')]
    assert not re.search(r"out of (10|ten|5|five)\b|\bgrade [A-F]\b|\bpoor\b|\bexcellent\b", shown)


def test_a_supervisors_page_says_what_the_priority_means_and_what_moved_it() -> None:
    page = html.render(replace(measured("supervisor"), measures=reports.moving()))
    assert escape(priority.MEANING) in page
    assert priority.SOONER in page


def test_a_session_too_short_to_order_gets_no_number() -> None:
    told = Measure("talk.practitioner_word_share", "Words", 0.5, "share", 100, "words", 0.4, 0.6)
    page = html.render(replace(measured("supervisor"), measures=(told,), findings=()))
    assert "too short to say" in page
    assert "review priority, 0 to 1" not in page


def test_on_paper_a_reason_stands_once() -> None:
    report = reports.full()
    twice = (*report.findings, reports.finding(report.coded, "partnership.autonomy", 4))
    page = html.render(replace(report, findings=tuple(sorted(twice, key=lambda f: (f.span, f.kind)))))
    assert page.count('class="why partnership"') == 1
    assert page.count('class="why partnership again"') == 1
    assert ".why.again .reason" in page
