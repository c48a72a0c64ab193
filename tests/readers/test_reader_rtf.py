import pytest

from tests.readers import papers
from tests.readers.asking import complaint, one, said

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0"


def rich(body: str, head: str = HEAD) -> bytes:
    return f"{head} {body}}}".encode("cp1252")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (r"caf\'e9", "café"),
        ("café", "café"),
        (r"caf\u233?", "café"),
        (r"caf\uc2\u233\'3f\'3f s", "café s"),
        (r"caf\uc0\u233 s", "cafés"),
        (r"\u-10179?\u-8704? yes", "😀 yes"),
        (r"\ldblquote no\rdblquote  I don\rquote t", "“no” I don’t"),
        (r"a\{b\}\\c", r"a{b}\c"),
        (r"well\~then\_so\-me", "well then-some"),
        (r"bro\b ken\b0  up", "broken up"),
        (r"seen{\v hidden}{\deleted gone}.", "seen."),
        (r"a{\*\unknown b}{\footnote c}{\pict\bin3 }}}d}e", "ae"),
        (r"a{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}", "alink"),
        ("one\r\n two", "one two"),
    ],
)
def test_letters_and_commands(body: str, words: str) -> None:
    assert said("a.rtf", rich(rf"T: Hello.\par C: {body}\par T: So.")) == [("T", "Hello."), ("C", words), ("T", "So.")]


@pytest.mark.parametrize(
    ("head", "code", "letter"),
    [
        (r"{\rtf1\mac", r"\'8e", "é"),
        (r"{\rtf1\ansi\ansicpg1251", r"\'e6", "ж"),
        (r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}\f1", r"\'e6", "ж"),
        (r"{\rtf1\ansi\ansicpg932", r"\'82\'a0", "あ"),
        (r"{\rtf1\ansi\ansicpg65001", r"\'c3\'a9", "é"),
        (r"{\rtf1\ansi\ansicpg99999", r"\'e9", "é"),
    ],
)
def test_code_pages(head: str, code: str, letter: str) -> None:
    assert said("a.rtf", rich(rf"T: Hello.\par C: {code}", head))[1] == ("C", letter)


def test_letters_that_do_not_exist_are_told() -> None:
    session = one("a.rtf", rich(r"T: Hello.\par C: Hi \'81."))
    assert session[1].text == "Hi �."
    assert session.notes == ("some letters could not be read and became �",)


def test_paragraphs_as_textedit_writes_them() -> None:
    body = "\\f0\\fs24 \\cf0 T: Hello.\\\n\\\nC: Hi.\\\nT: So."
    assert said("a.rtf", rich(body)) == [("T", "Hello."), ("C", "Hi."), ("T", "So.")]


def test_a_document_that_breaks_off_is_told() -> None:
    data = papers.rtf(papers.STYLES["typed"])
    session = one("a.rtf", data[:-12])
    assert len(session) == 3
    assert "breaks off" in session.notes[0]


def test_a_table_that_breaks_off_keeps_its_words() -> None:
    body = r"T: Hello.\par C: Hi.\par \trowd\pard\intbl T: So\cell it is"
    assert said("a.rtf", rich(body))[-1] == ("T", "So it is")


@pytest.mark.parametrize("hostile", ["{" * 100_000, "}" * 100_000, r"\b" * 100_000, r"\'e9" * 100_000, r"\u1" * 99_999])
def test_hostile_commands_get_a_sentence(hostile: str) -> None:
    complaint("a.rtf", rich(hostile))
