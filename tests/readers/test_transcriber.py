"""Transcriber: turns, points in time, and several voices at once."""

from __future__ import annotations

from tests.readers.asking import complaint, one, said, times

BODY = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans scribe="x"><Speakers><Speaker id="spk1" name="Zoë  Beck"/><Speaker id="spk2" name=""/></Speakers>
<Episode><Section type="report" startTime="0" endTime="9">
<Turn startTime="0" endTime="1.5"><Sync time="0"/></Turn>
<Turn speaker="spk1" startTime="1.5" endTime="4.25"><Sync time="1.5"/>
How was
<Event desc="coughs" type="noise" extent="instantaneous"/>
the week?
<Event desc="en" type="language" extent="begin"/>
<Sync time="3"/>
Well?
</Turn>
<Turn speaker="spk1 spk2" startTime="4.25" endTime="6"><Sync time="4.25"/>
<Who nb="1"/>
I see.
<Who nb="2"/>
Long.
</Turn></Section></Episode></Trans>"""


def test_turns_points_and_voices() -> None:
    expected = [
        ("Zoë Beck", "How was [coughs] the week?"),
        ("Zoë Beck", "Well?"),
        ("Zoë Beck", "I see."),
        ("spk2", "Long."),
    ]
    assert said("a.trs", BODY.encode("latin-1")) == expected
    assert times("a.trs", BODY.encode("latin-1")) == [
        ("Zoë Beck", 1500, 3000),
        ("Zoë Beck", 3000, 4250),
        ("Zoë Beck", 4250, 6000),
        ("spk2", 4250, 6000),
    ]
    assert one("a.trs", BODY.encode("latin-1")).notes == ()


def test_a_turn_without_a_speaker_keeps_its_words() -> None:
    assert said("a.trs", BODY.replace(' speaker="spk1" ', " ").encode("latin-1"))[0][0] == "Unnamed"


def test_bad_transcriber() -> None:
    assert "the XML is damaged" in complaint("a.trs", BODY.encode("latin-1")[:-20])
    assert "entities" in complaint(
        "a.trs", BODY.replace('<!DOCTYPE Trans SYSTEM "trans-14.dtd">', '<!DOCTYPE a [<!ENTITY b "c">]>')
    )
