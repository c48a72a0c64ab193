"""ELAN: tiers as speakers, time slots as times, dependent tiers left out."""

from __future__ import annotations

from tests.readers.asking import complaint, one, said, times
from tests.readers.test_reading import CORPORA, needs_corpora
from transcript_rapport.readers import Source, elan

SLOTS = (("ts1", 1200), ("ts2", 4000), ("ts3", 4500), ("ts4", 5100), ("ts5", None))


def document(*tiers: str, extra: str = "") -> str:
    slots = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="{name}"/>' if ms is None else f'<TIME_SLOT TIME_SLOT_ID="{name}" TIME_VALUE="{ms}"/>'
        for name, ms in SLOTS
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT FORMAT="3.0"><HEADER TIME_UNITS="milliseconds"/>'
        f"<TIME_ORDER>{slots}</TIME_ORDER>{''.join(tiers)}{extra}</ANNOTATION_DOCUMENT>"
    )


def tier(head: str, *annotations: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1="{start}" TIME_SLOT_REF2="{end}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        for start, end, text in annotations
    )
    return f"<TIER {head}>{inner}</TIER>"


WORKER = tier('TIER_ID="T1" PARTICIPANT="Worker"', ("ts1", "ts2", "How &lt;was&gt; the\nweek?"))
PARENT = tier('TIER_ID="Parent"', ("ts3", "ts4", "Long."))


def test_a_tier_is_a_speaker_by_participant_or_name() -> None:
    for content in (document(PARENT, WORKER), document(PARENT, WORKER).replace("UTF-8", "UTF-16").encode("utf-16")):
        assert said("a.eaf", content) == [("Worker", "How <was> the week?"), ("Parent", "Long.")]
    assert times("a.xml", document(PARENT, WORKER)) == [("Worker", 1200, 4000), ("Parent", 4500, 5100)]


def test_dependent_tiers_vocabularies_and_remarks_are_left_out_and_told() -> None:
    codes = tier('TIER_ID="T1 codes" PARENT_REF="T1"', ("ts1", "ts2", "reflection"))
    hands = tier('TIER_ID="hands" LINGUISTIC_TYPE_REF="chosen"', ("ts1", "ts2", "wave"))
    notes = tier('TIER_ID="Worker_notes"', ("ts1", "ts2", "smiles"))
    chosen = '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="chosen" CONTROLLED_VOCABULARY_REF="hands"/>'
    session = one("a.eaf", document(WORKER, codes, PARENT, hands, notes, extra=chosen))
    assert session.speakers == ("Worker", "Parent")
    told = " ".join(session.notes)
    assert all(name in told for name in ("'T1 codes'", "'hands'", "'Worker_notes'"))


def test_a_slot_without_a_time_is_left_open() -> None:
    late = tier('TIER_ID="Parent"', ("ts3", "ts5", "Long."))
    assert times("a.eaf", document(WORKER, late))[1] == ("Parent", 4500, None)


def test_empty_annotations_are_left_out_and_told() -> None:
    session = one("a.eaf", document(WORKER, tier('TIER_ID="Parent"', ("ts1", "ts2", ""), ("ts3", "ts4", "Long."))))
    assert len(session) == 2
    assert "annotation 2: no text, left out" in session.notes


def test_bad_elan() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]>'
    whole = document(WORKER, PARENT)
    assert "the XML is damaged" in complaint("a.eaf", whole[:-30])
    assert "entities of its own" in complaint("a.eaf", whole.replace("<ANN", bomb + "<ANN", 1))
    assert "there are no tiers" in complaint("a.eaf", document())
    assert "only 'Parent' speaks" in complaint("a.eaf", document(PARENT))
    assert "end before they start" in complaint("a.eaf", document(WORKER, tier('TIER_ID="P"', ("ts4", "ts3", "x"))))
    assert "cannot be decoded" in complaint("a.eaf", whole.replace("UTF-8", "no-such-code"))


@needs_corpora
def test_a_real_file() -> None:
    (session,) = elan.read(Source.open(CORPORA / "formats" / "elan" / "sample_2.8.eaf"))
    assert session.speakers == ("text",)
    assert session.has_ends
    assert any("'gestures'" in note for note in session.notes)
