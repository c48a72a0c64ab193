"""The sentence a report opens with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from transcript_rapport.medical import is_medical
from transcript_rapport.renderers.making import in_doubt
from transcript_rapport.renderers.naming import named, with_article
from transcript_rapport.renderers.places import brief_turns
from transcript_rapport.renderers.tact import greets
from transcript_rapport.renderers.wording import count, listed, number
from transcript_rapport.report import SURE, Report, Statement

BEGINS, ENOUGH, APART, ALIKE = 20, 6, 3, 0.4
"""Of a greeting: the words compared, how many make one, the utterances between two, and the share of words alike.

Returns are told in 2 of 666 public sessions, both of several scenes.
"""
WAITS = ", if the labels are right. What went well, what to try and the numbers wait until that is known."


def opening(report: Report) -> str:
    """One sentence on the session: how long, who, how the talk was shared, what was heard."""
    session = report.session
    length = session.duration_ms
    lasted = f" over {count(max(1, round(length / 60_000)), 'minute')}" if length else ""
    talked = f"{named(report, 'practitioner')} talked with {named(report, 'client')}"
    told = WAITS if in_doubt(report) else f"{_shared(report)}{_among(report)}; {_heard(report)}{_received(report)}."
    return f"In {count(len(session), 'utterance')}{lasted}, {talked}{told}{_several(report)}"


def _several(report: Report) -> str:
    """A remark where a practitioner's greeting returns nearly word for word: a file of several takes mixes them."""
    greeted = [u for u in report.session if report.session.role_of(u) == "practitioner" and greets(u.text)]
    begun = {u.index: set(u.text.lower().split()[:BEGINS]) for u in greeted if len(u.text.split()) >= ENOUGH}
    pairs = ((a, b) for a in begun for b in begun if b - a > APART)
    again = {b for a, b in pairs if len(begun[a] & begun[b]) >= ALIKE * len(begun[a] | begun[b])}
    places = f"utterance{'s' if len(again) > 1 else ''} {listed(map(str, sorted(again)))}"
    return f" A greeting returns at {places}: the file may hold several conversations, mixed here." if again else ""


def _heard(report: Report) -> str:
    """How many statements reflect and validate, as a clause."""
    if not report.statements:
        return "what was said is not known, so nothing is marked"
    said = report.coded.by_role("practitioner")
    reflecting, validating = (sum(s.has(family) for s in said) for family in ("reflection", "validation"))
    if not reflecting and not validating:
        return "no statement is marked as reflecting what was said or validating it"
    it = f"as validating it{_unsure(said, 'validation')}"
    if not reflecting:
        return f"no statement is marked as reflecting what was said; {validating} {_are(validating)} marked {it}"
    how = "repeating or reflecting" if is_medical(report) else "reflecting"  # Many repeat an answer to note it.
    first = f"{count(reflecting, 'statement')} {_are(reflecting)} marked as {how} what was said"
    return f"{first}{_unsure(said, 'reflection')} and {validating or 'none'} {it}"


def _received(report: Report) -> str:
    """After whom of two clients such statements came: ``; of these, 5 came after Anna spoke and none after Tom``.

    Where some do both, the sum of the two numbers before would be too large, so how many there are is said.
    """
    clients, after = report.session.labels("client"), Counter[str]()
    latest, both = "", 0
    for spoken in report.session:
        latest = spoken.speaker if spoken.speaker in clients else latest
        if report.session.role_of(spoken) == "practitioner":
            said = report.coded.statements_of(spoken.index)
            after[latest] += sum(s.has("reflection") or s.has("validation") for s in said)
            both += sum(s.has("reflection") and s.has("validation") for s in said)
    if len(clients) != 2 or after.total() < 2 or not any(map(after.get, clients)):
        return ""
    (one, first), (other, then) = sorted(((who, after[who]) for who in clients), key=lambda told: -told[1])
    of = f"these {after.total()} statements ({both} {'does' if both == 1 else 'do'} both)" if both else "these"
    return f"; of {of}, {first} came after {with_article(one)} spoke and {then or 'none'} after {with_article(other)}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _unsure(said: Iterable[Statement], family: str) -> str:
    """How many of the statements of a family the coder is unsure of: `` (2 of them unsure)``."""
    held = [s.counted.items() for s in said if s.has(family)]
    likely = [max(p for code, p in codes if code.startswith(f"{family}.")) for codes in held]
    unsure = sum(p < SURE for p in likely)
    return f" ({'' if len(likely) == 1 else f'{unsure} of them '}unsure)" if unsure else ""


def _shared(report: Report) -> str:
    """The practitioner's share of the time and of the words, each under its name, and whether the others say little."""
    known = {m.name: m.value for m in report.measures if m.value is not None}
    sides = (("talk.practitioner_time_share", "talk time"), ("talk.practitioner_word_share", "words"))
    told = [f"{number(known[name], 'share')} of the {what}" for name, what in sides if name in known]
    words = 0 if is_medical(report) else brief_turns(report)
    brief = f" (the turns of {named(report, 'client')} are short, a median of {count(words, 'word')})" if words else ""
    return f" and used {listed(told)}{brief}" if told else ""


def _among(report: Report) -> str:
    """How two or more clients shared the rest: ``; Anna said 80 words in 9 turns and Tom 60 in 7``."""
    told: list[str] = []
    for label in (clients := report.session.labels("client")):
        turns = [turn.text for turn in report.session.turns if turn.speaker == label]
        words, times = sum(len(text.split()) for text in turns), len(turns)
        shared = f"{words} in {times}" if told else f"said {count(words, 'word')} in {count(times, 'turn')}"
        told.append(f"{with_article(label)} {shared}")
    return f"; {listed(told)}" if len(clients) > 1 else ""
