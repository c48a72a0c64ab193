import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcript_rapport.statements import LONGEST, split


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


def test_sentences_where_it_is_punctuated() -> None:
    assert cut("Okay. So you came by bus? That took a while...") == ["Okay.", "So you came by bus?", "That took a while..."]


def test_titles_do_not_end_a_sentence() -> None:
    assert cut("Hello, I'm Dr. Adeyemi. Have a seat.") == ["Hello, I'm Dr. Adeyemi.", "Have a seat."]


def test_thought_units_where_it_is_not() -> None:
    text = (
        "so you went to the shop on friday and you told yourself it would only be one bottle but then your brother rang "
        "and that brought the whole argument back what was going through your mind at that moment"
    )
    units = cut(text)
    assert len(units) > 1
    assert all(len(unit.split()) <= LONGEST for unit in units)
    assert any(unit.startswith("what was going") for unit in units)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_to_cut(text: str) -> None:
    assert split(text) == []


@given(st.text(alphabet="ab .?!,-'\n…é", max_size=300))
def test_statements_are_in_order_and_lose_no_word(text: str) -> None:
    spans = split(text)
    assert "".join(cut(text)).split() == "".join("".join(text.split())).split() or "".join(
        "".join(part.split()) for part in cut(text)
    ) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))
