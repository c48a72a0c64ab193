import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import invented
from tests.renderers import reports
from transcript_rapport import english
from transcript_rapport.analysis import report_on
from transcript_rapport.errors import SettingsError
from transcript_rapport.renderers import html, text
from transcript_rapport.settings import DEFAULTS


def made(*lines: invented.Line, english: str = "american"):
    return report_on(invented.coded(lines), DEFAULTS.with_changes({"english": english}))


def test_our_words_are_spelt_as_asked() -> None:
    report = made(*reports.LINES[:8])
    assert "went toward the client" in html.render(report)
    assert "went towards the client" in html.render(made(*reports.LINES[:8], english="british"))
    assert 'lang="en-US"' in html.render(report)


@pytest.mark.parametrize("render", [html.render, text.render])
def test_a_quote_is_never_touched(render) -> None:
    said = "You recognise the behaviour of your neighbour, and that takes courage."
    page = render(made(("T", said, ["validation.affirm"]), ("C", "Towards the centre.", [])))
    assert "You recognise the behaviour of your neighbour" in page


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
