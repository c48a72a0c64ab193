import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcript_rapport import statements
from transcript_rapport.errors import ModelError
from transcript_rapport.statements import CUES, LONGEST, WEIGHTS, Boundaries, boundaries, split, units

SPOKEN = (
    "so you went to the shop on friday and you told yourself it would only be one bottle but then your brother rang "
    "and that brought the whole argument back what was going through your mind at that moment"
)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


def test_sentences_where_it_is_punctuated() -> None:
    assert cut("Okay. So you came by bus? That took a while...") == [
        "Okay.",
        "So you came by bus?",
        "That took a while...",
    ]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("Mm. [silence, 2 minutes] Okay. What now?", ["Mm.", "[silence, 2 minutes] Okay.", "What now?"]),
        ("All right. [unintelligible], are you worried?", ["All right.", "[unintelligible], are you worried?"]),
        ("I left (she told me. twice) early. [crosstalk]", ["I left (she told me. twice) early. [crosstalk]"]),
        ("[She cries. He waits.]", ["[She cries. He waits.]"]),
    ],
)
def test_a_note_in_brackets_is_neither_cut_nor_a_statement_beside_words(text: str, statements: list[str]) -> None:
    assert [text[start:end] for start, end in split(text)] == statements


def test_titles_do_not_end_a_sentence() -> None:
    assert cut("Hello, I'm Dr. Adeyemi. Have a seat.") == ["Hello, I'm Dr. Adeyemi.", "Have a seat."]


def test_a_long_sentence_with_marks_stays_one() -> None:
    text = (
        "When you told me about the garden, and how your sister used to come by on Sundays with the dog, I had the "
        "feeling that it was the company you missed, more than the work, and that the tomatoes were never the point."
    )
    assert cut(text) == [text]


def test_thought_units_where_it_is_not() -> None:
    found = cut(SPOKEN)
    assert len(found) > 1
    assert all(len(unit.split()) <= LONGEST for unit in found)
    assert any(unit.startswith("what was going") for unit in found)


def test_a_short_turn_without_marks_is_cut_too() -> None:
    assert cut("thank you for coming in today how are you feeling") == [
        "thank you for coming in today",
        "how are you feeling",
    ]


def test_a_lone_sign_is_never_a_statement() -> None:
    found = cut("= we talked about the bus = and then about the rain = " * 12)
    assert all(any(letter.isalpha() for letter in unit) for unit in found)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_to_cut(text: str) -> None:
    assert split(text) == []


@pytest.mark.parametrize("text", ["lorry " * 500, "kettle" * 5_000, "= " * 2_000, "ä ö ü " * 300])
def test_any_stretch_is_cut_into_units_of_bearable_length(text: str) -> None:
    found = cut(text)
    assert " ".join(found).split() == text.split()
    assert all(sum(any(c.isalnum() for c in word) for word in unit.split()) <= LONGEST for unit in found)


@given(st.text(alphabet="ab .?!,-'\n…é", max_size=300))
def test_statements_are_in_order_and_lose_no_word(text: str) -> None:
    spans = split(text)
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(st.lists(st.sampled_from("okay so i you and but know what is the".split()), max_size=90))
def test_units_take_every_word_once(words: list[str]) -> None:
    sizes = units(words, boundaries())
    assert sum(sizes) == len(words)
    assert all(1 <= size <= LONGEST for size in sizes)


def test_units_end_where_the_model_says() -> None:
    tables = tuple({"so": 5.0} if cue == "1 after" else {} for cue in CUES)
    assert units("it rained so we stayed so we talked".split(), Boundaries(tables, -1.0)) == [2, 3, 3]


def test_the_weights_are_small_and_in_order() -> None:
    assert WEIGHTS.stat().st_size < 300_000
    tables = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    assert tuple(tables) == CUES
    assert all(list(table) == sorted(table) for table in tables.values())


@pytest.mark.parametrize("content", ["", "{}", '{"start": 1, "weights": 2}', "[]"])
def test_damaged_weights_are_one_clear_sentence(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "boundaries.json").write_text(content)
    monkeypatch.setattr(statements, "WEIGHTS", tmp_path / "boundaries.json")
    boundaries.cache_clear()
    with pytest.raises(ModelError, match=r"boundaries\.json: .*expected the weights of thought units"):
        boundaries()
    boundaries.cache_clear()


class TestSegmentation:
    """The figures that say how well cuts agree."""

    def test_a_boundary_is_met_once(self) -> None:
        from transcript_rapport.training.segmentation import met

        assert met([4, 5], [5], within=1) == 1
        assert met([4, 9], [5, 12], within=1) == 1
        assert met([4, 9], [4, 10], within=0) == 1

    def test_the_end_of_a_turn_is_no_boundary(self) -> None:
        from transcript_rapport.training.segmentation import cuts

        assert cuts([3, 2, 4]) == [3, 5]
        assert cuts([7]) == []

    def test_statements_of_mere_marks_count_for_nothing(self) -> None:
        from transcript_rapport.training.segmentation import Turn

        turn = Turn("annomi", 0, "client", ("Well...", "–", "I went, yes.", "Mm-hmm."))
        assert turn.bare() == "well i went yes mm-hmm"
        assert turn.cuts == [1, 4]

    def test_what_is_fitted_is_what_is_written(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from transcript_rapport.training.segmentation import Turn, fit, write

        parts = ("okay", "so the kettle was on", "and we had tea", "okay", "what happened then")
        turns = [Turn("hlqc", n % 10, "practitioner", parts[n % 3 :] + parts[: n % 3]) for n in range(60)]
        model = fit(turns)
        write(model, tmp_path / "boundaries.json")
        monkeypatch.setattr(statements, "WEIGHTS", tmp_path / "boundaries.json")
        boundaries.cache_clear()
        assert boundaries() == model
        assert units("okay so the kettle was on".split(), model) == [1, 5]
        boundaries.cache_clear()
