"""Where identifiers stand in the lines of a session: every pattern in its turn, and what the session then knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from transcript_rapport.deidentification import known
from transcript_rapport.deidentification.deciding import believed, finished, identifiers
from transcript_rapport.deidentification.labels import label_names
from transcript_rapport.deidentification.learned import Judged, judged
from transcript_rapport.deidentification.patterns.ages import ages
from transcript_rapport.deidentification.patterns.dates import dates
from transcript_rapport.deidentification.patterns.digits import continued, grown, opened, said_digits
from transcript_rapport.deidentification.patterns.formal import formal
from transcript_rapport.deidentification.patterns.institutions import institutions
from transcript_rapport.deidentification.patterns.names.named import named
from transcript_rapport.deidentification.patterns.names.no_people import without_no_people
from transcript_rapport.deidentification.patterns.names.spelled import spelled_names
from transcript_rapport.deidentification.patterns.web import web
from transcript_rapport.deidentification.spans import Found, joined, overlaps
from transcript_rapport.deidentification.tokens import is_cased, protected, tokens
from transcript_rapport.placeholders import PLACEHOLDER


def replaced(texts: Sequence[str], labels: Sequence[str] = ()) -> list[list[Found]]:
    """Where identifiers stand in each of the ``texts`` of one session, in order; names among ``labels`` are known."""
    cased = is_cased(texts)
    alone = [_found(text, cased) for text in texts]
    lines = judged(texts, cased)
    longer = [
        finished(text, believed(text, found, line), list(identifiers(text, line)), cased)
        for text, found, line in zip(texts, alone, lines, strict=True)
    ]
    _go_on(texts, longer, lines)
    first = without_no_people(texts, longer)
    names = [label[span.start : span.end] for label in labels for span in label_names(label, labels)]
    seen = known.Known.of(texts, first, names)
    return [
        list(joined(text, [*found, *seen.further(text, found, cased)]))
        for text, found in zip(texts, first, strict=True)
    ]


def _go_on(texts: Sequence[str], spans: list[list[Found]], lines: Sequence[Judged]) -> None:
    """Add to the ``spans`` of each text the digits of a number that is given over several lines."""
    for at, text in enumerate(texts):
        spans[at] += believed(text, list(continued(texts, spans, at)), lines[at])
    for at, text in reversed(list(enumerate(texts))):
        spans[at] += believed(text, list(opened(texts, spans, at)), lines[at])
        spans[at].sort(key=lambda span: span.start)


_FINDERS: tuple[Callable[[str], Iterable[Found]], ...] = (
    *(web, institutions, dates, ages, formal, said_digits, spelled_names),
)


def _found(text: str, cased: bool) -> list[Found]:
    taken = protected(text)
    kept = len(taken)
    for finder in _FINDERS:
        for found in finder(text):
            whole = grown(text, found) if found.kind in {"number", "phone"} else found
            free = next((one for one in (whole, found) if not overlaps(one, taken)), None)
            if free:
                taken.append(free)
    bare = PLACEHOLDER.sub("", text)
    capitals = cased and not (len(bare.split()) > 3 and (bare.isupper() or bare == bare.lower()))
    return sorted([*taken[kept:], *named(tokens(text, taken[kept:]), text, capitals)], key=lambda span: span.start)
