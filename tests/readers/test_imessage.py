"""iMessages exported to text: who sent what, and what in the file is nobody's message."""

from __future__ import annotations

from tests.readers import papers
from tests.readers.asking import complaint, one, said

EXPORT = """Mar 12, 2026  2:02:11 PM (Read by them after 1 hour, 49 seconds)
Me
How was the week?

    Mar 12, 2026  2:05:00 PM
    Ben Hart
    Long.

Mar 12, 2026  2:05:00 PM
Ben Hart
Long.

See: 12:30.
Tapbacks:
Loved by Me
Emphasized by +44 7700 900123

This message responded to an earlier message.

Mar 12, 2026  2:06:00 PM You renamed the conversation to Tuesday

Mar 12, 2026 10:06:01 PM
+44 7700 900123
/Users/me/imessage_export/attachments/1/IMG 001.jpeg
my cat
Sent with Balloons

Mar 12, 2026 10:07:01 PM
Ben Hart
~/Library/Messages/Attachments/ab/1.heic

Mar 12, 2026 10:08:01 PM
Me
Reactions:
I was moved by all of it.

"""


def test_messages_and_what_stands_beside_them() -> None:
    session = one("a.txt", EXPORT)
    assert [(u.speaker, u.text) for u in session] == [
        ("Me", "How was the week?"),
        ("Ben Hart", "Long. See: 12:30."),
        ("+44 7700 900123", "my cat"),
        ("Me", "Reactions: I was moved by all of it."),
    ]
    assert session.format == "iMessage export"
    assert session.duration_ms is None
    assert session.notes[1:] == (
        "line 20: a notice of the service, not a message, left out",
        "line 5: a reply below the message it answers, which stands at its own time too, left out",
        "lines 22, 28: a picture, a recording or another file in place of words, left out",
        "lines 9, 22: reactions and marks of the service, left out",
    )


def test_a_reply_that_stands_nowhere_else_is_kept() -> None:
    reply = "    Mar 12, 2026  2:05:00 PM\n    Ben\n    Long.\n\n"
    text = f"My chat\nMar 12, 2026  2:02:11 PM\nMe\nWell?\n\n{reply}Mar 13, 2026  2:02:11 PM\nMe\nMm.\n"
    assert said("a.txt", text) == [("Me", "Well?"), ("Ben", "Long."), ("Me", "Mm.")]
    assert one("a.txt", text).notes[1] == "line 1: before the first message, left out"


def test_messages_pasted_into_a_document() -> None:
    lines = [line for line in EXPORT.splitlines() if not line.startswith(" ")]
    assert len(one("a.docx", papers.word(lines))) == 4


def test_messages_of_one_person() -> None:
    text = "Mar 12, 2026  2:02:11 PM\nMe\nHello?\n\nMar 12, 2026  2:02:12 PM\nMe\nAnybody?\n"
    assert "only 'Me' speaks" in complaint("a.txt", text)


def test_dates_above_sessions_of_a_transcript_are_no_messages() -> None:
    talk = "T: Hello there.\nC: Hi, it was long.\n" * 12
    text = "".join(f"Mar 1{n}, 2026  2:02:11 PM\nInterview {n}\n{talk}\n" for n in (1, 2))
    assert one("a.txt", text).speakers == ("T", "C")
