import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import invented
from tests.renderers import reports
from transcript_rapport import english
from transcript_rapport.across import caseload, compare, page, told, trend
from transcript_rapport.across.gather import Gathered
from transcript_rapport.analysis import report_on
from transcript_rapport.batch.work import Problem
from transcript_rapport.errors import SettingsError
from transcript_rapport.renderers import html, text
from transcript_rapport.renderers.tables import rows
from transcript_rapport.report import Report
from transcript_rapport.settings import DEFAULTS


def made(*lines: invented.Line, english: str = "american"):
    return report_on(invented.coded(lines), DEFAULTS.with_changes({"english": english}))


def replace_name(report: Report, name: str) -> Report:
    session = replace(report.session, name=name, source=f"{name}.txt")
    return replace(report, coded=replace(report.coded, session=session))


def test_our_words_are_spelt_as_asked() -> None:
    report = made(*reports.LINES[:8])
    assert "went toward the client" in html.render(report)
    assert "went towards the client" in html.render(made(*reports.LINES[:8], english="british"))
    assert 'lang="en-US"' in html.render(report)


@pytest.mark.parametrize("render", [html.render, text.render])
def test_a_quote_is_never_touched(render) -> None:
    said = "You recognise the behaviour of your neighbour, and that takes courage."
    page = render(made(("C", "Towards the centre.", []), ("T", said, ["validation.affirm"])))
    assert "You recognise the behaviour of your neighbour" in page


def told_of_several(how: str) -> str:
    """Everything that is told about four sessions, as one text."""
    made_so = [replace_name(made(*reports.LINES[:8] * 3, english=how), f"visit {n}") for n in range(4)]
    trends = trend.trends(made_so, "T")
    pages = (page.caseload(caseload.caseload(Gathered(tuple(made_so)))), page.trend(trends))
    return "\n".join((*pages, told.moved(trends), told.compared(compare.compare(*made_so[:2]))))


def british_words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower())) & english.table().keys()


def test_what_is_told_of_several_sessions_is_spelt_as_they_ask() -> None:
    american, british = told_of_several("american"), told_of_several("british")
    assert british_words(british) and not british_words(american)
    assert 'lang="en-US"' in american and 'lang="en-GB"' in british


def test_sessions_that_ask_for_both_are_told_in_british() -> None:
    mixed = [made(*reports.LINES[:8], english=how) for how in ("american", "british")]
    assert 'lang="en-GB"' in page.trend(trend.trends(mixed, "T"))


def test_names_of_files_and_sessions_stay_in_a_page_over_several() -> None:
    named = replace_name(made(*reports.LINES[:8]), "counselling centre")
    problem = Problem("behaviour notes.txt", "behaviour notes.txt: the file is empty; expected a transcript")
    shown = page.caseload(caseload.caseload(Gathered((named,), (problem,))))
    assert "counselling centre" in shown and "behaviour notes.txt" in shown


def test_a_written_report_is_spelt_anew_where_that_is_asked() -> None:
    british = made(*reports.LINES[:8], english="british")
    assert english.is_american(english.respelt(british))
    assert english.respelt(british).measures == made(*reports.LINES[:8]).measures


def test_names_in_tables_are_identifiers_and_stay() -> None:
    british, spelt = made(*reports.LINES[:8], english="british"), made(*reports.LINES[:8])
    for table in ("measures", "findings", "statements"):
        names = [
            [(list(row), row.get("name"), row.get("kind"), row.get("codes")) for row in rows(r, table)]
            for r in (british, spelt)
        ]
        assert names[0] == names[1]
    assert any("normalise" in str(row["name"]) for row in rows(spelt, "measures"))


@pytest.mark.parametrize("name", ["across.css", "across.js"])
def test_style_and_script_across_sessions_keep_their_sums(name: str) -> None:
    held = (page.TEMPLATES / name).read_text(encoding="utf-8")
    assert english.american(held) == held


@pytest.mark.parametrize("name", ["report.css", "report.js"])
def test_style_and_script_keep_their_sums(name: str) -> None:
    held = (html.TEMPLATES / name).read_text(encoding="utf-8")
    assert english.american(held) == held


def test_names_of_codes_stay() -> None:
    assert english.american("validation.normalise_per_x #m-x.normalise") == "validation.normalise_per_x #m-x.normalise"
    assert english.american("To normalise. Behaviour? CENTRE") == "To normalize. Behavior? CENTER"


def test_another_english_is_refused() -> None:
    with pytest.raises(SettingsError, match="british, american"):
        DEFAULTS.with_changes({"english": "scots"})


@given(st.lists(st.sampled_from([*english.table(), "and", "Towards", "x.y"]), max_size=12))
def test_spelling_twice_is_spelling_once(words: list[str]) -> None:
    once = english.american(" ".join(words))
    assert english.american(once) == once
    assert len(re.findall(r"\S+", once)) == len(words)
