"""From answers to measures: totals and subscales as reported, with what the published source says of them."""

from __future__ import annotations

from collections.abc import Iterator

from transcript_rapport.questionnaires.table import Filled
from transcript_rapport.report import Measure

ROOM = "questionnaires"
LOOK_TODAY = (
    "this was answered above 0: please look at it today, talk with the person about it, and do what your service has "
    "agreed for such answers"
)
NOT_A_DIAGNOSIS = "it is what the person reported on a form, not a diagnosis"


def measures(filled: Filled) -> Iterator[Measure]:
    """The total, the subscales, and the item to look at the same day where the questionnaire has one."""
    of = filled.of
    when = f"filled in on {filled.date}: " if filled.date else ""
    value = _total(filled)
    name, title = f"{ROOM}.{of.key}", f"{of.title} total, as reported: {of.asks}"
    if value is None:
        yield Measure(name, title, None, "points", len(filled.answers), "answers", note=when + _unanswered(filled))
    else:
        low, high = of.range()
        given = len(filled.answers) == of.items
        base, of_what = (of.items, "answers") if given else (1, "total that was handed in")
        told = "; ".join(
            part for part in (of.meaning(value), f"possible range {low} to {high}", NOT_A_DIAGNOSIS) if part
        )
        yield Measure(name, title, value, "points", base, of_what, note=f"{when}{told}; source: {of.source}")
    yield from _subscales(filled, when)
    if of.look_at:
        yield _to_look_at(filled, of.look_at)


def _total(filled: Filled) -> float | None:
    if filled.total is not None:
        return filled.total
    return round(sum(filled.answers.values()), 2) if len(filled.answers) == filled.of.items else None


def _unanswered(filled: Filled) -> str:
    left = [str(n) for n in range(1, filled.of.items + 1) if n not in filled.answers]
    return (
        f"no answer to item {', '.join(left)}, and {filled.of.title} is not scored here with answers left out; if your "
        "service has a rule for that, hand in the total"
    )


def _subscales(filled: Filled, when: str) -> Iterator[Measure]:
    of = filled.of
    for name, items in of.subscales.items():
        known = [filled.answers[n] for n in items if n in filled.answers]
        low, high = of.range(len(items))
        whole = len(known) == len(items)
        note = f"{when}possible range {low} to {high}; source: {of.source}" if whole else "not all its items are known"
        title, value = f"{of.title} {name}, as reported", sum(known) if whole else None
        yield Measure(f"{ROOM}.{of.key}_{name}", title, value, "points", len(known), "answers", note=note)


def _to_look_at(filled: Filled, item: int) -> Measure:
    of, value = filled.of, filled.answers.get(item)
    name, title = f"{ROOM}.{of.key}_item_{item}", f"{of.title} item {item} ({of.look_at_title})"
    note = "the answer to this item is not known here: please look at the form itself"
    if value is not None:
        note = LOOK_TODAY if value > 0 else "answered with 0"
    return Measure(name, title, value, "points", int(value is not None), "answer", note=note)
