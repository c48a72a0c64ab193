import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from tests.readers import papers
from tests.readers.asking import complaint, one, said, times
from tests.readers.test_reading import CORPORA, needs_corpora
from transcript_rapport.readers import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def test_teams_with_names_times_and_soft_breaks() -> None:
    lines = [
        *("Weekly session", "March 3, 2025, 2:00PM", "32m 5s", "Dr Lee started transcription"),
        *("Dr Lee   0:03\nHow was the week?", "Susan Hart   0:07\nLong.\nVery long.", "Dr Lee   1:00:02\nLong."),
        "Dr Lee stopped transcription",
    ]
    session = one("a.docx", papers.word(lines))
    assert [(u.speaker, u.text) for u in session] == [
        ("Dr Lee", "How was the week?"),
        ("Susan Hart", "Long. Very long."),
        ("Dr Lee", "Long."),
    ]
    assert [u.start_ms for u in session] == [3000, 7000, 3_602_000]
    assert session.format == "Word document (Teams)"
    assert session.notes == (
        "paragraphs 4, 8: a notice of Teams, left out",
        "paragraphs 1, 2, 3: before the first speaker, left out",
    )


def test_teams_with_cues_in_paragraphs() -> None:
    lines = [
        "0:0:0.0 --> 0:0:1.510\nDr Lee\nSlept well?",
        "0:0:3.270 --> 0:0:4.250\nSusan Hart\nUmm.",
        "0:0:5.0 --> 0:0:6.0\nDr Lee\nNot so well.",
    ]
    data = papers.word(lines)
    assert one("a.docx", data).format == "Word document (Teams)"
    assert times("a.docx", data)[1] == ("Susan Hart", 3270, 4250)


def test_bold_that_comes_from_a_style() -> None:
    document = docx.Document()
    for name, words in papers.TALK:
        paragraph = document.add_paragraph()
        paragraph.add_run(name, style="Strong")
        paragraph.add_run(f" {words}")
    assert said("a.docx", saved(document)) == papers.TALK


def test_names_as_headings() -> None:
    document = docx.Document()
    for name, words in papers.TALK:
        document.add_heading(name, 2)
        document.add_paragraph(words)
    assert said("a.docx", saved(document)) == papers.TALK


def test_tracked_changes_links_and_fields_as_they_stand_on_the_page() -> None:
    document = docx.Document()
    document.add_paragraph("T: Hello.")
    xml = f"""<w:p {W}><w:r><w:t xml:space="preserve">C: I </w:t></w:r>
      <w:ins><w:r><w:t xml:space="preserve">really </w:t></w:r></w:ins>
      <w:del><w:r><w:delText>hardly </w:delText></w:r></w:del>
      <w:moveFrom><w:r><w:t>gone </w:t></w:r></w:moveFrom>
      <w:smartTag><w:r><w:t>slept</w:t></w:r></w:smartTag><w:r><w:instrText>PAGE</w:instrText></w:r>
      <w:hyperlink><w:r><w:t xml:space="preserve"> at home</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>"""
    document.element.body.insert(1, parse_xml(xml))
    inside = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>T: Good.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(2, parse_xml(inside))
    assert said("a.docx", saved(document)) == [("T", "Hello."), ("C", "I really slept at home."), ("T", "Good.")]


def test_heads_and_feet_of_pages_are_ignored() -> None:
    data = papers.word(papers.STYLES["typed"], head="Clinic: private")
    assert said("a.docx", data) == papers.TALK


def test_a_table_around_the_whole_talk() -> None:
    talk = "\n".join(papers.STYLES["typed"])
    assert said("a.docx", papers.word(tables=[[(talk,)]])) == papers.TALK


def test_a_table_of_particulars_above_a_table_of_talk() -> None:
    particulars = [("Date", "12 March"), ("Therapist", "Dr Lee"), ("Client", "M.")]
    session = one("a.docx", papers.word(["Session 3"], [particulars, papers.TABLES["header"]]))
    assert [(u.speaker, u.text) for u in session] == papers.TALK
    assert session.notes == ("paragraphs 1, 2, 3, 4: outside the table of talk, left out",)


def test_a_table_of_figures_beside_the_talk() -> None:
    figures = [("Speaker", "Words"), ("Therapist", "9"), ("Client", "3")]
    session = one("a.docx", papers.word(papers.STYLES["typed"], [figures]))
    assert [(u.speaker, u.text) for u in session][:3] == papers.TALK


def test_a_table_with_a_column_of_codes_and_an_empty_speaker() -> None:
    rows = [("Speaker", "Text", "Code"), ("T", "Hello.", "GI"), ("C", "Hi.", ""), ("", "Well.", "N"), ("T", "So.", "")]
    session = one("a.docx", papers.word(tables=[rows]))
    assert [(u.speaker, u.text) for u in session] == [("T", "Hello."), ("C", "Hi."), ("C", "Well."), ("T", "So.")]
    assert session.notes == ("columns left out: Code",)


def test_a_table_without_a_header_goes_on_over_rows() -> None:
    rows = [("T", "Hello."), ("C", "Hi."), ("", "Well."), ("T", "So.")]
    assert said("a.docx", papers.word(tables=[rows])) == [("T", "Hello."), ("C", "Hi. Well."), ("T", "So.")]


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (OLD + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (OLD + "WordDocument".encode("utf-16-le"), "an old Word document; expected a .docx file"),
        (b"PK\x03\x04 word/document.xml", "the file is damaged"),
    ],
)
def test_documents_that_cannot_be_opened(data: bytes, seen: str) -> None:
    assert seen in complaint("a.docx", data)


def test_damage_inside_the_package() -> None:
    for name in ("word/document.xml", "[Content_Types].xml", "_rels/.rels"):
        for content in (None, b"", b"<w:p>", b"<a/>"):
            told = complaint("a.docx", _with_member(papers.word(papers.STYLES["typed"]), name, content))
            assert "damaged" in told or "no words" in told


def test_a_package_that_unpacks_to_too_much() -> None:
    bomb = _with_member(papers.word(["T: Hi."]), "word/media/image1.png", b"\0" * 301_000_000)
    assert len(bomb) < 1_000_000
    assert "the document unpacks to" in complaint("a.docx", bomb)


def test_entities_are_not_resolved() -> None:
    laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    xml = f"{laughs}<w:document {W}><w:body><w:p><w:r><w:t>T: &b;</w:t></w:r></w:p></w:body></w:document>"
    told = complaint("a.docx", _with_member(papers.word(["T: Hi."]), "word/document.xml", xml.encode()))
    assert "a.docx" in told


@needs_corpora
def test_a_real_export_of_teams() -> None:
    (session,) = read(CORPORA / "formats" / "teams" / "teams_chat.docx")
    assert len(session) == 2
    assert session.has_ends
    assert session.format == "Word document (Teams)"


def saved(document: "docx.document.Document") -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _with_member(data: bytes, name: str, content: bytes | None) -> bytes:
    """The package with one member replaced, or without it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        if content is not None:
            new.writestr(name, content)
    return made.getvalue()
