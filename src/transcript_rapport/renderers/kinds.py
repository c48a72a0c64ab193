"""What is marked in a report: kinds of findings, their names, the families they are shown in, and on which side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transcript_rapport.codebook import codes
from transcript_rapport.lexicons.moves import moves

Side = Literal["helpful", "look", "neutral"]
SIDES: dict[Side, str] = {"helpful": "went towards the client", "look": "worth a look", "neutral": "also marked"}
"""The sides in the order of the strip; neutral is what the sources disagree on, or nobody foresaw."""

TO_TRY = (
    *("judgment", "opening.missed", "opening.named", "rupture.passed", "advice.directive", "jargon.unexplained"),
    *("question.stacked", "question.row", "telling.long", "self_disclosure.long"),
    *("transparency.overclaim", "praise.generic", "partnership.understanding_question"),
)
"""Kinds for which another wording is offered, the weightiest first."""

HELPFUL = (
    *("reflection", "validation", "partnership", "transparency", "agenda", "listening.summary", "rupture.repaired"),
    *("question.open", "advice.permitted", "jargon.explained"),
)
SPOKEN, FAINT, DISCLOSED = "safety.spoken", "safety.faint", "safety.disclosed"
"""Where a client spoke of dying or harm in plain words, where fainter ones add up, and where harm done to them as a
child may be told in pieces."""
LIMITS, NEAR = "safety.limits", "safety.near"
"""Where a practitioner says what cannot stay private, and fainter words near one of the places above."""
FIRST = (SPOKEN, FAINT, DISCLOSED, LIMITS)
"""What is to be read before all else."""
_TITLES = {
    "opening.missed": "An opening passed over",
    "opening.named": "Named, then left",
    "opening.facts": "Asked for facts, where something was felt",
    "rupture.passed": "A sign of strain passed over",
    "rupture.repaired": "A sign of strain, turned towards",
    "question.stacked": "Several questions at once",
    "question.row": "Questions one after another",
    "telling.long": "Much told at once",
    "self_disclosure.long": "The practitioner's own story",
    "visit.view": "Asked how they see it",
    "jargon.shared": "A technical term the client knows",
    SPOKEN: "Dying or harm spoken of",
    FAINT: "Words that can stand for giving up",
    DISCLOSED: "Words that may tell of harm to them as a child",
    LIMITS: "What cannot stay private, spoken of",
    NEAR: "Near where dying or harm was spoken of",
}
_SHOWN_WITH = {
    "listening": "reflection",
    "praise": "validation",
    "transparency": "partnership",
    "agenda": "partnership",
    "telling": "advice",
    "self_disclosure": "frame",
}


@dataclass(frozen=True, slots=True)
class Family:
    """Findings shown with one shape everywhere, so that colour is never the only cue."""

    key: str
    title: str


FAMILIES = tuple(
    Family(*row)
    for row in (
        ("reflection", "Reflections"),
        ("validation", "Validation"),
        ("partnership", "Partnership and openness"),
        ("rupture", "Strain and repair"),
        ("opening", "Openings not yet met"),
        ("question", "Questions"),
        ("advice", "Advice and information"),
        ("judgment", "May sound judging"),
        ("jargon", "Technical terms"),
        ("frame", "Frame of the session"),
        ("own", "Your own codes"),
        ("other", "Other marks"),
    )
)


def within(kind: str, *prefixes: str) -> bool:
    """Whether a kind is one of ``prefixes`` or belongs to its family."""
    return any(kind == prefix or kind.startswith(prefix + ".") for prefix in prefixes)


def family(kind: str) -> Family:
    """The family a finding's kind belongs to; kinds nobody foresaw are ``other``."""
    stem = kind.partition(".")[0]
    key = _SHOWN_WITH.get(stem, stem)
    return next((f for f in FAMILIES if f.key == key), FAMILIES[-1])


def side(kind: str) -> Side:
    """Whether a kind went towards the client, is worth a look, or is neither."""
    if within(kind, *TO_TRY):
        return "look"
    return "helpful" if within(kind, *HELPFUL) else "neutral"


def kind_title(kind: str) -> str:
    """A kind or code in plain words: the codebook's title or the lexicon's, else the name made readable."""
    known = codes().get(kind) or moves().get(kind)
    if known:
        return known.title
    stem, _, rest = kind.replace("_", " ").partition(".")
    if kind in _TITLES:
        return _TITLES[kind]
    if stem == "jargon":
        return f"Technical term, {rest}" if rest else "Technical term"
    if stem == "own" and rest:
        return f"{rest.capitalize()} (your own code)"
    return f"{stem}: {rest}".capitalize() if rest else stem.capitalize()
