import pytest
from fpdf import FPDF

from tests.readers import papers
from tests.readers.asking import complaint, one, said

LONG = [f"{'TC'[i % 2]}: We count to {['one', 'two', 'three'][i % 3]} and then on." for i in range(100)]
SPOKEN = [(line[0], line[3:]) for line in LONG]


def test_heads_feet_and_page_numbers_are_left_out_and_told() -> None:
    session = one("a.pdf", papers.pdf(LONG, head="Session 3, page {page}", foot="{page}"))
    assert [(u.speaker, u.text) for u in session] == SPOKEN
    assert session.notes == ("page heads left out: 'Session 3, page 1'; '1'",)


def test_words_that_recur_inside_the_talk_stay() -> None:
    lines = ["T: And?", "C: Mm."] * 60
    assert len(one("a.pdf", papers.pdf(lines))) == 120


def test_line_numbers_are_left_out_and_told() -> None:
    session = one("a.pdf", papers.pdf(LONG, numbered=True))
    assert [(u.speaker, u.text) for u in session] == SPOKEN
    assert session.notes == ("line numbers left out on 3 pages",)


def test_numbers_in_speech_stay() -> None:
    lines = ["T: How many?", "C: Ten or", "12 a day, then", "13 a day, then", "40 a week.", "T: A week.", "C: Yes."]
    assert said("a.pdf", papers.pdf(lines))[1] == ("C", "Ten or 12 a day, then 13 a day, then 40 a week.")


def test_two_columns_are_read_one_after_the_other() -> None:
    assert said("a.pdf", papers.pdf(LONG, columns=True)) == SPOKEN


def test_labels_that_stand_apart_are_no_column() -> None:
    lines = [line.replace(": ", "\t", 1) for line in LONG]
    assert said("a.pdf", papers.pdf(lines)) == SPOKEN


def test_words_divided_at_a_line_end_are_joined() -> None:
    lines = [
        *("T: We have talked about your sister many times, and about how unset-", "tled you were."),
        *("C: She rings me every single evening of the week, it is never a once-", "a-week thing."),
        *("T: Every evening. You said you feel self-conscious; is that the self-", "conscious part?"),
        *("C: No. I was go-", "I was gone."),
    ]
    session = one("a.pdf", papers.pdf(lines))
    assert session[0].text.endswith("unsettled you were.")
    assert session[2].text.endswith("self-conscious part?")
    assert session[3].text == "No. I was go- I was gone."
    assert "3 words divided" in session.notes[0]


def test_a_scanned_document() -> None:
    made = FPDF()
    made.add_page()
    made.rect(10, 10, 50, 50)
    made.add_page()
    told = complaint("a.pdf", bytes(made.output()))
    assert "this PDF shows 2 pages without a text layer" in told
    assert "OCR" in told


def test_a_page_without_text_and_a_missing_end_are_told() -> None:
    made = FPDF(unit="pt")
    made.set_font("Helvetica", size=10)
    made.add_page()
    made.add_page()
    made.text(60, 80, "T: Hello.")
    made.text(60, 100, "C: Hi.")
    data = bytes(made.output()).replace(b"%%EOF", b"")
    assert one("a.pdf", data).notes == (
        "page 1: no text on it, perhaps a picture",
        "the document breaks off (its end mark is missing): is it whole?",
    )


def test_a_locked_document() -> None:
    assert "locked with a password" in complaint("a.pdf", _encrypted(user="secret"))


def test_a_document_that_only_its_owner_may_change_is_read() -> None:
    assert said("a.pdf", _encrypted(user="")) == [("T", "Hello."), ("C", "Hi.")]


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", b"\0\0%PDF-1.4\n%%EOF"])
def test_damaged_documents(data: bytes) -> None:
    told = complaint("a.pdf", data)
    assert "the file is damaged" in told
    assert "a PDF" in told


def test_letters_on_the_slant_are_no_words() -> None:
    made = FPDF(unit="pt")
    made.set_font("Helvetica", size=10)
    made.add_page()
    made.text(60, 80, "T: Hello.")
    made.text(60, 100, "C: Hi.")
    with made.rotation(45, 200, 200):
        made.text(200, 200, "DRAFT")
    assert said("a.pdf", bytes(made.output())) == [("T", "Hello."), ("C", "Hi.")]


def _encrypted(user: str) -> bytes:
    made = FPDF(unit="pt")
    made.set_encryption(owner_password="owner", user_password=user)
    made.set_font("Helvetica", size=10)
    made.add_page()
    made.text(60, 80, "T: Hello.")
    made.text(60, 100, "C: Hi.")
    return bytes(made.output())
