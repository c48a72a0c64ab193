"""Which column says who, what and when, by its name; shared by tables, documents and JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transcript_rapport.readers.labels import ROLES, clean

# Names in order of preference. `speaker` comes before names: where both are there, it says the role.
SPEAKER = tuple(
    """
speaker interlocutor role speaker_role participant_role speaker_label who participant speaker_name
speaker_display_name speaker_id participant_id name author person party voice user from sender sender_name agent
actor actor_type username display_name channel
""".split()
)
TEXT = tuple(
    """
utterance_text text utterance transcript transcription content message words sentence speech body said statement
dialogue turn_text message_body message_text caption line turn value
""".split()
)
START = tuple(
    """
start_ms start start_time begin begin_time start_timestamp onset start_sec start_seconds start_s time_start
time_from tmin xmin begin_offset_millis timestamp time time_stamp timestamp_ms timecode start_offset offset
from_time in time_range times interval timing time_span timespan start_end start_and_end tc
""".split()
)
END = tuple(
    """
end_ms end end_time stop stop_time finish end_timestamp offset end_sec end_seconds end_s time_end time_to tmax xmax
end_offset_millis end_offset to_time out
""".split()
)
DURATION = tuple(
    """
duration_ms duration duration_s duration_sec duration_seconds length dur
""".split()
)
SESSION = tuple(
    """
transcript_id session session_id session_name conv_id conversation_id conversation dialogue_id dialog_id dialogue
interview_id consultation_id consultation encounter_id recording_id recording video_id case_id session_no
session_number call_id meeting_id chat_id interview consultation_no transcript_name file filename file_name
transcript
""".split()
)
EXPECTED = (
    "a column for the speaker (such as speaker, role, who) and one for the words (such as text, utterance, content)"
)
HEADER_WITHIN, LOOK_AT = 10, 100
"""Rows at the head among which a header stands, and rows below it that show what a column holds."""
_LONGEST_NAME = 100  # characters; what is longer is somebody's words, not a column's name
_LOOSE_TEXT = set("text utterance transcript transcription content verbatim dialogue dialog said".split())
_COUNTING = {"line", "turn", "utterance", "statement"}  # words under this name, or their number
_NOT_TEXT = set("id index number no num count type lang language length start end".split())
# A name made of one of the first words and any of the second is a time: "Start Time (hh:mm:ss)", "duration in s".
_LOOSE_START, _LOOSE_END, _LOOSE_DURATION = (
    {"start", "begin", "onset"},
    {"end", "stop", "finish"},
    {"duration", "length"},
)
_OF_TIME = set(
    """
time times timing timestamp timecode stamp offset of in at turn utterance hh mm ss hms
h m s sec secs second seconds ms msec millis milliseconds
""".split()
)
# What may stand beside a role where a column is one person's own: "Client says".
_SAYS = set(
    """
s says said words utterance utterances text response responses turn speech statement statements verbatim dialogue talk
what the
""".split()
)
_LOOSE_SPEAKER = {"speaker", "interlocutor", "talker", "spkr"}
_OF_SPEAKER = set("designation label tag role name id code turn current of the".split())


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that were found; None where a table has no such column."""

    speaker: str | None = None
    text: str | None = None
    start: str | None = None
    end: str | None = None
    duration: str | None = None
    session: str | None = None

    @property
    def complete(self) -> bool:
        """Whether it is known who speaks and what is said."""
        return self.speaker is not None and self.text is not None


def find(names: Iterable[object], rows: Sequence[Sequence[object]] = ()) -> Columns:
    """The columns among ``names`` that we know, each used once; what only counts the ``rows`` below is none."""
    free: dict[str, str] = {}
    for at, name in enumerate(names):
        key = plain(str(name)) if len(str(name)) <= _LONGEST_NAME else ""
        if key and not (key in _COUNTING and rows and all(_counts(row[at]) for row in rows if at < len(row))):
            free.setdefault(key, str(name))

    def take(known: Sequence[str], fits: Callable[[set[str]], bool]) -> str | None:
        named = next((key for key in known if key in free), None)
        key = named or next((key for key in free if fits(set(key.split("_")))), None)
        return free.pop(key) if key else None

    speaker = take(SPEAKER, _made_of(_LOOSE_SPEAKER, _OF_SPEAKER))
    text = take(TEXT, _is_of_text)
    # A column called "offset" is an end beside an onset and a start elsewhere.
    start = take(START, _made_of(_LOOSE_START, _OF_TIME))
    end = take(END, _made_of(_LOOSE_END, _OF_TIME))
    duration = take(DURATION, _made_of(_LOOSE_DURATION, _OF_TIME))
    return Columns(speaker, text, start, end, duration, take(SESSION, _made_of(set(), set())))


def side_by_side(names: Sequence[object], rows: Sequence[Sequence[object]] = ()) -> dict[int, str]:
    """Which columns are each a speaker's own (``Therapist``, ``Client says``), and whose; none or two and more.

    A name that is no role has a column of its own where the ``rows`` below hold words in one of these columns each.
    A name that stands again below itself is no header.
    """
    people = {
        at: who
        for at, name in enumerate(names)
        if (who := _person(name)) and not any(_at(row, at) == cell(name) for row in rows)
    }
    if len(set(people.values())) > 1:
        return people
    wordy = [at for at, name in enumerate(names) if clean(cell(name)) and _holds_talk([_at(row, at) for row in rows])]
    alone = sum(sum(bool(_at(row, at)) for at in wordy) == 1 for row in rows)
    turns = [next((at for at in wordy if _at(row, at)), None) for row in rows]
    changes = sum(a != b for a, b in pairwise(turns))
    apart = len(wordy) == 2 and alone >= 0.9 * len(rows) and changes >= 0.3 * len(rows)
    return {at: cell(names[at]) for at in wordy} if apart else {}


def _person(name: object) -> str:
    """The role that a column's name says, alone or with words such as ``says``; empty where it says none."""
    written = cell(name)[:_LONGEST_NAME]
    if plain(written).replace("_", " ") in ROLES:
        return written
    words = re.findall(r"[^\W_]+", written)
    roles = [word for word in words if word.lower() in ROLES and len(word) > 2]
    return roles[0] if len(roles) == 1 and all(word.lower() in _SAYS for word in words if word != roles[0]) else ""


def _at(row: Sequence[object], at: int) -> str:
    return cell(row[at]) if at < len(row) else ""


def _holds_talk(column: Sequence[str]) -> bool:
    """Whether a column holds sentences in two rows or more: no numbers, times or codes."""
    held = [value for value in column if value]
    return len(held) > 1 and sum(len(value.split()) for value in held) > 2 * len(held)


def _counts(value: object) -> bool:
    return cell(value).rstrip(".").isdecimal() or not cell(value)


def plain(name: str) -> str:
    """A column's name in small letters with underscores: ``BeginOffsetMillis`` becomes ``begin_offset_millis``."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"\W+", "_", split).strip("_").lower()


def cell(value: object) -> str:
    """A cell's words; whole floats lose their ``.0`` (a table writer's habit), None and NaN are empty."""
    if value is None or value != value:  # noqa: PLR0124  (NaN is the one value unlike itself)
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _made_of(heads: set[str], beside: set[str]) -> Callable[[set[str]], bool]:
    """Whether a name is made of one of ``heads`` and words that only go ``beside`` them."""
    return lambda words: bool(words & heads) and words <= heads | beside


def _is_of_text(words: set[str]) -> bool:
    return bool(words & _LOOSE_TEXT) and not words & _NOT_TEXT
