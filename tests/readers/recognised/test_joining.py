"""What holds for the words of every recogniser."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from transcript_rapport.readers.recognised import stock
from transcript_rapport.readers.recognised.joining import utterances
from transcript_rapport.readers.recognised.words import Word
from transcript_rapport.readers.rows import Row

TIMES = st.none() | st.integers(0, 100_000)
WORDS = st.builds(
    Word,
    text=st.sampled_from(["so", "well", ",", "2014", "unbelievable", "?", "-five"]),
    start_ms=TIMES,
    end_ms=TIMES,
    speaker=st.sampled_from(["", "A", "B"]),
    channel=st.sampled_from(["", "Channel 1"]),
    begins=st.booleans(),
    glued=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_no_word_is_lost_and_time_never_decreases(words: list[Word]) -> None:
    rows, _ = utterances(words)
    assert Counter("".join(w.text for w in words)) == Counter("".join(r.text for r in rows).replace(" ", ""))
    starts = [row.start_ms for row in rows if row.start_ms is not None]
    assert starts == sorted(starts)
    assert all(row.end_ms >= row.start_ms for row in rows if row.start_ms is not None and row.end_ms is not None)


def test_stretched_words_keep_the_end_beside_their_neighbour() -> None:
    words = [
        Word("Yes", 0, 300, "A"),
        Word("so", 300, 9_000, "A"),
        Word("well", 20_000, 29_700, "B"),
        Word("now", 29_700, 30_000, "B"),
    ]
    rows, notes = utterances(words)
    assert [(row.text, row.start_ms, row.end_ms) for row in rows] == [("Yes so", 0, 840), ("well now", 28_920, 30_000)]
    assert notes == ["words 2, 3: stretched over silence, shortened to what the letters allow"]


def test_a_pause_or_a_segment_begins_an_utterance() -> None:
    words = [Word("a", 0, 100), Word("b", 1_600, 1_700), Word("c", 3_201, 3_300), Word("d", 3_300, 3_400, begins=True)]
    assert [row.text for row in utterances(words)[0]] == ["a b", "c", "d"]


def test_stock_phrases_and_loops_are_noted_but_talk_is_not() -> None:
    said = ["Thank you for watching!", "Subtitles by the Amara.org community", "www.example.org", "♪♪"]
    assert stock.notes([Row(n, "A", text) for n, text in enumerate(said, 1)])[0].startswith("lines 1, 2, 3, 4: a stock")
    same = [Row(n, "A", "I am not sure.", n * 1000) for n in range(3)]
    assert "again and again" in stock.notes(same)[0]
    assert "again and again" in stock.notes([Row(1, "A", "I know. " * 9)])[0]
    talk = ["Thank you.", "Thanks for listening to me today, it helped.", "Yeah.", "Yeah.", "Yeah.", "No, no, no."]
    assert stock.notes([Row(n, "A", text) for n, text in enumerate(talk)]) == []
