"""Phrases that recognisers are known to invent over silence: kept, and said with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from transcript_rapport.readers.rows import Row, places
from transcript_rapport.timestamps import show

# Learned from captions of films: what the end of a video says, and who captioned it.
_STOCK = re.compile(
    r"""(thanks?(\ you)?(\ (so|very)\ much)?\ for\ (watching|listening|viewing)(\ (this|my|the)\ (video|channel))?
    |(please\ )?(don't\ forget\ to\ )?(like(\ and|,)?\ )?(share(\ and|,)?\ )?subscribe(\ (to|and)\ .{1,60})?
    |(see|catch)\ you\ (all\ )?(in\ the\ )?next\ (time|video|one)
    |i'll\ see\ you\ (in\ the\ )?next\ (time|video)
    |(sub)?(titles?|titled|captions?|captioned|captioning|transcript|transcribed|transcription|translated|translation)
     \ (provided\ |made\ |created\ |available\ )?(by|at|from)\ .{1,80}
    |.{0,40}\bamara\.?org\b.{0,40}
    |(https?://)?www\.\S{1,80}
    |[♪♫\s]+)""",
    re.VERBOSE | re.IGNORECASE,
)
_LOOP = re.compile(r"(\b\S{1,30}(?: \S{1,30}){0,7}?)(?:[,.!?…]* \1\b){5,}", re.IGNORECASE)
_MOST_LOOKED_AT = 800  # characters of an utterance that are searched for loops
_REPEATS = 3


def notes(rows: Sequence[Row], unit: str = "line") -> list[str]:
    """A sentence on each kind of phrase that may have been invented, with its places."""
    stock = [row for row in rows if _is_stock(row.text)]
    told = (
        (stock, "a stock phrase that recognisers write over silence"),
        (list(_repeated(rows)), "the same words again and again, as recognisers write over silence"),
    )
    return [f"{_where(found, unit)}: {what}; kept, listen whether it was said" for found, what in told if found]


def _is_stock(words: str) -> bool:
    plain = words.replace("’", "'").strip(' \n.!?,…[]()-*"')
    return bool(_STOCK.fullmatch(plain)) if len(plain) <= 160 else False


def _repeated(rows: Sequence[Row]) -> Iterator[Row]:
    """The first of every three equal rows of one speaker in a row, longer than "mm-hm", and rows that go in circles."""
    for (_, words), same in groupby(rows, key=lambda row: (row.speaker, row.text.strip().casefold())):
        members = list(same)
        if (len(members) >= _REPEATS and len(words.split()) > 2) or _LOOP.search(words[:_MOST_LOOKED_AT]):
            yield members[0]


def _where(found: Sequence[Row], unit: str) -> str:
    at = next((row.start_ms for row in found if row.start_ms is not None), None)
    listed = places((row.line for row in found), unit)
    if at is None:
        return listed
    return f"{listed} ({'from ' if len(found) > 1 else ''}{show(at // 1000 * 1000)})"
