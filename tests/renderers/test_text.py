from dataclasses import replace

from tests.renderers import reports
from transcript_rapport.renderers import text
from transcript_rapport.report import Measure


def test_a_screenful_that_begins_with_what_went_well() -> None:
    shown = text.render(reports.full())
    lines = shown.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100
    assert shown.index("WHAT WENT WELL") < shown.index("TO TRY NEXT") < shown.index("SIX DIMENSIONS")
    assert "67 %" in shown
    assert "20 to 100 %" in shown
    assert "Not measurable, because no times: Share of talk time." in shown
    assert "not a verdict" in shown


def test_a_screenful_even_when_everything_is_long() -> None:
    report = reports.full()
    long = "a very long title that goes on and on " * 4
    many = tuple(Measure(f"room{i}.m", long, 1.5, "per 100 " + long, 12345, long, 0.5, 2.5) for i in range(12))
    none = tuple(Measure(f"room{i}.n", long, None, "share", 0, long, note=long) for i in range(9))
    named = replace(report.session, name=long * 3, role_reason=long * 5)
    lines = text.render(replace(report, coded=replace(report.coded, session=named), measures=many + none)).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100


def test_little_to_show_is_said_warmly() -> None:
    shown = " ".join(text.render(reports.bare()).split())
    assert "That does not mean nothing went well" in shown
    assert "no statement is marked as reflecting what was said or validating it" in shown


def test_the_short_form_follows_its_reader() -> None:
    report = reports.full()
    made = {reader: {"settings": {"reader": reader}} for reader in ("trainee", "supervisor")}
    trainee, supervisor = (text.render(replace(report, made_with=made[r])) for r in made)
    assert "ONE GOAL FOR YOUR NEXT SESSION" in trainee
    assert trainee.count("→") == 1
    assert supervisor.count("→") == 3
    assert "TO LISTEN TO: 6 " in supervisor
