"""What the word-processor readers have in common, over all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.readers import papers
from tests.readers.asking import complaint, one
from transcript_rapport.readers import Source

Rows = Sequence[Sequence[str]]
FORMS = {"a.docx": "Word document", "a.odt": "OpenDocument text", "a.rtf": "rich text", "a.pdf": "PDF"}


def _of_lines(name: str, lines: Sequence[str]) -> bytes:
    makers: dict[str, Callable[[Sequence[str]], bytes]] = {
        "a.docx": papers.word,
        "a.odt": lambda lines: papers.odt(papers.odt_body(lines)),
        "a.rtf": papers.rtf,
        "a.pdf": papers.pdf,
    }
    return makers[name](lines)


def _of_table(name: str, rows: Rows) -> bytes:
    makers: dict[str, Callable[[Rows], bytes]] = {
        "a.docx": lambda rows: papers.word(tables=[rows]),
        "a.odt": lambda rows: papers.odt(papers.odt_body(tables=[rows])),
        "a.rtf": lambda rows: papers.rtf(tables=[rows]),
        "a.pdf": lambda rows: papers.pdf(["\t".join(row) for row in rows]),
    }
    return makers[name](rows)


@pytest.mark.parametrize("style", papers.STYLES)
@pytest.mark.parametrize("name", FORMS)
def test_one_talk_laid_out_in_many_ways(name: str, style: str) -> None:
    session = one(name, _of_lines(name, papers.STYLES[style]))
    assert [(u.speaker, u.text) for u in session] == papers.TALK
    assert [u.start_ms for u in session] == ([3000, 7000, 12_000] if style in papers.TIMED else [None] * 3)
    assert session.format == FORMS[name] + (" (Otter)" if style == "Otter" else "")
    assert any("notice of Otter" in note for note in session.notes) == (style == "Otter")


@pytest.mark.parametrize("table", papers.TABLES)
@pytest.mark.parametrize("name", FORMS)
def test_one_talk_in_tables(name: str, table: str) -> None:
    session = one(name, _of_table(name, papers.TABLES[table]))
    assert [(u.speaker, u.text) for u in session] == papers.TALK
    assert [u.start_ms for u in session] == [3000, 7000, 12_000]


@pytest.mark.parametrize("name", FORMS)
def test_a_page_of_headings_is_left_out_and_told(name: str) -> None:
    lines = ["Session 3", "Date: 12 March", "", "", "T: Hello.", "C: Hi.", "T: So."]
    session = one(name, _of_lines(name, lines))
    assert [u.text for u in session] == ["Hello.", "Hi.", "So."]
    assert "before the first speaker, left out" in session.notes[-1]
    assert session.notes[-1].startswith("page 1:" if name == "a.pdf" else "paragraphs 1, 2:")


@pytest.mark.parametrize("name", FORMS)
def test_bold_words_in_speech_are_no_speakers(name: str) -> None:
    lines = [
        "T: Hello.",
        "C: It was",
        "**awful** and I mean",
        "**awful** all week.",
        "T: Awful.",
        "C: Yes.",
        "T: Go on.",
    ]
    session = one(name, _of_lines(name, lines))
    assert session.speakers == ("T", "C")
    assert session[1].text == "It was awful and I mean awful all week."


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        (["T: Hello.", "T: Anybody there?"], "only 'T' speaks"),
        (["Just some words", "and some more."], "no speaker labels were found"),
        (["T:", "C:"], "nobody says anything"),
    ],
)
def test_documents_that_are_no_transcript(name: str, lines: list[str], seen: str) -> None:
    assert seen in complaint(name, _of_lines(name, lines))


@pytest.mark.parametrize("name", [name for name in FORMS if name != "a.pdf"])
def test_an_empty_document(name: str) -> None:
    assert "there are no words in it" in complaint(name, _of_lines(name, ["", " "]))


@pytest.mark.parametrize("name", FORMS)
def test_content_decides_and_not_the_name(name: str) -> None:
    session = one("a.txt", _of_lines(name, papers.STYLES["typed"]))
    assert len(session) == 3
    assert session.notes[0] == f"named .txt but holds {FORMS[name]}; read as that"


@pytest.mark.parametrize("name", FORMS)
def test_times_that_run_backwards_are_refused_with_their_place(name: str) -> None:
    told = complaint(name, _of_lines(name, ["[00:10] T: Hello.", "[00:05] C: Hi.", "[00:01] T: So."]))
    assert told.startswith(f"{name}, page 1:" if name == "a.pdf" else f"{name}, paragraph 2:")


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.pdf"])
def test_every_cut_gets_its_sentence_or_is_read(name: str) -> None:
    data = _of_lines(name, papers.STYLES["typed"])
    for share in (0.02, 0.2, 0.5, 0.9):
        told = complaint(name, data[: int(len(data) * share)])
        assert "damaged" in told or "text layer" in told


_WORD = st.text(st.characters(whitelist_categories=("Ll", "Lu"), max_codepoint=0x24F), min_size=1, max_size=8)
_PLAIN_WORD = st.text("abcdefghijklmnopqrstuvwxyzéñü'", min_size=1, max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@pytest.mark.parametrize("name", FORMS)
def test_every_word_of_every_turn_is_kept_in_order(name: str, data: st.DataObject) -> None:
    word = _PLAIN_WORD if name == "a.pdf" else _WORD
    turns = data.draw(st.lists(st.lists(word, min_size=1, max_size=20), min_size=2, max_size=12))
    # Six words a line, so that a turn goes on over lines.
    lines = [
        ("TC"[index % 2] + ": " if at == 0 else "") + " ".join(turn[at : at + 6])
        for index, turn in enumerate(turns)
        for at in range(0, len(turn), 6)
    ]
    session = one(name, _of_lines(name, lines))
    assert [u.text.split() for u in session] == turns
    assert [u.speaker for u in session] == ["TC"[index % 2] for index in range(len(turns))]


def test_an_extract_knows_where_its_lines_stand() -> None:
    extract = Source("a.docx", b"").extract([(3, "one"), (3, "two"), (8, "three")], "paragraph")
    assert extract.lines == ["one", "two", "three"]
    assert [extract.place(line) for line in (1, 2, 3)] == [3, 3, 8]
    assert str(extract.error("odd", at=("line", 3))) == "a.docx, paragraph 8: odd"


TABLES = {
    "process recording": [
        ["Supervisor", "Interview content (verbatim dialogue)", "My feelings", "Analysis"],
        *([f"{who}: {words}" if at == 1 else "calm" for at in range(4)] for who, words in papers.TALK),
    ],
    "a column for every speaker": [
        *(["Therapist", "Client", "Skill"], ["How was the week?", "Long. Very long.", "open question"]),
        ["Long, and you got here.", "", ""],
    ],
    "a heading nobody knows": [
        ["No.", "Voice of", "Narrative", "Code"],
        *([str(at), *papers.TALK[at % 3], "OQ"] for at in range(9)),
    ],
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.rtf"])
def test_tables_of_training_courses(name: str, table: str) -> None:
    session = one(name, _of_table(name, TABLES[table]))
    assert [(u.speaker, u.text) for u in session][:3] == papers.TALK
    assert len(session) in {3, 9}
