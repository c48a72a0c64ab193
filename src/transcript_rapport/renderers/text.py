"""The report for a terminal: one screenful of plain text, what went well first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from transcript_rapport import english
from transcript_rapport.medical import OPTION, signs
from transcript_rapport.norms import TOO_LITTLE, place_in_short
from transcript_rapport.renderers import counts, introduction, naming, wording
from transcript_rapport.renderers.audience import audience
from transcript_rapport.renderers.dimensions import six
from transcript_rapport.renderers.foremost import SHOWN, foremost, weighing
from transcript_rapport.renderers.highlights import Highlight
from transcript_rapport.renderers.kinds import FIRST, TO_TRY, within
from transcript_rapport.renderers.making import cautions, certainty, in_doubt, made_in_short, nothing_marked, notices
from transcript_rapport.renderers.measured import too_little_to_try, went_well
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.renderers.priority import ALONE, IN_SHORT, read_first, review_priority
from transcript_rapport.renderers.review import stops
from transcript_rapport.report import Measure, Report, Span

SUFFIX = ".txt"
WIDTH = 100
LAST = (
    "It is no verdict on a person. It does not look for danger to anyone: that none is shown does not mean there is "
    "none."
)
FOR_RESEARCH = (
    "This is the short form, as a supervisor gets it. Every code with its probability, and every measure with its "
    "90 % interval: --format csv, json or html."
)
NONE = "None means that none was found: the coder may have missed some."
NOTICED = 10
"""Lines of what is not to wait: never so few that what to do is cut off."""
LEAST_AROUND = 20
"""Columns from which the sentence around a quoted word is worth showing."""

BRIEFLY = {
    "acceptance.judgments_per_hundred_statements": "Could sound judging",
    "listening.complex_reflection_share": "Complex among reflections",
    "partnership.advice_with_permission_share": "Advice with room",
    "clarity.stacked_question_share": "Turns with three questions in a row",
    "talk.floor_taking_interruptions_per_client_minute": "Interruptions, per client minute",
}
"""Titles that a line has no room for, in few words."""
_SENTENCE = re.compile(r"(?<=[.?!”])\s+(?=[A-Z])")
COLUMNS = (15, 34, 21, WIDTH - 2 - 15 - 34 - 21 + 1)
"""How wide a dimension, a title, a count and a rate with its range may be."""


def render(report: Report) -> str:
    """About 40 lines of at most 100 columns, without colours; what is not to wait comes on top of these."""
    parts = (_head, _foot) if in_doubt(report) else (_head, _well, _to_try, _profile, _listen, _foot)
    return english.page("\n".join(line.rstrip() for part in parts for line in part(report)) + "\n", report)


def _head(report: Report) -> Iterator[str]:
    yield wording.shortened(f"RAPPORT REPORT · {report.session.name}", WIDTH)
    for caution in cautions(report, options=True):
        yield from (*_wrapped(caution, most=NOTICED), "")
    yield from _wrapped(" ".join((*map(str, foremost(report)), introduction.opening(report))), most=5)
    if audience(report).codes:
        yield from _wrapped(FOR_RESEARCH)
    for notice in notices(report):
        yield from ("", *_wrapped(notice, most=NOTICED))


def _well(report: Report) -> Iterator[str]:
    yield from ("", audience(report).well.upper())
    found = went_well(report, SHOWN)
    if not found:
        yield from _wrapped(nothing_marked(report), indent="  ", most=3)
    addressed, told = naming.addressed(report), dict[str, Highlight]()
    for highlight in found:
        yield _quoted(report, highlight)
        first = told.setdefault(highlight.why, highlight)
        if first is highlight:
            yield from _whole(_SENTENCE.split(addressed(highlight.why)), indent="      ", most=1)
        elif first.place:
            yield f"      For the same reason as {first.place.utterance}."


def _to_try(report: Report) -> Iterator[str]:
    reader, addressed = audience(report), naming.addressed(report)
    yield from ("", reader.next.upper())
    found = suggestions(report)[: reader.goals]
    alone = len(found) == 1
    if not found:
        yield from _wrapped(too_little_to_try(report), indent="  ", most=4)
    for highlight in found:
        yield _quoted(report, highlight)
        if highlight.heard:
            said = "      " + addressed("The client had said: “")
            yield f"{said}{wording.ended(highlight.heard, WIDTH - len(said) - 1)}”"
        if alone or not (highlight.heard and within(highlight.kind, *TO_TRY)):  # else the title is reason enough
            safety = within(highlight.kind, *FIRST)
            yield from _reason(replace(highlight, why=addressed(highlight.why)), most=4 if alone or safety else 1)
        if highlight.suggestion:
            first, *more = _wrapped(addressed(highlight.suggestion), indent=" " * 8, most=None)
            yield from ("      → " + first.lstrip(), *more)  # What one could say is never cut.


def _reason(highlight: Highlight, most: int) -> list[str]:
    """Why, in a line; in more, and with its source where no mark tells it, where there is one step or it is safety."""
    source = highlight.source.partition(";")[0]  # The whole of it, and what it is worth, stand in the page.
    named = most > 1 and source and not within(highlight.kind, *TO_TRY)
    told = [*_SENTENCE.split(highlight.why), *([f"Source: {source}."] if named else [])]
    return _whole(told, indent="      ", most=most)


def _quoted(report: Report, highlight: Highlight) -> str:
    number = _at(report, highlight.place) if highlight.place else "   ·  "
    if audience(report).codes:
        number += f"[{highlight.kind}] "
    if not highlight.quote:
        return number + highlight.title
    said = number + wording.shortened(f"{highlight.title}: “{highlight.quote}", WIDTH - len(number) - 1) + "”"
    room = WIDTH - len(said) - len(" in “”")
    if highlight.around and room >= LEAST_AROUND:
        said += f" in “{wording.shortened(highlight.around, room)}”"
    return said


def _at(report: Report, place: Span) -> str:
    """The number of an utterance and, where it is known, its time."""
    time = wording.clock(report.session[place.utterance].start_ms)
    return f"{place.utterance:>4}  {time and f'{time}  '}"


def _profile(report: Report) -> Iterator[str]:
    """The six dimensions, a line each by the number that leads; listening has two."""
    led = [(d.title, m) for d in six(report) for m in d.leads[: 2 if d.key == "listening" else 1]]
    if led:
        yield from ("", _row("SIX DIMENSIONS", "", "counted", "as a rate (90 % range)", indent=""))
    told = [counts.told(measure) for _, measure in led]
    rates = [f"none ({number.then})" if number.then.startswith("up to") else number.then for number in told]
    for (named, measure), number, rate in zip(led, told, rates, strict=True):
        yield _row(named, _short_title(measure), number.first, rate)
    ranges = counts.RANGES if set(rates) - {"", TOO_LITTLE} else ""
    none = NONE if any(rate.startswith("none") for rate in rates) else ""
    yield from _wrapped(f"{ranges} {none}".strip(), indent="  ", most=3)
    yield from _beside(report.made_with.get("norms"), [measure for _, measure in led])


def _beside(norms: object, measures: Sequence[Measure]) -> Iterator[str]:
    """Where these measures lie in the group that the user named; nothing where they named none."""
    if not isinstance(norms, Mapping):
        return
    yield from ("", "BESIDE OTHER SESSIONS")
    for measure in measures:
        if place := place_in_short(measure, str(norms["name"])):
            yield f"  {_short_title(measure).ljust(COLUMNS[1])}{place}"
    group = f"{norms['name']} ({norms['sessions']} sessions): {norms['limits']}"
    yield from _wrapped(f"These are {group}. Every place: --format html.", indent="  ", most=3)


def _short_title(measure: Measure) -> str:
    return wording.shortened(BRIEFLY.get(measure.name) or counts.titled(measure), COLUMNS[1] - 1)


def _row(*cells: str, indent: str = "  ") -> str:
    """Cells under each other, each cut to its column."""
    widths = (COLUMNS[0] + 2 - len(indent), *COLUMNS[1:])
    cut = (wording.shortened(cell, width - 1).ljust(width) for cell, width in zip(cells, widths, strict=True))
    return indent + "".join(cut).rstrip()


def _listen(report: Report) -> Iterator[str]:
    """Where a supervisor may want to listen, beside the steps above."""
    reviewing = audience(report).review
    if reviewing and report.statements and (order := _order(report)):
        yield from ("", *_whole(_SENTENCE.split(f"WHERE TO SPEND TIME FIRST: {order}"), most=3))
    shown = {step.place.utterance for step in suggestions(report) if step.place}
    found = [stop for stop in stops(report) if stop.place.utterance not in shown] if reviewing else []
    if found:
        yield from ("", "TO LISTEN TO, TOO" if shown else "TO LISTEN TO")
    for stop in found:
        at = _at(report, stop.place)
        yield at + wording.shortened(f"{stop.title}: “{stop.quote}", WIDTH - len(at) - 1) + "”"


def _order(report: Report) -> str:
    """What the review priority is and means, and what moved it up most; nothing where it does not fit the session."""
    order = review_priority(report)
    if order.spoken:
        return f"here. {read_first(report)}"
    if order.too_short:
        return f"too short to say ({order.counted} of {order.of} measures had enough to count)."
    if found := weighing(report):  # Beside what is marked no number speaks, least of all for waiting.
        return f"here, for what is marked: {found}."
    if order.unfit:
        return ""
    moved = [f"{heading} {reasons[0].briefly}." for heading, reasons in order.sides]
    return " ".join((f"{ALONE[order.told]} ({IN_SHORT}).", *moved))


def _foot(report: Report) -> Iterator[str]:
    yield ""
    if told := signs(report):
        yield from _wrapped(f"{told[:-1]} {OPTION}.")
    yield from _wrapped(certainty(report, reasons=False))  # What was counted for it stands in the page.
    yield from _wrapped(made_in_short(report), most=None)
    yield from _wrapped(LAST)


def _whole(sentences: Sequence[str], indent: str = "", most: int = 1) -> list[str]:
    """As many sentences as have room in so many lines, and the first of them in any case: none is cut."""
    for last in range(len(sentences), 0, -1):
        lines = _wrapped(" ".join(sentences[:last]), indent, most=None)
        if len(lines) <= most or last == 1:
            return lines
    return []


def _wrapped(text: str, indent: str = "", most: int | None = 2) -> list[str]:
    from textwrap import wrap

    whole = text.replace(" %", "\u00a0%")  # A number and its sign stay on one line.
    lines = wrap(whole, WIDTH, initial_indent=indent, subsequent_indent=indent, max_lines=most, placeholder=" …")
    return [line.replace("\u00a0%", " %") for line in lines]
