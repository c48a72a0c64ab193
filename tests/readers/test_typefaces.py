"""Transcripts in which bold or italics is all that tells one person from the other, with invented talk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import docx
import pytest

from tests.readers import papers
from tests.readers.asking import complaint, one, said, times
from tests.readers.test_reader_word import saved
from transcript_rapport.roles import assign

BOLD, PLAIN, ITALICS = "Speaker in bold", "Speaker in plain", "Speaker in italics"
TALK = [
    ("asks", "How was the week?"),
    ("tells", "Long. It rained: all week."),
    ("asks", "And you still got here. What helped?"),
    ("tells", "My sister drove. Homework: I did it."),
    ("asks", "That sounds like a good sister."),
    ("tells", "She is."),
]


def _page(lines: Sequence[str]) -> bytes:
    made = (papers.ITALIC.sub(r"<em>\1</em>", papers.BOLD.sub(r"<b>\1</b>", escape(line))) for line in lines)
    return f"<html><body>{''.join(f'<p>{line}</p>' for line in made)}</body></html>".replace("\n", "<br>").encode()


MAKERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "a.docx": papers.word,
    "a.odt": lambda lines: papers.odt(papers.odt_body(lines)),
    "a.rtf": papers.rtf,
    "a.html": _page,
}


def _lines(mark: str, other: str = "") -> list[str]:
    return [f"{mark}{text}{mark}" if who == "asks" else f"{other}{text}{other}" for who, text in TALK]


@pytest.mark.parametrize(
    ("mark", "other", "names"),
    [("**", "", (BOLD, PLAIN)), ("~~", "", (ITALICS, PLAIN)), ("**", "~~", (BOLD, ITALICS))],
)
@pytest.mark.parametrize("name", MAKERS)
def test_letters_tell_two_people_apart(name: str, mark: str, other: str, names: tuple[str, str]) -> None:
    session = one(name, MAKERS[name](_lines(mark, other)))
    assert [(u.speaker, u.text) for u in session] == [(names[who == "tells"], text) for who, text in TALK]
    assert session.notes == (
        f"nobody is named; who speaks was told by the letters: what stands wholly in {names[0][11:]} is one person "
        f"('{names[0]}'), all else the other ('{names[1]}')",
    )


@pytest.mark.parametrize("name", MAKERS)
def test_turns_over_paragraphs_and_lines_with_stress_and_slips(name: str) -> None:
    lines = [
        *("**How was the week?**", "Long. It was **awful**.\nIt rained.", "It rained all week.", ""),
        *("**And you got here.**", "**What** **helped?**", "My sister.", "**A good sister,** so", "Yes."),
        *("**And now?**\nTired.", "**So we stop.**", "…"),
    ]
    told = said(name, MAKERS[name](lines))
    assert told == [
        (BOLD, "How was the week?"),
        (PLAIN, "Long. It was awful. It rained. It rained all week."),
        (BOLD, "And you got here. What helped?"),
        (PLAIN, "My sister."),
        (BOLD, "A good sister, so"),
        (PLAIN, "Yes."),
        (BOLD, "And now?"),
        (PLAIN, "Tired."),
        (BOLD, "So we stop. …"),
    ]


@pytest.mark.parametrize("name", MAKERS)
def test_titles_are_no_talk(name: str) -> None:
    lines = ["**Interview 3**", "Recorded with M.", "", *_lines("**")]
    lines[7:7] = ["**The family**"]
    lines += ["End of recording", "Typed by M."]
    session = one(name, MAKERS[name](lines))
    assert [u.text for u in session] == [text for _, text in TALK]
    blank = name != "a.html"  # of which a page has no paragraphs
    assert session.notes[1:] == (
        f"paragraph {8 - (not blank)}: a heading, left out",
        "paragraphs 1, 2: before the talk or in a table beside it, left out",
        f"paragraphs {11 - (not blank)}, {12 - (not blank)}: after the talk, left out",
    )


def test_headings_of_a_document_are_no_talk() -> None:
    document = docx.Document()
    document.add_heading("What helps?", 1)
    for at, (who, text) in enumerate(TALK):
        document.add_paragraph().add_run(text).bold = who == "asks"
        if at == 2:
            document.add_heading("The sister.", 2)
    session = one("a.docx", saved(document))
    assert [u.text for u in session] == [text for _, text in TALK]
    assert session.notes[1] == "paragraphs 1, 5: a heading, left out"


def test_headings_of_a_page_are_no_talk() -> None:
    page = (
        _page(_lines("**")).decode().replace("<p>", "<h1>Why?</h1><p>", 1).replace("</body>", "<h2>More.</h2></body>")
    )
    assert [text for _, text in said("a.html", page)] == [text for _, text in TALK]


@pytest.mark.parametrize("kind", [r"\outlinelevel0 ", r"\outlinelevel9 "])
def test_headings_of_rich_text_are_no_talk(kind: str) -> None:
    data = papers.rtf(_lines("**")).replace(
        b"{\\b How", b"\\pard" + kind.encode() + b"{\\b Why so?}\\par\\pard {\\b How"
    )
    assert len(said("a.rtf", data)[0][1].split()) == (4 if "0" in kind else 6)


def test_bold_of_a_paragraphs_style() -> None:
    document = docx.Document()
    style = document.styles.add_style("Question", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.font.bold = True
    for who, text in TALK:
        document.add_paragraph(text, style="Question" if who == "asks" else None)
    assert said("a.docx", saved(document))[0] == (BOLD, TALK[0][1])


def test_times_of_the_paragraphs() -> None:
    timed = [line.replace(TALK[at][1], f"[00:0{at}] {TALK[at][1]}") for at, line in enumerate(_lines("**"))]
    assert times("a.docx", papers.word(timed))[:2] == [(BOLD, 0, None), (PLAIN, 1000, None)]
    above = [part for at, line in enumerate(_lines("~~")) for part in (f"00:0{at}", line)]
    assert times("a.docx", papers.word(["My talk", *above]))[:2] == [(ITALICS, 0, None), (PLAIN, 1000, None)]


def test_a_line_that_is_half_in_bold_is_told() -> None:
    lines = _lines("**") * 4
    lines[2] = "**And you still got here.** What helped?"
    assert one("a.docx", papers.word(lines)).notes[1] == (
        "paragraph 3: partly in bold, given to whom most of the letters point"
    )


NO_TALK = {
    "headings above text": [
        *("**Sleep**", "She sleeps badly. Why?", "**Food**", "He eats well."),
        *("**Work**", "None."),
    ],
    "stress": ["How was it?", "Long, **very** long.", "And now?", "**Tired.**", "Well.", "So."],
    "one change": ["**How was it?**", "Long.", "It rained."],
    "statements": ["**Get enough sleep.**", "It helps.", "**Eat well.**", "Do it daily.", "**Walk.**", "Far."],
    "half bold": ["**How was** it now?", "Long.", "**And** you?", "Well.", "**And so** on?", "Yes."],
    "three faces": [*_lines("**"), *(f"~~{text}~~" for _, text in TALK[:2])],
    "all bold": [f"**{text}**" for _, text in TALK],
}


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("kind", NO_TALK)
def test_other_pages_are_refused_as_before(name: str, kind: str) -> None:
    assert "no speaker labels were found" in complaint(name, MAKERS[name](NO_TALK[kind]))


@pytest.mark.parametrize("name", MAKERS)
def test_labels_come_before_letters(name: str) -> None:
    lines = [f"**T: {text}**" if who == "asks" else f"C: {text}" for who, text in TALK]
    assert one(name, MAKERS[name](lines)).speakers == ("T", "C")


def test_the_practitioner_is_found_by_what_is_said() -> None:
    session = assign(one("a.docx", papers.word(_lines("**") * 3)))
    assert session.speakers == (BOLD, PLAIN)
    assert session.labels("practitioner") == (BOLD,)
