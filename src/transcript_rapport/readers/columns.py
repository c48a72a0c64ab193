"""Which column says who, what and when; shared by tables and JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from transcript_rapport.readers import times
from transcript_rapport.readers.labels import ROLES, clean, unnumbered
from transcript_rapport.readers.rows import UNNAMED, Row, each, places, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session
from transcript_rapport.timestamps import show

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

Record = tuple[int, Mapping[str, object]]
"""A line (or row) number and that line's cells by column name."""


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

    def take(known: Sequence[str]) -> str | None:
        key = next((key for key in known if key in free), None)
        return free.pop(key) if key else None

    speaker = take(SPEAKER) or _loose(free, _LOOSE_SPEAKER, _OF_SPEAKER)
    text = take(TEXT) or _loose_text(free)
    # A column called "offset" is an end beside an onset and a start elsewhere.
    start = take(START) or _loose(free, _LOOSE_START, _OF_TIME)
    end = take(END) or _loose(free, _LOOSE_END, _OF_TIME)
    duration = take(DURATION) or _loose(free, _LOOSE_DURATION, _OF_TIME)
    return Columns(speaker, text, start, end, duration, take(SESSION))


def side_by_side(names: Sequence[object], rows: Sequence[Sequence[object]] = ()) -> dict[int, str]:
    """Which columns are each a speaker's own (``Therapist``, ``Client says``), and whose; none or two and more.

    A name that is no role has a column of its own where the ``rows`` below hold words in one of these columns each.
    A name that stands again below itself is no header.
    """
    people = {at: who for at, name in enumerate(names) if (who := _person(name)) and not _recurs(name, at, rows)}
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


def _recurs(name: object, at: int, rows: Sequence[Sequence[object]]) -> bool:
    return any(_at(row, at) == cell(name) for row in rows)


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


def sessions(
    source: Source,
    form: str,
    records: Sequence[Record],
    columns: Columns,
    notes: Sequence[str] = (),
    *,
    unit: str = "line",
) -> list[Session]:
    """The sessions in ``records``: one, or one for each value of the session column, in order of appearance."""
    if not records:
        raise source.error(
            "there are no rows with words", "a row for every utterance", "check that this is the transcript"
        )
    rows, unread = _rows(records, columns)
    grouped = _grouped(records, rows, columns.session)

    def one(key: str) -> list[Session]:
        members = grouped[key]
        own = [row.line for row in members if row.line in unread]
        told = [f"{places(own, unit)}: the time could not be read, left open"] if own else []
        if _newest_first(members):
            members, told = members[::-1], [*told, "the newest came first: put in the order of time"]
        name = f"{source.name}-{key}" if len(grouped) > 1 else ""
        return [session(source, form, _own_names(members), [*notes, *told], name=name, unit=unit)]

    return each(source, {f"{source.name}-{key}": partial(one, key) for key in grouped}, form)


def _newest_first(rows: Sequence[Row]) -> bool:
    starts = [row.start_ms for row in rows if row.start_ms is not None]
    return len(set(starts)) > 2 and all(later >= earlier for later, earlier in pairwise(starts))


def _grouped(records: Sequence[Record], rows: Sequence[Row], name: str | None) -> dict[str, list[Row]]:
    """The rows of each session; a column of a value a row names utterances, not sessions."""
    grouped: dict[str, list[Row]] = {}
    for (_, cells), row in zip(records, rows, strict=True):
        grouped.setdefault(cell(cells.get(name)) if name else "", []).append(row)
    return grouped if len(grouped) < len(rows) else {"": list(rows)}


def cell(value: object) -> str:
    """A cell's words; whole floats lose their ``.0`` (a table writer's habit), None and NaN are empty."""
    if value is None or value != value:  # noqa: PLR0124  (NaN is the one value unlike itself)
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _rows(records: Sequence[Record], columns: Columns) -> tuple[list[Row], set[int]]:
    """Every record as a row, in order, and where a time could not be read."""
    texts = [cell(cells.get(columns.text or "")) for _, cells in records]
    words = sum(len(text.split()) for text in texts)
    starts, ends = times.spans(
        *([cells.get(name) if name else None for _, cells in records] for name in _timed(columns)),
        names=[name and plain(name) for name in _timed(columns)],
        words=words,
    )
    unread = {
        line
        for (line, cells), start in zip(records, starts, strict=True)
        if columns.start and start is None and cell(cells.get(columns.start)).lower() not in times.NOTHING
    }
    who = unnumbered([cell(cells.get(columns.speaker or "")) for _, cells in records])
    found = zip(records, who, texts, starts, ends, strict=True)
    return [Row(line, name, text, start, end) for (line, _), name, text, start, end in found], unread


def _timed(columns: Columns) -> tuple[str | None, str | None, str | None]:
    return columns.start, columns.end, columns.duration


def labelled(records: Sequence[Record], columns: Columns) -> Iterator[tuple[int, str]]:
    """The lines of words that begin with who speaks, each with its place; the first of a row behind the row's time."""
    for row in _rows(records, columns)[0]:
        times = [show(time) for time in (row.start_ms, row.end_ms) if time is not None]
        stamp = f"[{' - '.join(times)}] " if row.start_ms is not None else ""
        first, *others = row.text.split("\n")
        yield row.line, stamp + first
        yield from ((row.line, line) for line in others)


def _own_names(rows: list[Row]) -> list[Row]:
    """Rows without a speaker go to the speaker above them: a merged cell, or a turn over several rows."""
    named, last = [], UNNAMED
    for row in rows:
        last = row.speaker or last
        named.append(row if row.speaker else Row(row.line, last, row.text, row.start_ms, row.end_ms))
    return named


def _loose(free: dict[str, str], heads: AbstractSet[str], beside: AbstractSet[str]) -> str | None:
    """The first name made of one of ``heads`` and words that only go ``beside`` them."""
    for key in free:
        parts = set(key.split("_"))
        if parts & heads and parts <= heads | beside:
            return free.pop(key)
    return None


def _loose_text(free: dict[str, str]) -> str | None:
    for key in free:
        parts = set(key.split("_"))
        if parts & _LOOSE_TEXT and not parts & _NOT_TEXT:
            return free.pop(key)
    return None
