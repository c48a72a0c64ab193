"""What the learned networks carry on and find of their own; all lines invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.deidentification.lines import found
from transcript_rapport.deidentification import replaced, states
from transcript_rapport.deidentification.alone import OWN, Tagged
from transcript_rapport.deidentification.deciding import finished, identifiers
from transcript_rapport.deidentification.learned import judged
from transcript_rapport.deidentification.spans import Found, overlaps
from transcript_rapport.deidentification.states import pieces, windows
from transcript_rapport.errors import ModelError
from transcript_rapport.placeholders import KINDS, Kind

TEXT = "write to the flat at nine harbour walk, ballyquill, and ask for the warden of the place"
SPANS = st.lists(
    st.tuples(st.integers(0, 70), st.integers(1, 12), st.sampled_from(KINDS)).map(
        lambda made: Found(made[0], made[0] + made[1], made[2])
    ),
    max_size=5,
)


def apart(spans: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for span in sorted(spans, key=lambda one: one.start):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def letters(spans: list[Found]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


@settings(deadline=None)  # the first look into the word lists loads them
@example([], [Found(TEXT.index(" "), TEXT.index(" ") + 1, "organisation")], 0.0)  # a span without a word
@given(SPANS, SPANS, st.floats(0, 1))
def test_nothing_a_rule_found_is_lost_and_only_what_is_sure_is_found_without_one(
    rules: list[Found], more: list[Found], chance: float
) -> None:
    rules, more = apart(rules), apart(more)
    both = finished(TEXT, rules, [Tagged(span, chance) for span in more])
    assert letters(both) >= letters(rules)
    assert both == apart(both)
    own = [span for span in both if not overlaps(span, rules)]
    assert set(own) <= {span for span in more if chance >= OWN}


@pytest.mark.parametrize(
    ("text", "said", "kind", "kept"),
    [
        ("We left with Tamsel.", "Tamsel", "name", True),
        ("We left at 00:04:13.", "00:04:13", "date", False),
        ("It came to ninety four.", "ninety four", "age", True),
        ("It came to ... even-even so.", "even-even", "age", False),
        ("He said what-what now.", "what-what", "organisation", False),
        ("It was 999 123 4567.", "999 123 4567", "number", True),
        ("Ring 999 or 111.", "999 or 111", "phone", False),
        ("so i rang jo then", "jo", "name", True),
        ("It was in October.", "October", "date", False),
        ("You give me an example.", "example", "url", False),
        ("It was [unclear, Tamsel] then.", "Tamsel", "name", False),
        ("Rest. Patience helps.", "Patience", "name", False),
        ("We left with Patience.", "Patience", "name", True),
        ("I like Dolly Parton.", "Dolly Parton", "name", False),
        ("Cognitive Behavioural Therapy.", "Cognitive Behavioural Therapy", "organisation", False),
    ],
)
def test_scores_the_famous_terms_and_ordinary_beginnings_are_no_identifiers_alone(
    text: str, said: str, kind: Kind, kept: bool
) -> None:
    span = Found(text.index(said), text.index(said) + len(said), kind)
    assert finished(text, [], [Tagged(span, 0.99)]) == ([span] if kept else [])
    assert finished(text, [], [Tagged(span, OWN - 0.1)]) == []


@pytest.mark.parametrize(
    ("text", "said", "kind", "chance", "kept"),
    [
        ("then the neighbour rose from the bench", "rose", "name", 0.98, False),
        ("and drew the blinds again", "drew", "name", 0.98, False),
        ("i sat with rose at the window", "rose", "name", 0.98, True),
        ("we waited for drew at the gate", "drew", "name", 0.98, True),
        ("my uncle may drive us", "may", "name", 0.95, False),
        ("the porter will stop by", "will", "name", 0.95, False),
        ("she rang will about it", "will", "name", 0.7, True),
        ("i asked frank about it", "frank", "name", 0.7, True),
        ("i asked frank about it", "frank", "name", 0.5, False),
        ("there was a bit of rain about", "rain", "name", 0.5, False),
        ("We went by train to Vanuatu.", "Vanuatu", "place", 0.5, False),
        ("We went by train to Vanuatu.", "Vanuatu", "place", 0.95, True),
        ("we played out in our street", "our street", "place", 0.7, False),
        ("we stayed in old town", "old town", "place", 0.7, True),
        ("ninety two would be a pass", "ninety two", "age", 0.95, False),
        ("he is ninety-three would you believe", "ninety-three", "age", 0.7, True),
        ("she is ninety-one plus", "ninety-one", "age", 0.7, True),
        ("my nan at ninety-six will be ninety-seven in june", "ninety-six", "age", 0.99, True),
        ("Ninety two, and she still swims.", "Ninety two", "age", 0.95, True),
        ("it is g for golf", "g", "name", 0.8, False),
        ("tell k about it", "k", "name", 0.5, True),
        ("Yes. Mark lets us in.", "Mark", "name", 0.95, True),
        ("Yes. Mark lets us in.", "Mark", "name", 0.5, False),
    ],
)
def test_deeds_countries_counts_and_letters_are_no_identifiers_alone(
    text: str, said: str, kind: Kind, chance: float, kept: bool
) -> None:
    span = Found(text.index(said), text.index(said) + len(said), kind)
    assert finished(text, [], [Tagged(span, chance)]) == ([span] if kept else [])


def test_ordinary_words_written_small_are_told_more_surely_where_capitals_are_written() -> None:
    text = "i gave up gravel that year"
    span = Found(text.index("gravel"), text.index("gravel") + 6, "name")
    assert finished(text, [], [Tagged(span, 0.7)], cased=True) == []
    assert finished(text, [], [Tagged(span, 0.95)], cased=True) == [span]
    assert finished(text, [], [Tagged(span, 0.7)], cased=False) == [span]


def test_names_within_something_longer_give_way_to_it() -> None:
    whole = Found(9, 38, "organisation")
    names = [Found(9, 13, "name"), Found(21, 38, "name")]
    assert finished(TEXT, names, [Tagged(whole, 0.3)]) == [whole]
    beyond = Found(21, 50, "place")
    assert finished(TEXT, [names[0], beyond], [Tagged(whole, 0.3)])[0] == names[0]


def test_what_goes_on_is_taken_along_but_for_names() -> None:
    begun, rest = Found(21, 38, "address"), Tagged(Found(26, 50, "place"), 0.5)
    assert finished(TEXT, [begun], [rest]) == [Found(21, 50, "address")]
    name = Found(21, 38, "name")
    assert finished(TEXT, [name], [rest]) == [name]


@given(st.lists(st.integers(0, 200), max_size=12))
def test_every_word_is_judged_in_one_window(sizes: list[int]) -> None:
    cut = windows(sizes)
    judged = [n for window in cut for n in range(window.first, window.last)]
    assert judged == list(range(sum(sizes)))
    assert all(0 <= w.start <= w.first < w.last <= w.end <= sum(sizes) for w in cut)


def test_placeholders_are_left_alone() -> None:
    assert [piece.text for piece in pieces("[Name 1] said so to [Place 12].")] == ["said", "so", "to", "."]


def test_lines_without_words_hold_nothing() -> None:
    lines = ["", "…", "[Name 1]"]
    assert [list(identifiers(text, line)) for text, line in zip(lines, judged(lines, True), strict=True)] == [
        [],
        [],
        [],
    ]
    assert judged([], True) == []


def test_words_longer_than_the_encoder_reads_are_no_harm() -> None:
    assert len(judged(["qx7zj" * 400, *["o" + "\u034f" * 9] * 3, " ".join(["kvrx9" * 9] * 300)], False)) == 5


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("so i sat there with patience and we cried", "patience"),
        ("the whole street came out for marigold", "marigold"),
        ("i asked dawn if she would feed the cat", "dawn"),
    ],
)
def test_a_name_that_is_a_word_too_is_found_without_any_cue(line: str, name: str) -> None:
    assert found(line) == [[name]]


def test_what_it_finds_is_known_in_the_whole_session() -> None:
    assert found("i asked dawn if she would feed the cat", "dawn's back on monday") == [["dawn"], ["dawn"]]


@pytest.mark.parametrize(
    "line",
    [
        "I took 20 milligrams twice a day and my score was 14.",
        "My blood pressure was 140 over 90 on Tuesday.",
        "i slept for four hours and then i walked three miles",
        "i take fifty milligrams in the morning and twenty five at night",
        "On a scale of nought to ten I would say a six.",
        "That was at [inaudible 00:04:13] and then we left at 10:30.",
        "she left her bag in the chapel and rose from the chair",
        "my uncle may drive us and the neighbour will bring a cake",
    ],
)
def test_ordinary_talk_with_numbers_and_doses_stays(line: str) -> None:
    assert found(line) == [[]]


def test_figures_after_an_account_number_stay_where_they_are_an_amount() -> None:
    assert found("The account number is 40117726.", "The invoice came to 3,150 pounds.") == [["40117726"], []]


def test_it_finds_the_same_twice() -> None:
    lines = ["Then we had tea with Ottoline and Fitch at the allotment.", "It was cold, and we went home by bus."]
    once, twice = judged(lines, True), judged(lines, True)
    assert all(bool((one.likely == other.likely).all()) for one, other in zip(once, twice, strict=True))


def test_without_the_model_folder_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(states, "folder", lambda: tmp_path / "nowhere")
    states.encoder.cache_clear()
    with pytest.raises(ModelError, match="install again"):
        replaced(["We had tea with Ottoline."])
