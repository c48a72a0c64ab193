"""Where identifiers stand in the lines of a session: every pattern in its turn, and what the session then knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from transcript_rapport.deidentification import known
from transcript_rapport.deidentification.labels import label_names
from transcript_rapport.deidentification.learned import finished, identifiers
from transcript_rapport.deidentification.numbering import plain
from transcript_rapport.deidentification.patterns.addresses.heard import heard
from transcript_rapport.deidentification.patterns.addresses.houses import houses, whole
from transcript_rapport.deidentification.patterns.addresses.streets import streets, towns
from transcript_rapport.deidentification.patterns.names.named import named
from transcript_rapport.deidentification.patterns.names.no_people import without_no_people
from transcript_rapport.deidentification.patterns.numbers.ages import ages, told_ages
from transcript_rapport.deidentification.patterns.numbers.dates import dates
from transcript_rapport.deidentification.patterns.numbers.digits import continued, grown, opened, said_digits
from transcript_rapport.deidentification.patterns.numbers.formal import formal
from transcript_rapport.deidentification.patterns.organisations.announced import announced
from transcript_rapport.deidentification.patterns.organisations.institutions import initials, institutions
from transcript_rapport.deidentification.patterns.organisations.kinds import by_kind
from transcript_rapport.deidentification.patterns.turns import answered, dictated
from transcript_rapport.deidentification.patterns.web.said import spelled_names, spoken
from transcript_rapport.deidentification.patterns.web.written import web
from transcript_rapport.deidentification.spans import Found, joined, overlaps
from transcript_rapport.deidentification.tokens import is_cased, tokens
from transcript_rapport.deidentification.vocabulary import is_listed
from transcript_rapport.placeholders import PLACEHOLDER


def replaced(texts: Sequence[str], labels: Sequence[str] = ()) -> list[list[Found]]:
    """Where identifiers stand in each of the ``texts`` of one session, in order; names among ``labels`` are known."""
    cased = is_cased(texts)
    alone = [_found(text, cased) for text in texts]
    _answer(texts, alone, cased)
    longer = [finished(*of) for of in zip(texts, alone, identifiers(texts, cased), strict=True)]
    first = without_no_people(texts, longer)
    names = [label[span.start : span.end] for label in labels for span in label_names(label, labels)]
    seen = known.Known.of(texts, first, names)
    return [
        list(joined(text, [*found, *seen.further(text, found, cased)]))
        for text, found in zip(texts, first, strict=True)
    ]


def _answer(texts: Sequence[str], spans: list[list[Found]], cased: bool) -> None:
    """Add to the ``spans`` of each text what the lines before and after it tell."""
    near = list(zip(["", *texts], texts, strict=False))
    for at, (before, text) in enumerate(near):
        spans[at] += continued(texts, spans, at)
        spans[at] += answered(before, text, spans[at], cased)
    old = {
        text[s.start : s.end].lower()
        for text, found in zip(texts, spans, strict=True)
        for s in found
        if s.kind == "age"
    }
    for at, (before, text) in enumerate(near):
        spans[at] += [age for age in told_ages(before, text, old) if not overlaps(age, spans[at])]
    for at, found in list(dictated(texts, spans)):
        spans[at] = [span for span in spans[at] if not overlaps(span, [found])] + [found]
    for at in reversed(range(len(texts))):
        spans[at] += opened(texts, spans, at)
        spans[at].sort(key=lambda span: span.start)


def _built(text: str) -> list[Found]:
    """Addresses and organisations by their build and their words; the longer come first, and count."""
    housed: list[Found] = [*houses(text), *streets(text), *heard(text)]
    called = [*by_kind(text), *announced(text), *institutions(text)]
    called = [span for span in called if not is_listed(plain(text[span.start : span.end]), "famous")]
    return sorted([*housed, *called], key=lambda span: span.start - span.end)


_FINDERS: tuple[Callable[[str], Iterable[Found]], ...] = (
    *(web, spoken, _built, dates, ages, formal, said_digits, towns, spelled_names, initials),
)


def _found(text: str, cased: bool) -> list[Found]:
    taken = [Found(*match.span(), "name") for match in PLACEHOLDER.finditer(text)]
    kept = len(taken)
    for finder in _FINDERS:
        for found in finder(text):
            span = _grown(text, found)
            free = next((one for one in (span, found) if not overlaps(one, taken)), None)
            if free:
                taken.append(free)
    bare = PLACEHOLDER.sub("", text)
    capitals = cased and not (len(bare.split()) > 3 and (bare.isupper() or bare == bare.lower()))
    return sorted([*taken[kept:], *named(tokens(text, taken[kept:]), text, capitals)], key=lambda span: span.start)


def _grown(text: str, found: Found) -> Found:
    """A number or an address with what belongs to it beside it."""
    if found.kind == "address":
        return whole(text, found)
    return grown(text, found) if found.kind in {"number", "phone"} else found
