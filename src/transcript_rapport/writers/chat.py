"""CHAT: a main tier an utterance, its time in a bullet, the exact words below it where CHAT spells otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from transcript_rapport.readers import chat_words
from transcript_rapport.readers.chat import EXACT, HALF, LABEL_NOTE
from transcript_rapport.session import Role, Session, Utterance
from transcript_rapport.writers.marks import Kind, Mark, by_utterance

NAME = "chat"
SUFFIX = ".cha"
NEEDS_TIMES = False
KEEPS_MARKS = True

_ROLES: dict[Role, str] = {"practitioner": "Investigator", "client": "Participant", "other": "Other"}
_TIERS: dict[Kind, str] = {"codes": "%xcod", "findings": "%xfin"}
_REMARK = re.compile(r"\[([^\W\d_]+)\]")
_WORD = re.compile(r"&=[^\W\d_]+|[^\W_]+(?:['’\-][^\W_]+)*|,")
_CODE = re.compile(r"[A-Z][A-Z0-9]{0,6}")
_NAMED = re.compile(r"[^\W_]+(?: [^\W_]+)*")


def write(session: Session, marks: Sequence[Mark] = ()) -> str:
    """The session as CHAT. Marks become the dependent tiers %xcod and %xfin; times may be missing."""
    codes = _codes(session.speakers)
    below = _below(marks)
    lines = ["@UTF8", "@Begin", "@Languages:\tund", *_participants(session, codes)]
    for spoken in session:
        lines.append(f"*{codes[spoken.speaker]}:\t{_main(spoken.text)}{_bullet(spoken)}")
        lines += _exact(spoken)
        lines += below.get(spoken.index, [])
    return "\n".join([*lines, "@End"]) + "\n"


def _codes(speakers: Sequence[str]) -> dict[str, str]:
    """A code of capitals for every speaker: the label if it is one, else its first letters, numbered."""
    codes: dict[str, str] = {}
    for speaker in speakers:
        short = "".join(re.findall(r"[A-Za-z0-9]", speaker)).upper()[:3] or "SPE"
        letters = speaker if _CODE.fullmatch(speaker) else short
        numbered = (f"{letters[:2]}{number}" for number in range(1, len(speakers) + 2))
        taken = codes.values()
        codes[speaker] = letters if letters not in taken else next(code for code in numbered if code not in taken)
    return codes


def _participants(session: Session, codes: Mapping[str, str]) -> Iterator[str]:
    roles = {
        speaker: _ROLES[session.roles[speaker]] if speaker in session.roles else "Participant" for speaker in codes
    }
    named = {speaker: speaker.replace(" ", "_") if _NAMED.fullmatch(speaker) else "" for speaker in codes}
    people = (" ".join(filter(None, (code, named[speaker], roles[speaker]))) for speaker, code in codes.items())
    yield f"@Participants:\t{', '.join(people)}"
    for speaker, code in codes.items():
        yield f"@ID:\tund|rapport|{code}|||||{roles[speaker]}|||"
    for speaker, code in codes.items():
        if not named[speaker]:
            yield f"@Comment:\t{LABEL_NOTE}{code}: {speaker}"


def _main(text: str) -> str:
    """The words as CHAT spells them: no signs but commas, remarks as events, one sign at the end."""
    words = _WORD.findall(_REMARK.sub(r" &=\1 ", text))
    ending = text[-1] if text[-1:] in {".", "?", "!"} else "."
    return " ".join([*words, ending]) if any(word != "," for word in words) else f"0 {ending}"


def _bullet(spoken: Utterance) -> str:
    return f" \x15{spoken.start_ms}_{spoken.end_ms}\x15" if _whole(spoken) else ""


def _whole(spoken: Utterance) -> bool:
    return spoken.start_ms is not None and spoken.end_ms is not None


def _exact(spoken: Utterance) -> Iterator[str]:
    """The exact words where the main tier would be read as others, and a time that stands alone."""
    if chat_words.plain(_main(spoken.text)) != spoken.text:
        yield f"{EXACT}:\t{spoken.text}"
    if not _whole(spoken) and (spoken.start_ms, spoken.end_ms) != (None, None):
        begun, ended = ("" if time is None else str(time) for time in (spoken.start_ms, spoken.end_ms))
        yield f"{HALF}:\t{begun}_{ended}"


def _below(marks: Sequence[Mark]) -> dict[int, list[str]]:
    """The lines of codes and of findings below each utterance."""
    lines: dict[int, list[str]] = {}
    for kind, tier in _TIERS.items():
        for index, members in by_utterance(marks, kind):
            told = " | ".join(mark.text for mark in members)
            lines.setdefault(index, []).append(f"{tier}:\t{told}")
    return lines
