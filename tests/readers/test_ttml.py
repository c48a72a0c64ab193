from __future__ import annotations

import pytest

from tests.readers.asking import complaint, one, times

TT = (
    '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" '
    'xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" ttp:tickRate="1000"><head><metadata>'
    '<ttm:agent xml:id="n"><ttm:name>Nora Beck</ttm:name></ttm:agent></metadata></head><body>{}</body></tt>'
)


def test_agents_spans_and_breaks() -> None:
    cues = (
        '<div ttm:agent="n"><p begin="1.2s" end="4s">How was<br/>the <metadata>x</metadata>week?</p></div>'
        '<p><span begin="00:00:04.500" end="00:00:05.100" ttm:agent="c">Long. 2 &lt; 3</span></p>'
    )
    for name in ("a.ttml", "a.dfxp", "a.xml"):
        session = one(name, TT.format(cues))
        assert [(u.speaker, u.text) for u in session] == [("Nora Beck", "How was the week?"), ("c", "Long. 2 < 3")]
        assert (session.format, session.notes) == ("TTML", ())
    assert times("a.ttml", TT.format(cues)) == [("Nora Beck", 1200, 4000), ("c", 4500, 5100)]


@pytest.mark.parametrize("begin", ["00:00:02.480", "2.48s", "2480ms", "62f", "2480t", "00:00:02:12"])
def test_how_times_are_written(begin: str) -> None:
    cues = f'<div begin="1m"><p begin="{begin}" dur="2s">T: How?</p><p begin="9s">C: Long.</p><p begin="12s" end="13s">T: Mm.</p></div>'  # noqa: E501
    assert times("a.ttml", TT.format(cues)) == [("T", 62_480, 64_480), ("C", 69_000, 72_000), ("T", 72_000, 73_000)]


def test_inqscribe() -> None:
    scenes = '<scene id="1" in="00:00:01.00" out="00:00:04.00">T: How?</scene><scene id="2" in="00:00:04.00" out="00:00:09.00">C: Long.</scene>'  # noqa: E501
    assert times("a.xml", f"<?xml version='1.0'?><transcript>{scenes}</transcript>") == [
        ("T", 1000, 4000),
        ("C", 4000, 9000),
    ]


def test_what_cannot_be_read_is_told() -> None:
    assert "cue 1: the times cannot be read" in complaint(
        "a.ttml", TT.format('<p begin="soon" end="3s">T: How?</p>')
    ).replace(", cue", " cue")
    assert "not TTML" in complaint("a.ttml", "<x>T: How?</x>")
    assert "an e-book (EPUB)" in complaint("a.epub", b"PK\x03\x04..mimetypeapplication/epub+zip")
