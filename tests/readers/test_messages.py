"""Exported chats: the forms they come in, and what in them is nobody's message."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers import papers
from tests.readers.asking import complaint, one, said
from transcript_rapport.roles import assign

NARROW, MARK = "\u202f", "\u200e"


@pytest.mark.parametrize(
    "stamp",
    [
        "[12/03/2026, 14:02:11] ",
        f"{MARK}[12/03/2026, 14:02:11] ",
        f"[3/12/26, 2:02:11{NARROW}PM] ",
        "[2026-03-12, 14:02:11] ",
        "[12.03.26 14:02:11] ",
        "[14:02, 12/03/2026] ",
        "12/03/2026, 14:02 - ",
        "12/03/2026 14:02 - ",
        f"3/12/26, 2:02{NARROW}PM - ",
        "12/03/2026, 2:02 pm - ",
        f"12/3/26, 2:02 p.{NARROW}m. - ",
        "12.03.26, 14:02 - ",
        "12.3.2026 14.02 - ",
        "2026-03-12, 14:02 - ",
        "2026-03-12T14:02 – ",
    ],
)
def test_one_chat_in_many_forms(stamp: str) -> None:
    text = f"{stamp}Anna: How was the week?\n{stamp}Ben: Long.\n\nSee: 12:30.\n{stamp}Anna: Long."
    session = one("a.txt", text)
    assert [(u.speaker, u.text) for u in session] == [
        ("Anna", "How was the week?"),
        ("Ben", "Long. See: 12:30."),
        ("Anna", "Long."),
    ]
    assert session.format == "chat export"
    assert session.duration_ms is None
    assert "when each message was sent" in session.notes[0]


@pytest.mark.parametrize(
    "form",
    [
        "14:02:1{2}\t From  {0} : {1}\n",
        "14:02:1{2} From {0} to Everyone:\n\t{1}\n",
        "[12/03/2026 2:0{2} PM] {0}\n{1}\n\n",
        "{0}  2:0{2} PM\n{1}\n",
        "{0} — Today at 2:0{2} PM\n{1}\n",
    ],
)
def test_chats_of_meetings_and_chats_as_copied(form: str) -> None:
    talk = [("Anna Hart", "How was the week?"), ("Ben", "Long, until 2:30 PM"), ("Anna Hart", "Mm."), ("Ben", "Yes.")]
    text = "".join(form.format(*turn, at) for at, turn in enumerate(talk))
    assert said("a.txt", text) == talk
    assert one("a.txt", text).duration_ms is None


IPHONE = f"""[12/03/2026, 14:00:00] Tuesday group: {MARK}Messages and calls are end-to-end encrypted. Learn more.
[12/03/2026, 14:00:01] Tuesday group: {MARK}Anna (counsellor) created this group
[12/03/2026, 14:02:12] Anna (counsellor): Hello both, how was the week?
{MARK}[12/03/2026, 14:03:00] ~{NARROW}Ben: {MARK}image omitted
my cat
[12/03/2026, 14:03:11] ~{NARROW}Ben: Long. {MARK}<This message was edited>
{MARK}[12/03/2026, 14:04:00] +44 7700 900123: {MARK}video omitted
[12/03/2026, 14:05:00] ~{NARROW}Ben: {MARK}You deleted this message.
[12/03/2026, 14:06:00] +44 7700 900123: Shall we have a video call about the image omitted?
"""


def test_an_iphones_own_lines_are_left_out_and_told() -> None:
    session = one("a.txt", IPHONE)
    assert [(u.speaker, u.text) for u in session] == [
        ("Anna (counsellor)", "Hello both, how was the week?"),
        ("Ben", "my cat"),
        ("Ben", "Long."),
        ("+44 7700 900123", "Shall we have a video call about the image omitted?"),
    ]
    assert session.notes[1:] == (
        "lines 1, 2, 8: a notice of the service, not a message, left out",
        "lines 4, 7: a picture, a recording or another file in place of words, left out",
        "line 6: the mark that a message was edited, left out",
    )


def test_a_role_in_brackets_says_who_the_practitioner_is() -> None:
    assert assign(one("a.txt", IPHONE)).labels("practitioner") == ("Anna (counsellor)",)


def test_an_androids_own_lines_are_left_out_and_told() -> None:
    text = (
        "My chat with Ben\n"
        "12/03/2026, 14:00 - Messages and calls are end-to-end encrypted. Only people in this chat can read them.\n"
        '12/03/2026, 14:01 - Anna created group "Tue: support"\n'
        "12/03/2026, 14:02 - Anna: How was the week?\n"
        "12/03/2026, 14:03 - Ben: <Media omitted>\n"
        "12/03/2026, 14:04 - Anna changed the subject to: Thursday\n"
        "12/03/2026, 14:05 - Ben: IMG-20260312-WA0001.jpg (file attached)\n"
        "12/03/2026, 14:06 - Ben: Long: very long.\n"
        "12/03/2026, 14:07 - Anna: \n"
        "12/03/2026, 14:08 - 👍: Yes.\n"
    )
    session = one("a.txt", text)
    assert [(u.speaker, u.text) for u in session] == [
        ("Anna", "How was the week?"),
        ("Ben", "Long: very long."),
        ("👍", "Yes."),
    ]
    assert session.notes[1:] == (
        "line 1: before the first message, left out",
        "lines 2, 3, 6: a notice of the service, not a message, left out",
        "lines 5, 7: a picture, a recording or another file in place of words, left out",
        "line 9: no text, left out",
    )


def test_a_chat_pasted_into_a_document() -> None:
    lines = ["12/03/2026, 14:02 - Anna: How was it?", "12/03/2026, 14:02 - Ben: Long.", "Very long."]
    assert said("a.docx", papers.word(lines)) == [("Anna", "How was it?"), ("Ben", "Long. Very long.")]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("12/03/2026, 14:02 - Anna: Hello?\n12/03/2026, 14:05 - Anna: Anybody?", "only 'Anna' speaks"),
        ("12/03/2026, 14:02 - Anna: <Media omitted>\n12/03/2026, 14:05 - Ben: <Media omitted>", "there is no text"),
    ],
)
def test_chats_that_are_no_session(text: str, seen: str) -> None:
    assert seen in complaint("a.txt", text)


_LINE = st.text(st.characters(whitelist_categories=("Ll", "Lu", "Nd", "Po"), max_codepoint=0x24F), min_size=1)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(_LINE.filter(str.strip), min_size=1, max_size=3), min_size=2, max_size=8))
def test_every_word_of_every_message_is_kept_in_order(messages: list[list[str]]) -> None:
    text = "\n".join(
        f"12/03/2026, 14:{n:02} - {('Anna', 'Ben')[n % 2]}: " + "\n".join(m) for n, m in enumerate(messages)
    )
    assert said("a.txt", text) == [(("Anna", "Ben")[n % 2], " ".join(m)) for n, m in enumerate(messages)]
