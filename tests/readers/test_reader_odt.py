import pytest

from tests.readers import papers
from tests.readers.asking import complaint, one, said


def test_lists_sections_links_and_headings() -> None:
    body = (
        "<text:h>T: Hello.</text:h><text:section><text:p>C: Hi <text:a>there</text:a>.</text:p></text:section>"
        "<text:list><text:list-item><text:p>T: So.</text:p></text:list-item></text:list>"
    )
    assert said("a.odt", papers.odt(body)) == [("T", "Hello."), ("C", "Hi there."), ("T", "So.")]


def test_notes_comments_and_deleted_words_are_no_talk() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:p>T: Never.</text:p></text:changed-region>"
        "</text:tracked-changes><text:p>T: Hello<office:annotation><text:p>why?</text:p></office:annotation>.</text:p>"
        "<text:p>C: Hi<text:note><text:note-body><text:p>laughs</text:p></text:note-body></text:note>.</text:p>"
    )
    assert said("a.odt", papers.odt(body)) == [("T", "Hello."), ("C", "Hi.")]


def test_blanks_as_the_format_counts_them() -> None:
    body = "<text:p>T:\n   Hello\n   you.</text:p><text:p>C:<text:s text:c='3'/>Hi.</text:p>"
    assert said("a.odt", papers.odt(body)) == [("T", "Hello you."), ("C", "Hi.")]


def test_a_document_as_one_xml_file() -> None:
    session = one("a.fodt", papers.flat_odt(papers.odt_body(papers.STYLES["bold"])))
    assert [(u.speaker, u.text) for u in session] == papers.TALK
    assert session.format == "OpenDocument text"


@pytest.mark.parametrize(
    "members",
    [{"META-INF__manifest_xml": "<file-entry><encryption-data/></file-entry>"}, {"encrypted-package": "x"}],
)
def test_a_locked_document(members: dict[str, str]) -> None:
    assert "locked with a password" in complaint("a.odt", papers.odt("", **members))


@pytest.mark.parametrize("content", ["", "<a", "<a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a>" * 50_000])
def test_content_that_is_no_document(content: str) -> None:
    told = complaint("a.odt", papers.odt("").replace(b"content.xml", b"cantent.xml"))
    assert "damaged" in told
    told = complaint(
        "a.fodt", content.replace("<a", "<office:document application/vnd.oasis.opendocument.text ", 1) or "<"
    )
    assert told
