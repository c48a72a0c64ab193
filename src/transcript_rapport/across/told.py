"""What the commands across sessions print: plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import wrap

from transcript_rapport.across import compare as comparing
from transcript_rapport.across.agree import Agreement, Code, Coding, Figure
from transcript_rapport.across.compare import Comparison
from transcript_rapport.across.tables import aligned
from transcript_rapport.across.trend import METHOD, Trends
from transcript_rapport.renderers import counts, wording
from transcript_rapport.renderers.making import NOT_A_VERDICT
from transcript_rapport.report import Measure

WIDTH, TITLE = 100, 40
ABOUT_PROMISES = (
    "Found by the words it shares with what was said later; whether something was done cannot be read from that."
)
LEARNED = (
    "The coder learned from, or was adjusted on, what its model card names (AnnoMI, HLQC, PriMock57, Fareez et al., "
    "ESConv, our practice sessions): agreement on those is not agreement on new sessions."
)
HOLDS_OURS = (
    "{}: its column probabilities is the coder's, and so its codes and labels may be, which agree with themselves; "
    "compare a table that only a person filled in (rapport agree --sheet makes an empty one)"
)
FAMILIES = "Families (a code of theirs counts for them, so these repeat what stands above):"
ABOUT_SESSIONS = NOT_A_VERDICT.replace("words in one session", "words in these sessions")


def compared(comparison: Comparison, whole: bool = False) -> str:
    """A comparison: both names, then what differs; with ``whole`` every measure by room below it."""
    lines = [f"COMPARED · A: {comparison.a} · B: {comparison.b}", *comparison.first, *wrap(comparison.told, WIDTH)]
    lines += _first(
        "APART BY MORE THAN THE UNCERTAINTY", [(p.statement, {"A": p.a, "B": p.b}) for p in comparison.clear]
    )
    if whole:
        for room, pairs in groupby(comparison.pairs, key=lambda pair: wording.room_title(pair.a.name)):
            rows = [row for p in pairs for row in _rows(p.a, p.b, p.statement)]
            lines += ["", room.upper(), *aligned([["", "A", "B", ""], *rows], TITLE)]
    else:
        lines += ["", f"{wording.count(len(comparison.pairs), 'measure')} in all: add --all."]
    return comparison.spelling("\n".join([*lines, "", *wrap(comparing.METHOD, WIDTH), ABOUT_SESSIONS]) + "\n")


def moved(trends: Trends, whole: bool = False) -> str:
    """Trends: who and which sessions, then what moved; with ``whole`` every measure by room below it."""
    names = wording.listed(trends.sessions)
    lines = [f"TREND · {trends.person} · {wording.count(len(trends.sessions), 'session')}", *trends.first]
    lines += wrap(names, WIDTH)
    lines += ["", *wrap(trends.about, WIDTH), "", *wrap(trends.told, WIDTH)]
    lines += _first(
        "MOVED MORE THAN THE UNCERTAINTY", [(t.statement, {"first": t.first, "last": t.last}) for t in trends.clear]
    )
    if whole:
        for room, members in groupby(trends.measures, key=lambda trend: wording.room_title(trend.name)):
            rows = [row for t in members for row in _rows(t.first, t.last, t.statement)]
            lines += ["", room.upper(), *aligned([["", "first", "last", ""], *rows], TITLE)]
    else:
        lines += ["", f"{wording.count(len(trends.measures), 'measure')} in all: add --all."]
    lines += _promised(trends)
    return trends.spelling("\n".join([*lines, "", *wrap(METHOD, WIDTH), ABOUT_SESSIONS]) + "\n")


def _rows(one: Measure, other: Measure, statement: str) -> list[list[str]]:
    """A measure's row, and the rest of a title that is too long for it: titles may differ at the end only."""
    title, *more = wrap(counts.titled(one), TITLE, subsequent_indent="  ")
    return [
        [title, counts.told(one).first, counts.told(other).first, statement],
        *([rest, "", "", ""] for rest in more),
    ]


def _first(heading: str, found: Sequence[tuple[str, Mapping[str, Measure]]]) -> Iterator[str]:
    """What is clear, each with its two ends by name; nothing where nothing is."""
    if found:
        yield from ("", heading)
    for statement, ends in found:
        title = counts.titled(next(iter(ends.values())))
        yield from wrap(f"{title}: {statement}", WIDTH, initial_indent="  ", subsequent_indent="    ")
        yield from (f"{side:>9}  {counts.told(end)}" for side, end in ends.items())


def _promised(trends: Trends) -> Iterator[str]:
    """Each promise with whether it comes up again; nothing where none was made."""
    if trends.promises:
        yield from ("", "WHAT THE PRACTITIONER SAID THEY WOULD DO", *wrap(ABOUT_PROMISES, WIDTH))
    for promise in trends.promises:
        said = f"{promise.session}, utterance {promise.made.utterance}: “{promise.made.quote}”: {promise.told}"
        yield from wrap(wording.shortened(said, 3 * WIDTH), WIDTH, initial_indent="  ", subsequent_indent="      ")


def agreed(of: Agreement) -> str:
    """Agreement: what was matched, every code with its figures, then where the two differ most."""
    lines = ["AGREEMENT BETWEEN THE TABLE (H) AND THE REPORT (R)", *wrap(matched(of), WIDTH)]
    for coding in of.codings:
        lines += ["", *_coding(coding)]
    drawn = f"90 % intervals: jackknife over {of.over}, with Student's t."
    method = (
        f"{drawn} kappa: Cohen (1960); alpha: Krippendorff (2011), nominal. Precision and recall take H as given; "
        "their intervals and that of F1 are in --format csv and json."
    )
    return "\n".join([*lines, "", *wrap(method, WIDTH), *wrap(LEARNED, WIDTH)]) + "\n"


def matched(of: Agreement) -> str:
    """How the rows found their places, and what could not be matched, in one or two sentences."""
    a = of.aligned
    ways = wording.listed(f"{n} by {how}" for how, n in a.found.items()) or "none"
    rows = sum(a.found.values())
    parts = [f"{wording.count(rows, 'row')} of the table found a place in the report ({ways})."]
    if a.unmatched:
        parts.append(
            f"{wording.count(len(a.unmatched), 'row')} found none ({_lines(a.unmatched)}) and are not counted."
        )
    if any(a.strangers):
        parts.append(f"No report is called {wording.listed(a.strangers[:8])}.")
    if a.twice:
        parts.append(
            f"{wording.count(len(a.twice), 'row')} ({_lines(a.twice)}) stand for a place that another coder's row has, "
            "or give it another label, and are not counted: hand in one person's rows at a time."
        )
    if a.uncoded:
        parts.append(f"{wording.count(a.uncoded, 'place')} of the report {'has' if a.uncoded == 1 else 'have'} no row.")
    return " ".join(parts)


def _lines(numbers: Sequence[int]) -> str:
    return f"line {wording.listed(map(str, numbers[:8]))}" + (" and others" if len(numbers) > 8 else "")


def _coding(coding: Coding) -> Iterator[str]:
    overall = ", ".join(f"{name} {number(held)}" for name, held in coding.overall.items())
    yield f"{coding.name.replace('_', ' ').upper()} · {wording.count(coding.units, 'unit')}"
    yield from wrap(f"All together ({'whole sets' if coding.name == 'codes' else 'labels'}): {overall}", WIDTH)
    heads = ["", "units", "H", "R", "kappa", "alpha", "prec.", "recall", "F1", ""]
    alone, families = ([_row(code) for code in coding.codes if code.family is family] for family in (False, True))
    lines = aligned([heads, *alone, *families])
    yield from lines[: 1 + len(alone)]
    if families:
        yield from ("", FAMILIES, *lines[1 + len(alone) :], "")
    differ = sorted(((n, pair) for pair, n in coding.confusion.items() if pair[0] != pair[1]), reverse=True)[:6]
    if differ:
        yield "Most often apart: " + "; ".join(f"H {a} – R {b}: {n}" for n, (a, b) in differ)
    if coding.left_out:
        yield from wrap(f"Not compared: {', '.join(coding.left_out)}", WIDTH)


def _row(code: Code) -> list[str]:
    held = [number(code.figures[name]) for name in ("kappa", "alpha")]
    short = ["–" if (v := code.figures[name].value) is None else f"{v:.2f}" for name in ("precision", "recall", "f1")]
    return [code.name, str(code.units), str(code.human), str(code.report), *held, *short, code.note]


def number(held: Figure) -> str:
    """A figure with its interval: ``0.72 (0.61 to 0.80)``; a dash where it is not defined."""
    if held.value is None:
        return "–"
    ends = f" ({_two(held.low)} to {_two(held.high)})" if held.low is not None and held.high is not None else ""
    return f"{_two(held.value)}{ends}"


def _two(value: float) -> str:
    """Two decimals, and no minus before a nought."""
    return f"{round(value, 2) + 0.0:.2f}"
