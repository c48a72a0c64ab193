"""How a report speaks: numbers, times, counts and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable

from transcript_rapport.norms import TOO_LITTLE
from transcript_rapport.report import Measure

ROOMS = {
    "talk": "Talk time",
    "listening": "Listening",
    "validation": "Validation",
    "acceptance": "Acceptance",
    "language": "Plain language",
    "partnership": "Partnership",
    "client": "The client's side",
    "questionnaires": "Questionnaires",
    "remarks": "As one reader might see it",
    "own": "Your own codes",
}
_CLAUSE = re.compile(r"[,.;:!?]")
_DENIED = re.compile(r"((?:[\w'’]+ ){0,2}\b(?:not|never|nothing|nobody|hardly|\w+n['’]t))\b[^,.;:!?]*$", re.IGNORECASE)
"""A “not” with the words before it, in the last clause of what is cut off."""
_STARTS = re.compile(r"[.;:!?] |\b(?=(?:but|though|although) )", re.IGNORECASE)
"""Where a clause begins that a “not” before it does not reach."""
_WORD_END = re.compile(r"\s")
_PLURAL = re.compile(r"\b([a-z-]{2,}?)(ies|(?<=[a-rt-z])s)\b")
_PAIR = re.compile(r"^(\w+)s and (\w+)s\b")
TAIL = 60
"""Characters at the end of a client's words that stand on every page."""
HEARD = 238
"""Characters of a client's words beside a practitioner's: their end, since the page would cut what is longer."""
SHARE_UNITS = ("share", "proportion", "fraction")


def room_title(name: str) -> str:
    """The heading for a measure's room; a third party's room is named as it named itself."""
    room = name.partition(".")[0]
    return ROOMS.get(room, room.replace("_", " ").capitalize())


def number(value: float, unit: str) -> str:
    """A value with its unit, as precise as it deserves: shares as whole per cent."""
    if unit in SHARE_UNITS:
        percent = value * 100
        return f"{percent:.0f} %" if percent >= 10 or percent in (0, 100) else f"{percent:.1f} %"
    return f"{_plain(value)} {_unit(unit, value)}".strip()


def _plain(value: float) -> str:
    if float(value).is_integer():
        return f"{value:.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _unit(unit: str, value: float) -> str:
    if unit == "ratio":
        return ": 1"
    if unit in ("count", "number", "1"):
        return ""
    return unit[:-1] if value == 1 and len(unit) > 1 and unit.endswith("s") else unit


def value(measure: Measure) -> str:
    """The measure's value with a short unit, or that it is not measurable; rates are named in the title."""
    if measure.value is None:
        return "not measurable"
    if none_found(measure):
        return "none found"
    return number(measure.value, "" if measure.unit.startswith("per ") else measure.unit)


def title(measure: Measure) -> str:
    """The measure's title, with what a rate is counted per."""
    return f"{measure.title}{rate(measure)}"


def per(unit: str) -> str:
    """What a rate is counted per, in short: ``per 10`` of ``per 10 practitioner turns``, but ``per client minute``."""
    words = unit.split()
    return "" if words[:1] != ["per"] else " ".join(words[:2] if words[1].isdigit() else words)


def rate(measure: Measure) -> str:
    """What a rate is counted per, to follow its title; nothing where the title says it, or it is no rate."""
    per, _, what = measure.unit.partition(" ")
    return f", {measure.unit}" if per == "per" and what not in measure.title else ""


def interval(measure: Measure) -> str:
    """The 90 % interval, or nothing where there is none; where nothing was found, how many could still be there."""
    if measure.low is None or measure.high is None:
        return ""
    if measure.value == 0 and measure.low == 0:
        return f"up to {number(measure.high, 'share') if measure.unit in SHARE_UNITS else _plain(measure.high)}"
    if measure.unit in SHARE_UNITS:
        return f"{measure.low * 100:.0f} to {measure.high * 100:.0f} %"
    return f"{_plain(measure.low)} to {_plain(measure.high)}"


NONE_FOUND = (
    "Where none was found, that does not prove that there were none: the coder may have missed some, and one session "
    "is a small sample, so the rate after “up to” would still fit what was counted."
)


def none_found(measure: Measure) -> bool:
    """Whether a measure is a rate of something that was looked for and not found."""
    return measure.value == 0 and measure.low == 0 and measure.unit.startswith("per ")


def nothing(measure: Measure) -> str:
    """That none was found, and how many would still fit what was counted; nothing where some were found."""
    if not none_found(measure) or measure.high is None:
        return ""
    most = _plain(measure.high)
    still = f"up to {most} {measure.unit} would still fit (90 % interval 0 to {most})"
    return f"None was found in {counted_on(measure)}; {still}."


def behind(measure: Measure) -> str:
    """What stands behind the number, and the note on it: ``Counted on 1 turn with advice: too little to say.``"""
    told = f"{measure.note}." if measure.note else ""
    if measure.note.startswith(TOO_LITTLE) and not none_found(measure):
        return f"Counted on {counted_on(measure)}: {told}"
    first = nothing(measure) or f"Counted on {counted_on(measure)}."
    return f"{first} {told[:1].upper()}{told[1:]}".rstrip()


def counted_on(measure: Measure) -> str:
    """What stands behind the number, such as ``23 reflections`` or ``1 reflection``."""
    of = _one_of(measure.base_of) if measure.base == 1 else measure.base_of
    return f"{measure.base:,}".replace(",", " ") + f" {of}".rstrip()


def _one_of(plural: str) -> str:
    """What one of them is called: ``turn with advice``; ``reflection or question`` of two kinds."""
    either, two = _PAIR.subn(r"\1 or \2", plural)
    return either if two else _PLURAL.sub(_singular, plural, count=1)


def _singular(plural: re.Match[str]) -> str:
    return plural[1] + ("y" if plural[2] == "ies" else "")


def clock(ms: int | None) -> str:
    """Milliseconds as ``m:ss`` or ``h:mm:ss``; nothing where the time is unknown."""
    if ms is None:
        return ""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def count(n: int, one: str, many: str = "") -> str:
    """A number of things: ``1 question``, ``2 questions``."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def ordinal(n: int) -> str:
    """A place in a row: ``1st``, ``2nd``, ``11th``."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def listed(items: Iterable[str], last: str = "and") -> str:
    """Items as people list them: ``a, b and c``."""
    known = list(items)
    return f" {last} ".join(part for part in (", ".join(known[:-1]), *known[-1:]) if part)


def shortened(text: str, width: int) -> str:
    """The beginning of a text, cut at a word, at most ``width`` characters."""
    plain = " ".join(text.split())
    if len(plain) <= width:
        return plain
    cut = plain[: width - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[width // 2 :] else cut).rstrip(" ,;:–-") + "…"


def until(text: str, at: int) -> str:
    """A text up to the end of the clause around ``at``, so that these words stay where only the end is shown."""
    stop = _CLAUSE.search(text, at, at + TAIL) or _WORD_END.search(text, min(at + TAIL // 2, len(text)))
    return text if len(text) - at <= TAIL or not stop else text[: stop.start()].rstrip() + "…"


def ended(text: str, width: int = HEARD) -> str:
    """The end of a text, whole words, at most ``width`` characters: what stood last is what was answered.

    Never between a “not” and what it denies, since the words after it would say the opposite: then from the next
    clause on, or else with the “not” before the end.
    """
    plain = " ".join(text.split())
    if len(plain) <= width:
        return plain
    cut = plain[-(width - 2) :]
    kept = (cut.partition(" ")[2] if plain[-(width - 1)] != " " and " " in cut else cut).lstrip()
    at = len(plain) - len(kept)
    denied = _DENIED.search(plain, max(0, at - TAIL // 2), at)
    if denied and not (clause := _STARTS.search(kept, 0, len(kept) // 2)):
        return f"… {denied[1]} {ended(kept, width - len(denied[1]) - 3)}"
    return f"… {kept[clause.end() :] if denied and clause else kept}"
