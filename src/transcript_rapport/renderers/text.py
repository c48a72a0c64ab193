"""The report for a terminal: one screenful of plain text, what went well first."""

from __future__ import annotations

from collections.abc import Iterator

from transcript_rapport.renderers import wording
from transcript_rapport.renderers.highlights import Highlight, strengths, suggestions
from transcript_rapport.renderers.making import NOT_A_VERDICT, NOTHING_MARKED, NOTHING_TO_TRY, made_in_short
from transcript_rapport.report import Measure, Report

SUFFIX = ".txt"
WIDTH = 100
MOST_MEASURES = 9
LEAST_AROUND = 20
"""Columns from which the sentence around a quoted word is worth showing."""
KEY_MEASURES = (
    "talk.practitioner_time_share",
    "talk.practitioner_word_share",
    "listening.reflection_to_question_ratio",
    "listening.complex_reflection_share",
    "listening.open_question_share",
)


def render(report: Report) -> str:
    """At most 40 lines of at most 100 columns, without colours."""
    parts = (_head, _well, _to_try, _numbers, _foot)
    return "\n".join(line.rstrip() for part in parts for line in part(report)) + "\n"


def _head(report: Report) -> Iterator[str]:
    yield wording.shortened(f"RAPPORT REPORT · {report.session.name}", WIDTH)
    yield from _wrapped(wording.opening(report), most=2)


def _well(report: Report) -> Iterator[str]:
    yield from ("", "WHAT WENT WELL")
    found = strengths(report, most=3)
    if not found:
        yield from _wrapped(NOTHING_MARKED, indent="  ", most=3)
    for highlight in found:
        yield _quoted(highlight)
        yield "      " + wording.shortened(highlight.why, WIDTH - 6)


def _to_try(report: Report) -> Iterator[str]:
    yield from ("", "TO TRY NEXT")
    found = suggestions(report)
    if not found:
        yield from _wrapped(NOTHING_TO_TRY, indent="  ", most=3)
    for highlight in found:
        yield _quoted(highlight)
        yield "      " + wording.shortened(highlight.why, WIDTH - 6)
        yield "      → " + wording.shortened(highlight.suggestion, WIDTH - 8)


def _quoted(highlight: Highlight) -> str:
    number = f"{highlight.place.utterance:>4}  " if highlight.place else "   ·  "
    if not highlight.quote:
        return number + highlight.title
    said = number + wording.shortened(f"{highlight.title}: “{highlight.quote}", WIDTH - len(number) - 1) + "”"
    room = WIDTH - len(said) - len(" in “”")
    if highlight.around and room >= LEAST_AROUND:
        said += f" in “{wording.shortened(highlight.around, room)}”"
    return said


def key_measures(report: Report) -> list[Measure]:
    """The measures a reader looks for first: the canonical ones, then the first of every other room."""
    named = {measure.name: measure for measure in report.measures}
    chosen = [named[name] for name in KEY_MEASURES if name in named and named[name].value is not None]
    rooms = {measure.name.split(".")[0] for measure in chosen}
    for measure in report.measures:
        room = measure.name.split(".")[0]
        if room not in rooms and measure.value is not None:
            chosen.append(measure)
            rooms.add(room)
    return chosen[:MOST_MEASURES]


def _numbers(report: Report) -> Iterator[str]:
    chosen = key_measures(report)
    if chosen:
        yield from ("", f"{'MEASURES':<50}{'value':>10}  {'90 % interval':<14} counted on")
    for m in chosen:
        title, value = _title(m, 47), wording.value(m)
        counted = wording.shortened(wording.counted_on(m), 22)
        yield f"  {title:<48}{value:>10}  {wording.interval(m) or '–':<14} {counted}"


def _title(measure: Measure, width: int) -> str:
    """The title, cut where it must be, with what a rate is counted per in few words."""
    rate = wording.rate(measure).replace("practitioner ", "")
    return wording.shortened(wording.shortened(measure.title, max(12, width - len(rate))) + rate, width)


def _foot(report: Report) -> Iterator[str]:
    missing = wording.missing(report.measures)
    yield ""
    if missing:
        yield from _wrapped(f"Not measurable, because {'; '.join(missing)}.", most=3)
    yield from _wrapped(made_in_short(report), most=2)
    yield NOT_A_VERDICT


def _wrapped(text: str, indent: str = "", most: int = 2) -> list[str]:
    from textwrap import wrap

    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, max_lines=most, placeholder=" …")
