"""CHAT: headers, main tiers and their marks, as plain words and remarks."""

from __future__ import annotations

import pytest

from tests.readers.asking import complaint, one, said, times
from tests.readers.test_reading import CORPORA, needs_corpora
from transcript_rapport.readers import Source, chat
from transcript_rapport.readers.chat_words import plain

HEAD = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tTHE Nora_Beck Therapist, CLI Client\n"
TALK = (
    "*THE:\thow was the (.) week ? \x151200_4000\x15\n%mor:\tadv|how\n"
    "*CLI:\tlong , &-uh\n\tvery long . \x154500_5100\x15\n"
)


def test_names_roles_times_and_lines_that_go_on() -> None:
    assert said("a.cha", HEAD + TALK + "@End\n") == [
        ("Nora Beck", "how was the [pause] week?"),
        ("Client", "long, uh very long."),
    ]
    assert times("a.cha", HEAD + TALK) == [("Nora Beck", 1200, 4000), ("Client", 4500, 5100)]
    assert one("a.cha", HEAD + TALK).format == "CHAT"
    assert one("a.txt", HEAD + TALK).notes[1] == "dependent tiers %mor: left out"


def test_tiers_without_a_header() -> None:
    found = one("a.cha", "*PAR:\tI &-uh left . \x151200_4000\x15\n%mor:\tpro|I\n*INV:\tyou left ?\n")
    assert [(u.speaker, u.text, u.end_ms) for u in found] == [("PAR", "I uh left.", 4000), ("INV", "you left?", None)]
    assert one("a.txt", "*THE* one: so\nAnn: I left.\nBo: You left?\nAnn: Yes.\n").format == "plain text"


def test_a_label_is_the_name_or_a_role_of_ones_own_or_the_code() -> None:
    head = "@Begin\n@Participants:\tPA1 Participant, PA2 Participant, INV\n{}"
    talk = head + "*PA1:\thm .\n*PA2:\thm .\n*INV:\thm .\n*ZZZ:\thm ."
    role = "@ID:\teng|x|INV|||||Investigator|||\n"
    assert one("a.cha", talk.format(role)).speakers == ("PA1", "PA2", "Investigator", "ZZZ")
    assert one("a.cha", talk.format("")).speakers == ("PA1", "PA2", "INV", "ZZZ")


@pytest.mark.parametrize(
    ("tier", "words"),
    [
        ("we met [/] met on <the bus> [//] the train .", "we met met on the bus the train."),
        ("&-um &~gug &+fr friends .", "um gug fr- friends."),
        ("salt & pepper at R&D .", "salt & pepper at R&D."),
        ("well (..) yes (2.5) no (...) .", "well [pause] yes [pause 2.5 s] no [pause]."),
        ("<not now> [>] +...", "not now…"),
        ("+< later [<1] +//.", "later –"),
        ("&=laughs stop ! [+ gram]", "[laughs] stop!"),
        ("&=points:the_door look .", "[points the door] look."),
        ("go [=! whispering] now [% door shuts] .", "go [whispering] now [door shuts]."),
        ("xxx and www .", "[unintelligible] and [not transcribed]."),
        ("a wuggy@c sang@s:deu la@si .", "a wuggy sang la."),
        ("gonna [: going to] fall [* m] [= down] [?] .", "gonna fall."),
        ("he 0is goin(g) (be)cause .", "he goin cause."),
        ("no [x 3] and <so on> [x 2] .", "no no no and so on so on."),
        ("good &*CLI:mhm day .", "good [Client: mhm] day."),
        ("ice+cream in New_York lo:ng .", "ice cream in New York long."),
        ('+" I left +"/.', "I left."),
        ("mum ‡ come „ eh ?", "mum, come, eh?"),
        ("&{l=sings la la &}l=sings .", "[sings] la la."),
        ("kept [inaudible] as it is .", "kept [inaudible] as it is."),
        ("0 .", ""),
        ("", ""),
    ],
)
def test_marks_become_words_or_remarks(tier: str, words: str) -> None:
    assert plain(tier, {"CLI": "Client"}) == words


def test_old_bullets_and_bullets_within_a_tier() -> None:
    old = HEAD + '*THE:\tso . \x15%snd:"tape"_100_900\x15\n*CLI:\tyes \x151000_1200\x15 no . \x151200_1500\x15\n'
    assert times("a.cha", old) == [("Nora Beck", 100, 900), ("Client", 1000, 1500)]
    assert said("a.cha", old)[1] == ("Client", "yes no.")


def test_what_is_left_out_is_told() -> None:
    session = one("a.cha", HEAD + "loose words\n" + TALK + "*CLI:\t0 .\n")
    assert session.notes[1] == "line 5: not CHAT, left out"
    assert "line 10: no text, left out" in session.notes


def test_bad_chat() -> None:
    assert "only 'Client' speaks" in complaint("a.cha", HEAD + "*CLI:\thello .\n")
    assert "there is no text" in complaint("a.cha", HEAD)
    assert "this is not CHAT" in complaint("a.cha", "nothing of the kind")
    assert "a.cha:5: the words end before they start" in complaint("a.cha", HEAD + "*CLI:\tso . \x15900_100\x15\n")


def test_one_long_line_is_read_at_once() -> None:
    for piece in ("a", "(", "[", "<", "&=", "0a", "+", "\x15", "a@s:", "a:", " .", "[x 1]"):
        assert len(said("a.cha", HEAD + TALK + "*CLI:\t" + piece * 50_000 + "\n")) >= 2


@needs_corpora
def test_a_real_file() -> None:
    (session,) = chat.read(Source.open(CORPORA / "formats" / "chat" / "test.cha"))
    assert session.speakers == ("PAR0",)
    assert session.has_ends
    assert not any(mark in u.text for u in session for mark in "<>&\x15")
