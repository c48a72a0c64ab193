"""One invented talk in layouts that services and people use: no word is lost, none is added, times stay."""

from __future__ import annotations

import json

import pytest

from tests.readers.asking import complaint, one, said, sessions, times

TALK = [
    ("Ann Hart", 1, 4, "How was it, this week?"),
    ("Bo Lind", 5, 9, "Long. I said to her: enough, at 5:30."),
    ("Ann Hart", 10, 11, "Mm."),
    ("Bo Lind", 12, 15, "So it goes, you know."),
    ("Ann Hart", 61, 63, "That sounds tiring."),
    ("Bo Lind", 64, 70, "It is, [sighs] it is."),
]
SAID = [(who, words) for who, _, _, words in TALK]

LAYOUTS = {
    "a bar and a time": "{who} | 00:{m}:{s}\n{words}\n",
    "a time and a name in brackets": "00:{m}:{s} [{who}]\n{words}\n",
    "a time alone behind the colon": "{who}: 00:{m}:{s}\n{words}\n",
    "a time in bold": "**[{m}:{s}] {who}:** {words}",
    "a time in bold after a bullet": "*   **[{m}:{s}] {who}:** {words}",
    "a number, a name in bold": "1. **{who}** ({m}:{s}): {words}",
    "hours, minutes and seconds with letters": "00h{m}m{s}s {who}: {words}",
    "no mark behind the name": "0:{m}:{s} - 0:{m}:{s} {who} {words}",
    "lyrics": "[{m}:{s}.00]({who}) {words}",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_names_words_and_times(layout: str) -> None:
    shape = LAYOUTS[layout]
    text = "\n".join(shape.format(who=w, m=f"{a // 60:02}", s=f"{a % 60:02}", words=x) for w, a, _, x in TALK)
    assert said("a.txt", text) == SAID
    assert [start for _, start, _ in times("a.txt", text)] == [start * 1000 for _, start, _, _ in TALK]


@pytest.mark.parametrize(
    "shape",
    ["{} = {}", "{}/ {}", "{}) {}", "{}—{}", "{}：{}", "{{{}}} {}", "<{}>: {}"],
)
@pytest.mark.parametrize("people", [("T", "C"), ("TH", "CL")])
def test_marks_behind_names(shape: str, people: tuple[str, str]) -> None:
    talk = [(people[at % 2], words) for at, (_, words) in enumerate(SAID)]
    assert said("a.txt", "\n".join(shape.format(*turn) for turn in talk)) == talk


@pytest.mark.parametrize("shape", ["{} {:03} {}", "{} ({}): {}", "{}[{}]: {}", "Turn {1} - {0}: {2}"])
def test_numbers_of_turns(shape: str) -> None:
    talk = [("TC"[at % 2], words) for at, (_, words) in enumerate(SAID)]
    assert said("a.txt", "\n".join(shape.format(w, at + 1, x) for at, (w, x) in enumerate(talk))) == talk


def test_names_in_small_letters_that_head_every_line() -> None:
    talk = [("abe" if at % 2 else "cleo", words) for at, (_, words) in enumerate(SAID)]
    assert said("a.txt", "\n".join(f"[10:0{at}] <{w}> {x}" for at, (w, x) in enumerate(talk))) == talk


@pytest.mark.parametrize("name", ["Ann 🌻", "Mr. Bo van der Lind", "a.hart@clinic.example"])
def test_names_people_give_themselves(name: str) -> None:
    talk = [(name if at % 2 else "Cleo", words) for at, (_, words) in enumerate(SAID)]
    assert said("a.txt", "\n".join(f"{w}: {x}" for w, x in talk)) == talk


def test_times_in_speech_stay_words() -> None:
    talk = [
        ("T", "When do you get up?"),
        ("C", "5:30"),
        ("T", "3m 20s more."),
        ("C", "It took 1h 20m 5s."),
        ("T", "Mm."),
    ]
    assert said("a.txt", "\n".join(f"{w}: {x}" for w, x in talk)) == talk


def test_a_legend_is_no_talk() -> None:
    legend = "T: Therapist\nC = Client\nC: Client\n(.) a short pause\n\n"
    assert said("a.txt", legend + "T: How?\nC: Long.\nT: Mm.\n") == [("T", "How?"), ("C", "Long."), ("T", "Mm.")]
    answers = [("T", "Who is home?"), ("C", "Mother"), ("T", "And?"), ("C", "Sister")]
    assert said("a.txt", "\n".join(f"{w}: {x}" for w, x in answers)) == answers


def test_recognisers_numbers_with_a_colon() -> None:
    talk = [(f"Speaker {at % 2}", words) for at, (_, words) in enumerate(SAID)]
    assert said("a.txt", "\n".join(f"[{w.replace(' ', ':')}] {x}" for w, x in talk)) == talk
    above = "\n".join(f"SPEAKER: S{at % 2}\n{x}\n" for at, (_, x) in enumerate(talk))
    assert said("a.txt", above) == [(f"SPEAKER S{at % 2}", x) for at, (_, x) in enumerate(talk)]


def test_labels_of_audacity_and_transana() -> None:
    track = "\n".join(f"{a}.250000\t{b}.500000\t{w}: {x}" for w, a, b, x in TALK)
    assert times("a.txt", track) == [(w, a * 1000 + 250, b * 1000 + 500) for w, a, b, _ in TALK]
    assert said("a.txt", track) == SAID
    assert times("a.txt", "\n".join(f"¤<{a}000>{w}: {x}" for w, a, _, x in TALK))[4] == ("Ann Hart", 61_000, None)


def test_inqscribes_own_file() -> None:
    lines = r"\r".join(f"[00:{a // 60:02}:{a % 60:02}.00] {w}: {x}" for w, a, _, x in TALK)
    content = f"app=InqScribe\nversion=1.1\ntext={lines}\n"
    assert said("a.inqscr", content) == SAID
    assert times("a.inqscr", content)[4] == ("Ann Hart", 61_000, None)


def test_clock_times_past_midnight() -> None:
    clocks = ["23:59:50", "23:59:58", "00:00:04", "00:00:09"]
    session = one("a.txt", "\n".join(f"[{clock}] {'TC'[at % 2]}: So." for at, clock in enumerate(clocks)))
    starts = [u.start_ms or 0 for u in session]
    assert [start - starts[0] for start in starts] == [0, 8000, 14_000, 19_000]
    assert any("midnight" in note for note in session.notes)


@pytest.mark.parametrize(
    "clocks",
    [
        ("3/5/2026 11:59:56 AM", "3/5/2026 12:00:00 PM"),
        ("11:59:56 AM", "12:00:00 PM"),
        ("13.05.26 11:59:56", "13.05.26 12:00"),
        ("00:00:01:500", "00:00:05:500"),
    ],
)
def test_clocks_of_tables(clocks: tuple[str, str]) -> None:
    (_, first, _), (_, then, _) = times("a.csv", f"time,speaker,text\n{clocks[0]},T,How?\n{clocks[1]},C,Long.\n")
    assert (then or 0) - (first or 0) == 4000


def test_tables_whose_header_says_whose_the_words_are() -> None:
    rows = "\n".join(f'{at},"{SAID[at][1]}","{SAID[at + 1][1]}"' for at in (0, 2, 4))
    for header in ("turn,therapist_utterance,client_utterance", "Turn,Therapist says,Client says"):
        found = said("a.csv", f"{header}\n{rows}\n")
        assert [(who.lower(), words) for who, words in found] == [
            (("therapist", "client")[at % 2], words) for at, (_, words) in enumerate(SAID)
        ]


def test_numbers_of_turns_in_tables() -> None:
    numbered = "\n".join(f'{"TC"[at % 2]}{at + 1},"{x}"' for at, (_, x) in enumerate(SAID))
    assert one("a.csv", f"speaker,text\n{numbered}\n").speakers == ("T", "C")
    group = 'T,"Who begins?"\nP1,"I do."\nT,"And?"\nP2,"Me."\nT,"And you?"\nP3,"Later."\n'
    assert one("a.csv", f"speaker,text\n{group}").speakers == ("T", "P1", "P2", "P3")


def test_codes_that_look_like_labels_head_no_columns() -> None:
    rows = "\n".join(f'{at},{"TC"[at % 2]},"{x}",{("GI", "CT")[at % 2]}' for at, (_, x) in enumerate(SAID))
    assert [x for _, x in said("a.csv", f"Utt #,Spkr,Utterance text,MISC\n{rows}\n")] == [x for _, x in SAID]


ROWS = [{"speaker": w, "text": x} for w, x in SAID]
SHAPES: dict[str, object] = {
    "under numbers": {str(at): row for at, row in enumerate(ROWS)},
    "in objects": {"rows": [{"row_idx": at, "row": row} for at, row in enumerate(ROWS)]},
    "columns": {"speaker": [w for w, _ in SAID], "text": [x for _, x in SAID]},
    "pairs": SAID,
    "a key a speaker": [{w: x} for w, x in SAID],
    "one text": {"id": 7, "transcript": "\n".join(f"{w}: {x}" for w, x in SAID)},
    "a list of texts": {"dialog": [f"{w}: {x}" for w, x in SAID]},
    "parts": [{"message": {"author": {"role": w}, "content": {"parts": [x]}}} for w, x in SAID],
    "a pair of times": [{**row, "timestamp": [1.5, 2.5]} for row in ROWS],
    "words in segments": {
        "segments": [
            {"speaker": w, "words": [{"text": t, "start": a, "end": a + 1} for t in x.split()]} for w, a, _, x in TALK
        ]
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_of_json(shape: str) -> None:
    assert said("a.json", json.dumps(SHAPES[shape])) == SAID


def test_texts_in_json_lines_are_sessions() -> None:
    row = {"transcript": "\n".join(f"{w}: {x}" for w, x in SAID)}
    found = sessions("a.jsonl", "\n".join(json.dumps({"id": name, **row}) for name in "xy"))
    assert [(s.name, len(s)) for s in found] == [("a-x", 6), ("a-y", 6)]


def test_tokens_are_glued_within_a_speaker() -> None:
    tokens = [(" How", "1"), (" is", "1"), ("n't", "1"), (" it?", "1"), ("Long", "2"), (".", "2")]
    rows = [{"text": t, "start_ms": n * 300, "end_ms": n * 300 + 200, "speaker": s} for n, (t, s) in enumerate(tokens)]
    assert said("a.json", json.dumps({"tokens": rows})) == [("Speaker 1", "How isn't it?"), ("Speaker 2", "Long.")]


def test_marks_of_a_word_processor_are_left_out() -> None:
    text = "\n".join(f"{w}: {x}" for w, x in SAID) * 6
    assert one("a.txt", text.replace("Long", "\x07Long", 1))[1].text == SAID[1][1]
    assert "binary" in complaint("a.txt", "\x01\x02\x03" + text[:100])


def test_a_form_that_heads_messages_names_nobody() -> None:
    block = "From: Ann (+44 20)\nType: incoming\nSent: Thu, 5 Mar 2026\n\nHow was it?\n\n"
    assert "no speaker" in complaint("a.txt", block * 3)


def _chat(step: int) -> str:
    words = "and then she said that it would all be fine if only i slept"
    return "\n".join(f"[14:{n * step:02}] {'Helper' if n % 2 else 'Kit'}: {words} {n}" for n in range(12))


def test_hours_and_minutes_of_messages_are_no_times_of_talk() -> None:
    chat = one("chat.txt", _chat(step=1))
    assert {u.start_ms for u in chat} == {None}
    assert any("hours and minutes of a clock" in note for note in chat.notes)


def test_minutes_and_seconds_in_which_people_can_talk_stay_times() -> None:
    talk = one("talk.txt", _chat(step=5))
    assert talk[11].start_ms == (14 * 60 + 55) * 1000
