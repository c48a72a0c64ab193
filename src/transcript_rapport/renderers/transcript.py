"""The transcript with findings marked in place: each utterance cut where a mark begins or ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transcript_rapport.codebook import is_learned
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.renderers.kinds import Family, kind_title, within
from transcript_rapport.renderers.strip import SAFETY, family, lane
from transcript_rapport.renderers.wording import clock, shortened
from transcript_rapport.report import SURE, Finding, Label, Report, Span
from transcript_rapport.session import Utterance

WORTH_PRINTING = 0.1
"""Least probability at which a code that is not asserted is printed for researchers."""
ONLY_AS_MARKS = ("judgment", "advice.directive")
"""Codes that only researchers see where no detector makes a mark of them: weaker readings are remarks to nobody."""
ONLY_WHEN_SURE = ("client.withdrawal", "client.confrontation")
"""Codes that readers see only where the coder is sure: a short answer has too many other reasons …"""
STRAIN = "responsiveness.rupture_markers_per_hundred_statements"
"""… and only where this measure counts them, so that no page shows a sign and says that there is none."""
BY_WORDS = "found by its words alone"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters under the same marks; ``ends`` are the findings that end with it."""

    text: str
    anchor: str
    families: tuple[Family, ...]
    ends: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A code the coder asserts, with its probabilities, one for each statement that has it."""

    code: str
    held: tuple[float, ...]

    @property
    def title(self) -> str:
        """The code in plain words, and whether the coder would lean on it."""
        return kind_title(self.code) if self.sure else f"{kind_title(self.code)}, unsure"

    @property
    def probabilities(self) -> str:
        """Its probabilities as people write them."""
        return ", ".join(f"{p:.2f}" for p in self.held)

    @property
    def sure(self) -> bool:
        """Whether the coder is sure of it in at least one statement."""
        return max(self.held) >= SURE

    @property
    def for_everyone(self) -> bool:
        """Whether readers who are not researchers see it."""
        return not within(self.code, *ONLY_AS_MARKS) and (self.sure or self.code not in ONLY_WHEN_SURE)


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance as the page shows it."""

    of: Utterance
    role: str
    time: str
    label: str
    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...]
    tags: tuple[Tag, ...]

    @property
    def families(self) -> tuple[str, ...]:
        """Keys of the families marked here, for filtering."""
        return tuple(dict.fromkeys(family(finding.kind).key for finding in self.findings))

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides its marks are on, for filtering; what is to be read first is filtered as a family."""
        return tuple(dict.fromkeys(key for f in self.findings if (key := lane(f.kind)) != SAFETY.key))


def lines(report: Report) -> Iterator[Line]:
    """Every utterance in order, none merged or dropped."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.utterance].append(finding)
    starts = _anchored(report)
    for spoken, label in zip(report.session, report.coded.labels, strict=True):
        here = tuple(found[spoken.index])
        yield Line(
            spoken,
            report.session.role_of(spoken),
            clock(spoken.start_ms),
            _named(label),
            pieces(spoken, here, sorted(starts[spoken.index])),
            here,
            tuple(tag for tag in _tags(report, spoken.index, here) if tag.for_everyone),
        )


def _named(label: Label) -> str:
    """What the utterance mainly does, and whether the coder would lean on it."""
    named = label.behaviour or (f"{label.talk_type} talk" if label.talk_type not in (None, "neutral") else "")
    return f"{named}, unsure" if named and label.unsure else named or ""


def anchor(place: Span) -> str:
    """The page's name for a place: its utterance, or the statement inside it."""
    return f"u{place.utterance}" if place.start == 0 else f"u{place.utterance}c{place.start}"


def _anchored(report: Report) -> dict[int, set[int]]:
    """Where something begins that a number, a highlight or a reader's link may point at."""
    starts: dict[int, set[int]] = defaultdict(set)
    evidence = (place for measure in report.measures for place in measure.evidence)
    for place in (*evidence, *(f.span for f in report.findings), *(s.span for s in report.statements)):
        starts[place.utterance].add(place.start)
    return starts


def pieces(spoken: Utterance, findings: Sequence[Finding], starts: Sequence[int] = ()) -> tuple[Piece, ...]:
    """The text cut at every beginning and end, so that nested and overlapping marks both show."""
    edges = {0, len(spoken.text), *starts, *(f.start for f in findings), *(f.end for f in findings)}
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(spoken.text))
    return tuple(_piece(spoken, findings, starts, a, b) for a, b in pairwise(cuts))


def _piece(spoken: Utterance, findings: Sequence[Finding], starts: Sequence[int], a: int, b: int) -> Piece:
    active = [f for f in findings if f.start <= a and b <= f.end]
    named = anchor(Span(spoken.index, a, b)) if a and a in starts else ""
    families = tuple(dict.fromkeys(family(f.kind) for f in active))
    return Piece(spoken.text[a:b], named, families, tuple(f for f in active if f.end == b))


def _tags(report: Report, index: int, findings: Sequence[Finding]) -> list[Tag]:
    """Codes that no finding shows already, each once."""
    shown = {f.kind for f in findings}
    strain = next((m.evidence for m in report.measures if m.name == STRAIN), None)
    held: dict[str, list[float]] = defaultdict(list)
    for statement in report.coded.statements_of(index):
        bare = strain is not None and statement.span not in strain
        for code, probability in statement.counted.items():
            if code not in shown and not (bare and code in ONLY_WHEN_SURE):
                held[code].append(probability)
    return [Tag(code, tuple(probabilities)) for code, probabilities in held.items()]


def certainty(report: Report) -> Callable[[Finding], str]:
    """For a finding: the probability that the coder gave, or that its words alone speak for it."""
    by_words = _by_words(report)
    return lambda finding: BY_WORDS if by_words(finding) else f"probability {finding.score:.2f}"


def unsure(report: Report) -> Callable[[Finding], bool]:
    """For a finding: whether the coder, by whose reading it is marked, would not lean on it."""
    by_words = _by_words(report)
    return lambda finding: finding.score < SURE and not by_words(finding)


def _by_words(report: Report) -> Callable[[Finding], bool]:
    """Whether a score is no probability of the coder's but a convention of ours, and would only look like one."""

    def told(finding: Finding) -> bool:
        said = report.coded.statements_of(finding.utterance)
        from_lexicon = within(finding.kind, "jargon", "judgment")
        given = any(finding.score in (*s.counted.values(), *s.probabilities.values()) for s in said)
        return not is_learned(finding.source) and (finding.kind in moves() or (from_lexicon and not given))

    return told


def coding(report: Report, index: int) -> list[tuple[str, str]]:
    """What the coder said of every statement of an utterance: its first words, and codes with probabilities.

    Codes it asserts come first, marked with a plus; those below ``WORTH_PRINTING`` are left out.
    """
    told = []
    for statement in report.coded.statements_of(index):
        every = {**statement.probabilities, **statement.codes}
        ranked = sorted(every, key=lambda code: (code not in statement.codes, -every[code]))
        kept = [code for code in ranked if code in statement.codes or every[code] >= WORTH_PRINTING]
        codes = ", ".join(f"{'+' if code in statement.codes else ''}{code} {every[code]:.2f}" for code in kept)
        told.append((shortened(report.coded.text(statement), 40), codes or "no code"))
    return told
