"""Words joined to speakers, on invented word times."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from transcript_rapport.recordings.joining import Said, Word, join
from transcript_rapport.recordings.segments import Segment

TALK = [Segment(0, 0, 2000), Segment(1, 1800, 4000), Segment(0, 6000, 7000)]


def test_words_go_to_who_speaks_most_during_them() -> None:
    words = [Word("So", 100, 900), Word("then?", 1500, 1900), Word("Well", 1950, 2300), Word("yes.", 2400, 2800)]
    said, unheard = join(words, TALK)
    assert said == [Said(0, "So then?", 100, 1900), Said(1, "Well yes.", 1950, 2800)]
    assert unheard == []


def test_words_in_silence_are_left_out() -> None:
    said, unheard = join([Word("Hello", 100, 400), Word("Thanks for watching", 4800, 5500)], TALK)
    assert [s.text for s in said] == ["Hello"]
    assert [w.text for w in unheard] == ["Thanks for watching"]


def test_a_word_just_beside_speech_is_believed() -> None:
    said, _ = join([Word("Oh", 5850, 5950)], TALK)
    assert said == [Said(0, "Oh", 5850, 5950)]


def test_a_long_pause_begins_a_new_utterance() -> None:
    said, _ = join([Word("One", 0, 200), Word("two", 1500, 1700)], TALK)
    assert [s.text for s in said] == ["One", "two"]


segments = st.lists(
    st.builds(lambda who, a, n: Segment(who, a, a + n), st.integers(0, 2), st.integers(0, 5000), st.integers(1, 3000)),
    max_size=12,
)
words = st.lists(
    st.builds(lambda a, n: Word(f"w{a}", a, a + n), st.integers(0, 8000), st.integers(0, 600)), max_size=20
)


@settings(deadline=None)
@given(words, segments)
def test_no_word_is_lost_or_doubled(spoken: list[Word], who: list[Segment]) -> None:
    said, unheard = join(spoken, who)
    kept = [text for s in said for text in s.text.split()]
    assert sorted([*kept, *(w.text for w in unheard)]) == sorted(w.text for w in spoken)
    for word in unheard:
        assert all(s.end + 200 <= word.start or s.start - 200 >= max(word.end, word.start + 1) for s in who)
