"""Which column says who, what and when; shared by tables and JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from transcript_rapport.readers import times
from transcript_rapport.readers.rows import UNNAMED, Row, places, session
from transcript_rapport.readers.source import Source
from transcript_rapport.session import Session

# Names in order of preference. `speaker` comes before names: where both are there, it says the role.
SPEAKER = (
    *("speaker", "interlocutor", "role", "speaker_role", "participant_role", "speaker_label", "who", "participant"),
    *("speaker_name", "speaker_id", "participant_id", "name", "author", "person", "party", "voice", "user", "from"),
    *("sender", "agent", "username", "display_name", "channel"),
)
TEXT = (
    *("utterance_text", "text", "utterance", "transcript", "transcription", "content", "message", "words"),
    *("sentence", "speech", "body", "said", "line", "statement", "dialogue", "turn_text", "turn", "caption", "value"),
)
START = (
    *("start_ms", "start", "start_time", "begin", "begin_time", "start_timestamp", "onset", "start_sec"),
    *("start_seconds", "start_s", "time_start", "tmin", "xmin", "begin_offset_millis", "timestamp", "time"),
    *("time_stamp", "timecode", "start_offset", "offset", "from_time", "in"),
)
END = (
    *("end_ms", "end", "end_time", "stop", "stop_time", "finish", "end_timestamp", "offset", "end_sec"),
    *("end_seconds", "end_s", "time_end", "tmax", "xmax", "end_offset_millis", "end_offset", "to_time", "out"),
)
DURATION = ("duration_ms", "duration", "duration_s", "duration_sec", "duration_seconds", "length", "dur")
SESSION = (
    *("transcript_id", "session", "session_id", "session_name", "conv_id", "conversation_id", "conversation"),
    *("dialogue_id", "dialog_id", "dialogue", "interview_id", "consultation_id", "consultation", "encounter_id"),
    *("recording_id", "recording", "video_id", "case_id", "file", "filename", "file_name", "transcript"),
)
_LONGEST_NAME = 100  # characters; what is longer is somebody's words, not a column's name
_LOOSE_TEXT = {"text", "utterance", "transcript", "transcription", "content"}
_NOT_TEXT = {"id", "index", "number", "no", "num", "count", "type", "lang", "language", "length", "start", "end"}

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


def find(names: Iterable[object]) -> Columns:
    """The columns among ``names`` that we know, each used once."""
    by_key: dict[str, str] = {}
    for name in names:
        if len(str(name)) > _LONGEST_NAME:
            continue
        by_key.setdefault(plain(str(name)), str(name))
    free = dict(by_key)

    def take(known: Sequence[str]) -> str | None:
        key = next((key for key in known if key in free), None)
        return free.pop(key) if key else None

    speaker = take(SPEAKER)
    text = take(TEXT) or _loose_text(free)
    # A column called "offset" is an end beside an onset and a start elsewhere.
    start, end = take(START), take(END)
    return Columns(speaker, text, start, end, take(DURATION), take(SESSION))


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
    grouped: dict[str, list[Row]] = {}
    for (_, cells), row in zip(records, rows, strict=True):
        key = cell(cells.get(columns.session)) if columns.session else ""
        grouped.setdefault(key, []).append(row)
    made = []
    for key, members in grouped.items():
        open_times = [row.line for row in members if row.line in unread]
        told = [f"{places(open_times, unit)}: the time could not be read, left open"] if open_times else []
        name = f"{source.name}-{key}" if len(grouped) > 1 else ""
        made.append(session(source, form, _own_names(members), [*notes, *told], name=name, unit=unit))
    return made


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
        names=_timed(columns),
        words=words,
    )
    unread = {
        line
        for (line, cells), start in zip(records, starts, strict=True)
        if columns.start and start is None and cell(cells.get(columns.start)).lower() not in times.NOTHING
    }
    found = zip(records, texts, starts, ends, strict=True)
    rows = [
        Row(line, cell(cells.get(columns.speaker or "")), text, start, end) for (line, cells), text, start, end in found
    ]
    return rows, unread


def _timed(columns: Columns) -> tuple[str | None, str | None, str | None]:
    return columns.start, columns.end, columns.duration


def _own_names(rows: list[Row]) -> list[Row]:
    """Rows without a speaker go to the speaker above them: a merged cell, or a turn over several rows."""
    named, last = [], UNNAMED
    for row in rows:
        last = row.speaker or last
        named.append(row if row.speaker else Row(row.line, last, row.text, row.start_ms, row.end_ms))
    return named


def _loose_text(free: dict[str, str]) -> str | None:
    for key in free:
        parts = set(key.split("_"))
        if parts & _LOOSE_TEXT and not parts & _NOT_TEXT:
            return free.pop(key)
    return None
