"""TEI: speakers by the list of persons, times by the timeline, what was heard in brackets."""

from __future__ import annotations

from tests.readers.asking import complaint, said, times

HEAD = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><particDesc><person xml:id="A"><persName>Dr <surname>Lee</surname>'  # noqa: E501
    '</persName></person><person xml:id="B" role="client"/></particDesc></teiHeader><text>'
)
LINE = '<timeline unit="ms" origin="#T0"><when xml:id="T0"/><when xml:id="T1" interval="1500" since="#T0"/>'
LINE += '<when xml:id="T2" interval="900" since="#T1"/><when xml:id="T3" absolute="00:00:04.5"/></timeline>'


def test_utterances_blocks_and_anchors() -> None:
    body = (
        '<body><u who="#A" start="#T0" end="#T1">How <pause/> was it? <vocal><desc>laughs</desc></vocal><note>x</note></u>'  # noqa: E501
        '<annotationBlock who="#B" start="#T1" end="#T2"><u><seg><w>Long</w><pc>.</pc> <w>Very</w><w>long</w></seg></u>'
        "<spanGrp><span>code</span></spanGrp></annotationBlock>"
        '<u who="#A"><anchor synch="#T2"/>So <gap/> there.<anchor synch="#T3"/></u></body></text></TEI>'
    )
    assert said("a.xml", HEAD + LINE + body) == [
        ("Dr Lee", "How [pause] was it? [laughs]"),
        ("client", "Long. Very long"),
        ("Dr Lee", "So [inaudible] there."),
    ]
    assert times("a.xml", HEAD + LINE + body) == [
        ("Dr Lee", 0, 1500),
        ("client", 1500, 2400),
        ("Dr Lee", 2400, 4500),
    ]


def test_speeches_of_a_play_name_their_speakers() -> None:
    body = (
        "<sp><speaker>Ann.</speaker><p>Well?</p></sp><sp><speaker>Bo.</speaker><p>Well <stage>sits</stage>so.</p></sp>"
    )
    assert said("a.tei", f"{HEAD}<body>{body}</body></text></TEI>") == [("Ann", "Well?"), ("Bo", "Well so.")]


def test_nested_beyond_any_sense_and_empty_of_talk() -> None:
    deep = "<seg>" * 20_000 + "x" + "</seg>" * 20_000
    body = f'<body><u who="#A">{deep}</u><u who="#B">y</u></body></text></TEI>'
    assert said("a.xml", HEAD + body) == [("Dr Lee", "x"), ("client", "y")]
    assert "nobody speaks" in complaint("a.xml", f"{HEAD}<body><p>Prose.</p></body></text></TEI>")
