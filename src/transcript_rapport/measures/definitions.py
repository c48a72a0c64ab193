"""What each measure means: one definition from which numbers and pages are both made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from transcript_rapport.measures.intervals import Interval, poisson, wilson
from transcript_rapport.norms import TOO_LITTLE
from transcript_rapport.report import Measure, Span, Threshold

NO_TURNS = "the practitioner has no turn that says more than a back-channel"
NO_STATEMENTS = "the practitioner says nothing that could be counted"
NO_CLIENT = "the client says nothing that could be counted"

WILSON = "90 %, Wilson score (Wilson, 1927)"
POISSON = "90 %, exact Poisson (Garwood, 1936)"
CONDITIONAL = "90 %, Wilson score of one count given the sum of both (Przyborowski & Wilenski, 1940)"
CODER = "90 %, from how far the coder strayed from experts' counts on sessions that were new to it"
BLOCKS = "90 %, jackknife over ten stretches of the session (Quenouille, 1956)"
DIFFERENCE = "90 %, difference of two shares from their Wilson scores (Newcombe, 1998)"
JACKKNIFE = "90 %, jackknife over exchanges, on the logit scale (Cochran, 1977)"

TURNS = (
    "A practitioner turn is a run of utterances of one practitioner label; turns that hold nothing but back-channels "
    "(all statements coded facilitation, or no words at all) are left out below the line, since in some transcripts "
    "a fifth of all utterances are back-channels."
)


@dataclass(frozen=True, slots=True)
class Definition:
    """One measure in words, and the one place its numbers get their name, unit and notes from.

    ``base`` names what is counted below the line (``Measure.base_of``). ``not_measurable`` lists
    every reason for which the value may be missing. ``enough`` is the least base a reader should
    lean on: below it the value stays and the note says so. ``caution`` stands in every note,
    ``remark`` only on the page. ``codes`` are the coder's codes, families or talk types that it counts: its
    interval then holds their miscounts too.
    """

    name: str
    title: str
    unit: str
    formula: str
    base: str
    not_measurable: tuple[str, ...]
    source: str
    example: str
    range: tuple[float, float | None] = (0.0, None)
    interval: str = ""
    enough: int = 0
    caution: str = ""
    remark: str = ""
    threshold: Threshold | None = None
    codes: tuple[str, ...] = ()

    def measured(
        self, value: float, base: int, interval: Interval | None = None, evidence: tuple[Span, ...] = (), note: str = ""
    ) -> Measure:
        """The measure with a value; ``note`` is added to what the definition says by itself."""
        few = TOO_LITTLE if base < self.enough else ""
        wide = "no interval: the exchanges are too few, or all alike" if self.interval and interval is None else ""
        told = "; ".join(part for part in (few, note, wide, self.caution) if part)
        low, high = interval or (None, None)
        return replace(self.missing(told, base), value=value, low=low, high=high, evidence=evidence)

    def missing(self, why: str, base: int = 0) -> Measure:
        """The measure without a value: ``why`` completes "not measurable, because …"."""
        return Measure(self.name, self.title, None, self.unit, base, self.base, threshold=self.threshold, note=why)


def per_ten_turns(
    name: str,
    title: str,
    *,
    counted: str,
    source: str,
    missing: tuple[str, ...] = (NO_TURNS,),
    remark: str = "",
    codes: tuple[str, ...] = (),
) -> Definition:
    """The definition of a count per ten practitioner turns; ``counted`` names it in the plural."""
    low, high = poisson(6, 2)
    return Definition(
        name,
        title,
        unit="per 10 practitioner turns",
        formula=f"{counted} ÷ practitioner turns × 10",
        base="practitioner turns",
        not_measurable=missing,
        source=source,
        example=f"6 {counted} in 20 practitioner turns: 6 ÷ 20 × 10 = 3.0 (90 % interval {low:.1f} to {high:.1f})",
        interval=POISSON,
        enough=10,
        remark=" ".join(part for part in (remark, TURNS) if part),
        codes=codes,
    )


def per_hundred(name: str, title: str, *, code: str, whose: str, source: str, missing: str) -> Definition:
    """The definition of statements with ``code`` per hundred statements of ``whose`` side."""
    low, high = wilson(6, 80).times(100)
    return Definition(
        name,
        title,
        unit=f"per 100 {whose} statements",
        formula=f"statements coded {code} ÷ {whose} statements × 100; a statement counts once",
        base=f"{whose} statements",
        not_measurable=(missing,),
        source=source,
        example=f"6 of 80 {whose} statements: 6 ÷ 80 × 100 = 7.5 (90 % interval {low:.1f} to {high:.1f})",
        range=(0.0, 100.0),
        interval=WILSON,
        enough=30,
        codes=(code,),
    )


def share(
    name: str,
    title: str,
    *,
    part: str,
    whole: str,
    missing: tuple[str, ...],
    source: str,
    caution: str = "",
    remark: str = "",
    interval: str = WILSON,
    threshold: Threshold | None = None,
    codes: tuple[str, ...] = (),
) -> Definition:
    """The definition of a share of things counted; ``part`` and ``whole`` are plurals."""
    low, high = wilson(6, 15)
    return Definition(
        name,
        title,
        unit="share",
        formula=f"{part} ÷ {whole}",
        base=whole,
        not_measurable=missing,
        source=source,
        example=f"6 {part} among 15 {whole}: 6 ÷ 15 = 0.40"
        + (f" (90 % interval {low:.2f} to {high:.2f})" if interval == WILSON else ""),
        range=(0.0, 1.0),
        interval=interval,
        enough=5,
        caution=caution,
        remark=remark,
        threshold=threshold,
        codes=codes,
    )
