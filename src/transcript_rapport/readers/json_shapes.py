"""The shapes that rows of talk have in JSON: objects, columns, pairs, a key a speaker, names inside objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from transcript_rapport.readers import columns

_PROFILE, _PIECES = "user_profile", ("text", "content")  # Slack's names; Telegram's and others' words
_NAMES = ("name", "real_name", "display_name", "role")
_TAKEN_FOR_LATIN = re.compile("[\u00c2-\u00f4][\u0080-\u009f]")
_MOST_SPEAKERS = 12

JsonRow = Mapping[str, object]


def rows(value: object) -> list[JsonRow]:
    """The rows that a list or object holds, each an object that names the words; empty where it holds none."""
    if isinstance(value, dict):
        inner = _under_keys(value) or _side_by_side(value)
        return inner if columns.find(keys(inner)).complete else []
    if not isinstance(value, list):
        return []
    found = [_plain(row) for row in value if isinstance(row, dict)]
    if found and columns.find(keys(found)).text is not None:
        return found
    flat = [_plain(_flat(row)) for row in found]
    if columns.find(keys(flat)).complete:
        return flat
    return _pairs(value) or _key_a_speaker(found)


def keys(rows: Sequence[JsonRow]) -> list[str]:
    """The keys of the first rows, leaving out those that hold lists or objects."""
    return list(dict.fromkeys(key for row in rows[:50] for key, v in row.items() if not isinstance(v, list | dict)))


def texts(value: object) -> Iterator[list[str]]:
    """Every text of several lines inside ``value``, and every list of texts, as lines."""
    if isinstance(value, str) and "\n" in value:
        yield value.split("\n")
    elif isinstance(value, list) and value and all(isinstance(line, str) for line in value):
        yield [part for line in value for part in line.split("\n")]
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


def _under_keys(value: JsonRow) -> list[JsonRow]:
    """Rows under numbers or names: ``{"1": {"speaker": …}, "2": …}``."""
    inner = [row for row in value.values() if isinstance(row, dict)]
    return [_plain(_flat(row)) for row in inner] if len(inner) == len(value) > 1 else []


def _side_by_side(value: JsonRow) -> list[JsonRow]:
    """Rows of columns: ``{"speaker": […], "text": […]}``."""
    lists = {key: column for key, column in value.items() if isinstance(column, list)}
    lengths = {len(column) for column in lists.values()}
    return (
        [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)] if len(lengths) == 1 else []
    )


def _pairs(value: Sequence[object]) -> list[JsonRow]:
    """Rows of a speaker and words: ``[["Therapist", "…"], …]``."""
    pairs = [
        pair for pair in value if isinstance(pair, list) and len(pair) == 2 and all(isinstance(w, str) for w in pair)
    ]
    return _spoken(pairs) if len(pairs) == len(value) else []


def _key_a_speaker(found: Sequence[JsonRow]) -> list[JsonRow]:
    """Rows of which every key is a speaker: ``[{"Therapist": "…"}, …]``, or both in one object."""
    own = columns.side_by_side(keys(found))
    alone = all(len(row) == 1 for row in found)
    names = [*own.values()] if own else keys(found) if alone else []
    said = [(name, row[name]) for row in found for name in names if isinstance(row.get(name), str)]
    return _spoken(said)


def _spoken(said: Sequence[Sequence[object]]) -> list[JsonRow]:
    few = 2 <= len({name for name, _ in said}) <= _MOST_SPEAKERS
    return [{"speaker": name, "text": words} for name, words in said] if few else []


def _flat(row: JsonRow) -> JsonRow:
    """The row with what stands in objects inside it, where it has no key of that name itself."""
    inner = {key: v for value in row.values() if isinstance(value, dict) for key, v in value.items()}
    return {**inner, **row}


def _plain(row: JsonRow) -> JsonRow:
    """The row, with a name in place of what holds it (``"from": {"name": "Lee"}``), and its words in one piece."""
    found: dict[str, object] = {}
    for key, value in row.items():
        if isinstance(value, dict) and (name := _name_in(key, value)):
            found["speaker_name" if key == _PROFILE else key] = name
        elif key in _PIECES and (words := _joined(value.get("parts") if isinstance(value, dict) else value)):
            found[key] = words
        elif isinstance(value, list) and columns.plain(key) in columns.START and _is_span(value):
            found["start"], found["end"] = value
        elif isinstance(value, str) and not value.isascii():
            found[key] = _decoded(value)
    return {**row, **found} if found else row


def _is_span(value: Sequence[object]) -> bool:
    return len(value) == 2 and all(isinstance(time, int | float | str) for time in value)


def _name_in(key: str, value: JsonRow) -> str:
    if key != _PROFILE and columns.plain(key) not in columns.SPEAKER:
        return ""
    return next((name for kind in _NAMES if isinstance(name := value.get(kind), str)), "")


def _joined(pieces: object) -> str:
    """Words that a chat cuts where letters are bold or a link begins; empty where the list holds anything else."""
    if not isinstance(pieces, list):
        return ""
    words = [piece.get("text") if isinstance(piece, dict) else piece for piece in pieces]
    return "".join(map(str, words)) if all(isinstance(word, str) for word in words) else ""


def _decoded(words: str) -> str:
    """Words whose UTF-8 was taken for Latin-1 before it was written, as Messenger's are."""
    if not _TAKEN_FOR_LATIN.search(words):
        return words
    try:
        return words.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return words
