"""How a report speaks: numbers, times, names of kinds and the sentence a report opens with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from transcript_rapport.medical import is_medical
from transcript_rapport.renderers.naming import is_generic, with_article
from transcript_rapport.report import SURE, Measure, Report, Statement
from transcript_rapport.session import Role

ROOMS = {
    "talk": "Talk time",
    "listening": "Listening",
    "validation": "Validation",
    "acceptance": "Acceptance",
    "language": "Plain language",
    "partnership": "Partnership",
    "client": "The client's side",
    "questionnaires": "Questionnaires",
    "own": "Your own codes",
}
_PLURAL = re.compile(r"\b([a-z-]{2,}?)(ies|(?<=[a-rt-z])s)\b")
_CLIENT = re.compile(r"“[^”]*”|\b(?P<c>[Cc])lient")
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


def rate(measure: Measure) -> str:
    """What a rate is counted per, to follow its title; nothing where the title says it, or it is no rate."""
    per, _, what = measure.unit.partition(" ")
    return f", {measure.unit}" if per == "per" and what not in measure.title else ""


def missing(measures: Iterable[Measure]) -> list[str]:
    """What cannot be measured here, by reason: ``the transcript has no times: silence and latency``."""
    reasons: dict[str, list[str]] = {}
    for measure in measures:
        if measure.value is None:
            reasons.setdefault(measure.note or "no reason was given", []).append(measure.title)
    return [f"{reason}: {listed(titles)}" for reason, titles in reasons.items()]


def interval(measure: Measure) -> str:
    """The 90 % interval, or nothing where there is none; where nothing was found, how many could still be there."""
    if measure.low is None or measure.high is None:
        return ""
    if measure.value == 0 and measure.low == 0:
        return f"up to {number(measure.high, 'share') if measure.unit in SHARE_UNITS else _plain(measure.high)}"
    if measure.unit in SHARE_UNITS:
        return f"{measure.low * 100:.0f} to {measure.high * 100:.0f} %"
    return f"{_plain(measure.low)} to {_plain(measure.high)}"


def none_found_means(measures: Iterable[Measure]) -> str:
    """What “none found” means, told with a rate that stands on the page; nothing where all were found."""
    most = _may_be(measures)
    return (
        f"Where none was found, that does not prove that there were none: the coder may have missed some, and one "
        f"session is a small sample, so a rate of up to {most}, say, would still fit what was counted."
        if most
        else ""
    )


def none_in_short(measures: Iterable[Measure]) -> str:
    """The same in a line."""
    most = _may_be(measures)
    told = f"Where none was found, up to {most} would still fit: the coder may have missed some."
    return told if most else ""


def _may_be(measures: Iterable[Measure]) -> str:
    """The rate that could still be there, of the first measure that found none."""
    return next((_plain(m.high) for m in measures if none_found(m) and m.high is not None), "")


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


def counted_on(measure: Measure) -> str:
    """What stands behind the number, such as ``23 reflections`` or ``1 reflection``."""
    of = (
        measure.base_of
        if measure.base != 1 or " and " in measure.base_of
        else _PLURAL.sub(_singular, measure.base_of, count=1)
    )
    return f"{measure.base:,}".replace(",", " ") + f" {of}".rstrip()


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


def ended(text: str, width: int = HEARD) -> str:
    """The end of a text, whole words, at most ``width`` characters: what stood last is what was answered."""
    plain = " ".join(text.split())
    if len(plain) <= width:
        return plain
    cut = plain[-(width - 2) :]
    kept = cut.partition(" ")[2] if plain[-(width - 1)] != " " and " " in cut else cut
    return f"… {kept.lstrip()}"


def who(report: Report, role: Role) -> str:
    """The labels that have a role, or the role's own name where nobody has it."""
    return listed(report.session.labels(role)) or f"no {role}"


def named(report: Report, role: Role) -> str:
    """Whoever has a role, as a sentence names them: ``Dr Lee``, ``the counsellor``, ``the client (C)``."""
    labels = report.session.labels(role)
    if not labels:
        return f"no {role}"
    bare = any((len(label) < 3 and not is_generic(label)) or label.lower().startswith("speaker") for label in labels)
    if bare:
        return f"{addressed(report)(f'the {role}')} ({listed(labels)})"
    return listed(map(with_article, labels))


def addressed(report: Report) -> Callable[[str], str]:
    """Turns the client of our own words into the patient where the session is a medical visit; quotes stay."""
    if not is_medical(report):
        return str
    spoken_of = {"c": "patient", "C": "Patient"}
    return lambda text: _CLIENT.sub(lambda found: spoken_of.get(found["c"], found[0]), text)


def opening(report: Report) -> str:
    """One sentence on the session: how long, who, how the talk was shared, what was heard."""
    session = report.session
    length = session.duration_ms
    lasted = f" over {count(max(1, round(length / 60_000)), 'minute')}" if length else ""
    talked = f"{named(report, 'practitioner')} talked with {named(report, 'client')}{_shared(report)}"
    return f"In {count(len(session), 'utterance')}{lasted}, {talked}; {_heard(report)}."


def _heard(report: Report) -> str:
    """How many statements reflect and validate, as a clause."""
    if not report.statements:
        return "what was said is not known, so nothing is marked"
    said = report.coded.by_role("practitioner")
    reflecting, validating = (sum(s.has(family) for s in said) for family in ("reflection", "validation"))
    if not reflecting and not validating:
        return "no statement is marked as reflecting what was said or validating it"
    first = (
        f"{count(reflecting, 'statement')} {'is' if reflecting == 1 else 'are'}" if reflecting else "no statement is"
    )
    return f"{first} marked as reflecting what was said and {validating or 'none'} as validating it{_unsure(said)}"


def _unsure(said: Iterable[Statement]) -> str:
    """How many of the validating statements the coder is unsure of."""
    validating = [s.codes.items() for s in said if s.has("validation")]
    likely = [max(p for code, p in codes if code.startswith("validation.")) for codes in validating]
    unsure = sum(p < SURE for p in likely)
    return f", {'though' if len(likely) == 1 else f'{unsure} of them'} unsure" if unsure else ""


def _shared(report: Report) -> str:
    """The practitioner's share of the time and of the words, each under its name."""
    named = {m.name: m.value for m in report.measures if m.value is not None}
    sides = (("talk.practitioner_time_share", "talk time"), ("talk.practitioner_word_share", "words"))
    told = [f"{number(named[name], 'share')} of the {what}" for name, what in sides if name in named]
    return f" and used {listed(told)}" if told else ""
