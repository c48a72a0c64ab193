"""The profile: six dimensions of rapport, each with its leading numbers and its parts; never a sum, never a grade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from transcript_rapport.norms import TOO_LITTLE
from transcript_rapport.renderers import wording
from transcript_rapport.renderers.kinds import kind_title
from transcript_rapport.report import Measure, Report, Span

LEADS = 2
SHORT = 10
"""Characters of a unit that fits beside its number; a longer one stands with the title."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: what it asks in plain words, its rooms of measures, and which of them lead, best first."""

    key: str
    title: str
    asks: str
    rooms: tuple[str, ...]
    first: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def leads(self) -> tuple[Measure, ...]:
        """The numbers shown while it is folded: those with enough to count first, else those there are."""
        named = {m.name: m for m in self.measures if m.value is not None}
        there = [named[name] for name in self.first if name in named]
        firm = [m for m in there if not too_little(m)]
        time, words = "talk.practitioner_time_share", "talk.practitioner_word_share"
        # The same thing counted twice would not be two leading numbers.
        chosen = [m for m in (firm or there) if not (m.name == words and named.get(time) in (firm or there))]
        return tuple(chosen[:LEADS])

    @property
    def counted(self) -> tuple[Measure, ...]:
        """The parts with something to say."""
        return tuple(m for m in self.measures if m.value is not None and not too_little(m) and not nothing_found(m))

    @property
    def not_found(self) -> tuple[Measure, ...]:
        """The parts that were looked for and did not occur."""
        return tuple(m for m in self.measures if m.value is not None and not too_little(m) and nothing_found(m))

    @property
    def little(self) -> tuple[Measure, ...]:
        """The parts whose base is too small to lean on."""
        return tuple(m for m in self.measures if m.value is not None and too_little(m))

    @property
    def missing(self) -> tuple[Measure, ...]:
        """The parts that cannot be measured here."""
        return tuple(m for m in self.measures if m.value is None)


SIX = (
    Dimension(
        "balance",
        "Balance",
        "Who has the floor, and who is let finish",
        ("talk", "agenda"),
        (
            *("talk.practitioner_time_share", "talk.practitioner_word_share"),
            *("talk.floor_taking_interruptions_per_client_minute", "talk.mean_practitioner_turn_words"),
        ),
    ),
    Dimension(
        "listening",
        "Listening",
        "Whether what is said is heard and said back",
        ("listening", "responsiveness"),
        (
            *("listening.reflection_to_question_ratio", "responsiveness.openings_answered_share"),
            *("listening.complex_reflection_share", "listening.reflections_per_ten_turns"),
        ),
    ),
    Dimension(
        "validation",
        "Validation",
        "Whether feelings and efforts are met as making sense",
        ("validation", "validation_levels"),
        ("validation.validations_per_ten_turns", "validation_levels.specific_affirmation_share"),
    ),
    Dimension(
        "acceptance",
        "Acceptance",
        "Whether words could be heard as judging",
        ("acceptance",),
        ("acceptance.judgments_per_hundred_statements",),
    ),
    Dimension(
        "language",
        "Plain language",
        "Whether it can be followed without training",
        ("language", "clarity"),
        (
            "language.unexplained_jargon_per_ten_turns",
            "clarity.stacked_question_share",
            "language.mean_statement_words",
        ),
    ),
    Dimension(
        "partnership",
        "Partnership",
        "Whether choices, aims and limits are shared openly",
        ("partnership", "collaboration", "transparency"),
        (
            *("partnership.advice_with_permission_share", "partnership.collaborate_per_ten_turns"),
            "partnership.autonomy_per_ten_turns",
        ),
    ),
)
BESIDE = (
    Dimension(
        "client", "The client's side", "What the client brought, described and not rated", ("client", "dynamics")
    ),
    Dimension(
        "frame",
        "Frame and style",
        "Small talk, endings, self-disclosure, two ways of speaking: shown neutrally, since the sources disagree",
        ("frame", "style_matching"),
    ),
    Dimension(
        "questionnaires",
        "Questionnaires",
        "What the person reported on a form, beside what was said; never a diagnosis",
        ("questionnaires",),
        ("questionnaires.phq9", "questionnaires.gad7", "questionnaires.wai_sr", "questionnaires.srs"),
    ),
    Dimension(
        "remarks",
        "As one reader might see it",
        "Where one might come back to something, and what one might hold up: a guide where to look, no grade",
        ("remarks",),
    ),
    Dimension("own", "Your own codes", "What it was taught to find, from your own examples", ("own",)),
)
_ELSEWHERE = {"clarity.person_first_per_ten_turns": "acceptance"}


def too_little(measure: Measure) -> bool:
    """Whether a measure says of itself that it was counted on too little."""
    return TOO_LITTLE in measure.note


def nothing_found(measure: Measure) -> bool:
    """Whether a measure counts something that did not occur."""
    return measure.value == 0 and not measure.evidence


def figure(measure: Measure) -> str:
    """The measure's value as its column has room for it: a long unit stands with the title."""
    return wording.value(replace(measure, unit="") if _is_long(measure) else measure)


def titled(measure: Measure) -> str:
    """The measure's title with what its value has no room for."""
    title = wording.title(measure)
    return f"{title} ({measure.unit})" if _is_long(measure) and measure.unit not in title else title


def _is_long(measure: Measure) -> bool:
    return len(measure.unit) > SHORT and not measure.unit.startswith("per ") and measure.unit not in wording.SHARE_UNITS


def fewer_marked(report: Report) -> Callable[[Measure], str]:
    """For a measure with more places than marks of the same name: how many are marked, to follow its count."""
    marks: dict[str, set[Span]] = defaultdict(set)
    for finding in report.findings:
        marks[kind_title(finding.kind)].add(finding.span)

    def told(measure: Measure) -> str:
        marked = len(marks.get(measure.title, ()))
        if not marked or marked >= len(measure.evidence):
            return ""
        return f", of which the plainest {'one is' if marked == 1 else f'{marked} are'} marked"

    return told


def six(report: Report) -> list[Dimension]:
    """The six dimensions with the report's measures; each stands there even where nothing was measured."""
    return [_filled(dimension, report.measures) for dimension in SIX]


def beside(report: Report) -> list[Dimension]:
    """What is shown beside the six: the client's side, the frame, and the rooms of third parties."""
    known = {room for dimension in (*SIX, *BESIDE) for room in dimension.rooms}
    strange = dict.fromkeys(room for m in report.measures if (room := _room(m)) not in known)
    others = [Dimension(room, wording.room_title(room), "Measured by an added part", (room,)) for room in strange]
    return [d for d in (_filled(dimension, report.measures) for dimension in (*BESIDE, *others)) if d.measures]


def _room(measure: Measure) -> str:
    return _ELSEWHERE.get(measure.name, measure.name.partition(".")[0])


def _filled(of: Dimension, measures: Sequence[Measure]) -> Dimension:
    own = tuple(m for m in measures if _room(m) in of.rooms)
    return Dimension(of.key, of.title, of.asks, of.rooms, of.first, own)
