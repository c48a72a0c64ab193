"""EXMARaLDA: tiers of type t, events on a timeline, utterances put together again."""

from __future__ import annotations

from tests.readers.asking import complaint, one, said, times

BODY = """<?xml version="1.0" encoding="UTF-8"?>
<basic-transcription><head><speakertable>
<speaker id="SPK0"><abbreviation>NB</abbreviation></speaker><speaker id="SPK1"><abbreviation/></speaker>
</speakertable></head><basic-body><common-timeline>
<tli id="T0" time="0.5"/><tli id="T1" time="1.25"/><tli id="T2"/><tli id="T3" time="4.0"/><tli id="T4" time="6"/>
</common-timeline>
<tier id="A" speaker="SPK0" category="v" type="t" display-name="NB [v]">
<event start="T0" end="T1">How was </event><event start="T1" end="T3">the week? </event>
<event start="T3" end="T4">((coughs)) Well.</event></tier>
<tier id="B" speaker="SPK0" category="en" type="a" display-name="NB [en]">
<event start="T0" end="T1">gloss</event></tier>
<tier id="C" speaker="SPK1" category="v" type="t"><event start="T1" end="T2">Hm. </event></tier>
</basic-body></basic-transcription>"""


def test_utterances_in_order_of_the_timeline() -> None:
    expected = [("NB", "How was the week?"), ("SPK1", "Hm."), ("NB", "[coughs] Well.")]
    assert said("a.exb", BODY) == expected
    assert said("a.xml", BODY) == expected
    assert times("a.exb", BODY) == [("NB", 500, 4000), ("SPK1", 1250, None), ("NB", 4000, 6000)]


def test_other_tiers_are_left_out_and_told() -> None:
    assert one("a.exb", BODY).notes == ("left out, for they are not of type t (speech): 'NB [en]'",)


def test_bad_exmaralda() -> None:
    assert "which the timeline does not have" in complaint("a.exb", BODY.replace('start="T3"', 'start="T9"'))
    assert "there is no text" in complaint("a.exb", BODY.replace('type="t"', 'type="d"'))
    assert "the XML is damaged" in complaint("a.exb", BODY[:-9])
