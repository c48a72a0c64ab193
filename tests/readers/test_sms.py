from __future__ import annotations

from tests.readers.asking import one, sessions

SMS = '<sms address="{}" date="{}" type="{}" body="{}" contact_name="{}" />'


def backup(*messages: tuple[object, ...]) -> str:
    return f"<?xml version='1.0'?><smses>{''.join(SMS.format(*message) for message in messages)}</smses>"


def test_a_conversation_in_order_of_time() -> None:
    later, draft = ("1", 300, 1, "It was long.&#10;Very. &#55357;&#56832;", "Cara"), ("1", 400, 3, "Well", "Cara")
    session = one("a.xml", backup(later, ("1", 200, 2, "How was it?", "Cara"), draft))
    assert [(u.speaker, u.text) for u in session] == [("Me", "How was it?"), ("Cara", "It was long. Very. \U0001f600")]
    assert not session.has_starts
    assert any("message 3: a draft" in note for note in session.notes)


def test_a_session_for_everybody() -> None:
    people = [("1", "Cara"), ("+44 2", "(Unknown)")]
    messages = [(address, n, n, "Well, so.", name) for address, name in people for n in (1, 2)]
    assert [(s.name, s.speakers) for s in sessions("a.xml", backup(*messages))] == [
        ("a-Cara", ("Cara", "Me")),
        ("a-+44 2", ("+44 2", "Me")),
    ]


def test_who_sent_nothing_that_can_be_read_is_told() -> None:
    cara, nobody = ("1", 1, 1, "Well, so.", "Cara"), ("2", 3, 1, "", "Dan")
    empty = sessions("a.xml", backup(cara, ("1", 2, 2, "Go on.", "Cara"), nobody))[-1]
    assert (empty.name, empty.format, len(empty)) == ("a-Dan", "text messages", 0)
