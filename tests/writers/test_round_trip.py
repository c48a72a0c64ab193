"""What is written is read back as the same utterances, in every format, or it is told."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcript_rapport import plugins, writers
from transcript_rapport.errors import ReadError
from transcript_rapport.readers import Source, read_source
from transcript_rapport.session import Session, Utterance

FORMATS = sorted(plugins.available("writers"))
every_format = pytest.mark.parametrize("name", FORMATS)
every_exact_format = pytest.mark.parametrize("name", [name for name in FORMATS if name != "text"])
"""Plain text cannot keep apart a name and words that look like one; what it loses, it tells."""

LETTERS = "abcdefgh ijkl mnop .,?!:;-–—'\"“”<>&{}()[]|/\\\t@*%+=~^_#0123456789éßЖ語עم🙂👩‍⚕️"
TEXTS = st.one_of(
    st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool),
    st.sampled_from(
        [
            "n/a",
            "So here's the thing: no.",
            "*CLI:\tquoted",
            "%mor: x",
            "@End",
            "</v> & <v Bob> <b>bold</b> &lt;",
            'He said "go", "now".',
            "IntervalTier",
            "00:00:01.000 --> 00:00:02.000",
            "WEBVTT",
            "{\\i1}slanted",
            "]]> <!-- --> &amp;",
            "well (.) xxx &-uh [//] +...",
            "[laughs] 🙂",
            "a  b\tc",
            "12",
            "=SUM(A1)",
        ]
    ),
)
NAMES = st.sampled_from(
    [
        "T",
        "C",
        "Therapist",
        "Dr. Lee",
        "Lee, Susan",
        "Speaker 1",
        "Speaker 2",
        "speaker_2",
        "mum & dad",
        "P:1",
        "Zoë",
        "李",
    ]
)


@st.composite
def sessions(draw: st.DrawFn, timed: bool) -> Session:
    """Two speakers or more; with times in order of their starts, each utterance at least 1 ms long."""
    speakers = draw(st.lists(NAMES, min_size=2, max_size=4, unique=True))
    # Lines that repeat each other without a pause look like captions rolling up a screen; those are told, not kept.
    texts = draw(st.lists(TEXTS, min_size=len(speakers), max_size=12, unique=True))
    starts = list(accumulate(draw(st.lists(st.integers(1, 9000), min_size=len(texts), max_size=len(texts)))))
    lasting = draw(st.lists(st.integers(1, 12_000), min_size=len(texts), max_size=len(texts)))
    who = [*speakers, *draw(st.lists(st.sampled_from(speakers), min_size=len(texts), max_size=len(texts)))]
    rows = zip(who, texts, starts, lasting, strict=False)
    spoken = [
        Utterance(i, name, text, start if timed else None, start + length if timed else None)
        for i, (name, text, start, length) in enumerate(rows)
    ]
    return Session("invented", tuple(spoken), "invented.txt")


def read_back(written: writers.Written, name: str) -> list[tuple[str, str, int | None, int | None]]:
    (found,) = read_source(Source("back" + writers.for_name(name).SUFFIX, written.text.encode()))
    return said(found)


def said(session: Session) -> list[tuple[str, str, int | None, int | None]]:
    return [(u.speaker, u.text, u.start_ms, u.end_ms) for u in session]


@every_exact_format
@settings(max_examples=40, deadline=None)
@given(session=sessions(timed=True))
def test_with_times_nothing_is_lost(name: str, session: Session) -> None:
    written = writers.write(session, writers.for_name(name))
    assert written.notes == ()
    assert read_back(written, name) == said(session)


@every_exact_format
@settings(max_examples=25, deadline=None)
@given(session=sessions(timed=False))
def test_without_times_they_are_asked_for_or_stay_open(name: str, session: Session) -> None:
    writer = writers.for_name(name)
    if not writer.NEEDS_TIMES:
        written = writers.write(session, writer)
        assert written.notes == ()
        assert read_back(written, name) == said(session)
        return
    with pytest.raises(ReadError, match=r"no times.*--invent-times"):
        writers.write(session, writer)
    written = writers.write(session, writer, invent_times=True)
    assert written.session.has_ends
    assert "times invented" in written.notes[0]
    if name == "vtt":  # it says so itself, and is read back without them
        assert read_back(written, name) == said(session)
        return
    assert "takes them for real" in written.notes[1]
    assert read_back(written, name) == said(written.session)
    assert [(u.speaker, u.text) for u in written.session] == [(u.speaker, u.text) for u in session]


@every_format
@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(st.text(max_size=15), min_size=2, max_size=6),
    speakers=st.lists(st.text(max_size=6), min_size=2, max_size=6),
)
def test_anything_at_all_survives_or_is_told(name: str, texts: list[str], speakers: list[str]) -> None:
    spoken = tuple(
        Utterance(i, speaker, text, i * 1000, i * 1000 + 900)
        for i, (speaker, text) in enumerate(zip(speakers, texts, strict=False))
    )
    session = Session("invented", spoken)
    written = writers.write(session, writers.for_name(name))
    if not written.notes:
        assert read_back(written, name) == said(session)


@every_format
def test_what_changed_is_said_with_its_place(name: str) -> None:
    lines = ["one\ntwo", " three ", "", "nul\x00", "six"]
    spoken = tuple(Utterance(i, "TC"[i % 2], text, i * 1000, i * 1000 + 900) for i, text in enumerate(lines))
    written = writers.write(Session("invented", spoken), writers.for_name(name))
    assert written.notes == (
        "utterances 0, 1: line breaks or space around the words became single spaces",
        "utterance 3: characters that no transcript file can hold, left out",
        "utterance 2: no words, left out",
    )
    assert [text for _, text, *_ in read_back(written, name)] == ["one two", "three", "nul", "six"]


@every_format
@settings(max_examples=20, deadline=None)
@given(
    who=st.lists(st.sampled_from("TCO"), min_size=4, max_size=10),
    lasting=st.lists(st.integers(1, 4), min_size=12, max_size=12),
)
def test_those_that_start_together_keep_their_order(name: str, who: list[str], lasting: list[int]) -> None:
    spoken = tuple(
        Utterance(i, label, f"Line {i}.", i // 3 * 9000, i // 3 * 9000 + lasting[i] * 1000)
        for i, label in enumerate(["T", "C", *who])
    )
    written = writers.write(Session("invented", spoken), writers.for_name(name))
    assert written.notes == ()
    assert read_back(written, name) == said(written.session)


@every_format
def test_an_order_that_start_times_do_not_have_is_told(name: str) -> None:
    times = ((0, 5000), (0, 1000), (6000, 7000))
    spoken = tuple(Utterance(i, "TCT"[i], f"Line {i}.", *times[i]) for i in range(3))
    written = writers.write(Session("invented", spoken), writers.for_name(name))
    in_order = read_back(written, name) == said(Session("invented", spoken))
    assert in_order == (not written.notes)
    assert in_order or "utterances 0, 1: in another place" in written.notes[0]


def test_half_a_time_survives_where_times_may_be_missing() -> None:
    spoken = (Utterance(0, "T", "So.", 1200), Utterance(1, "C", "Yes.", None, 2500), Utterance(2, "T", "Well.", 0, 0))
    session = Session("invented", spoken[:2])
    for name in ("chat", "csv", "json"):
        assert read_back(writers.write(session, writers.for_name(name)), name) == said(session)


def test_invented_times_keep_to_those_that_are_known() -> None:
    spoken = (
        Utterance(0, "T", "One two three four.", 1000),
        Utterance(1, "C", "Yes."),
        Utterance(2, "T", "So.", 2000),
        Utterance(3, "C", "And one and two and three.", 9000),
    )
    written = writers.write(Session("invented", spoken), writers.for_name("vtt"), invent_times=True)
    assert [(u.start_ms, u.end_ms) for u in written.session] == [
        (1000, 2000),
        (2000, 3000),
        (2000, 3000),
        (9000, 11400),
    ]
