"""The weights of the review priority, fitted on sessions that their makers rated high or low."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from transcript_rapport.errors import CorpusError
from transcript_rapport.renderers.priority import SHIPPED, Term, Weights
from transcript_rapport.report import Measure
from transcript_rapport.training.scores import area_under_curve

STRENGTH = 0.3
"""How much the weights may grow (scikit-learn's C): little, for there are few sessions."""
ADVISED: Mapping[str, int] = {
    "talk.practitioner_word_share": -1,
    "listening.reflections_per_ten_turns": 1,
    "listening.open_question_share": 1,
    "listening.closed_questions_per_ten_turns": -1,
    "listening.input_utterance_share": -1,
    "validation.validations_per_ten_turns": 1,
    "acceptance.judgments_per_hundred_statements": -1,
    "partnership.advice_without_permission_per_ten_turns": -1,
    "partnership.autonomy_per_ten_turns": 1,
    "language.unexplained_jargon_per_ten_turns": -1,
    "remarks.come_back_per_ten_turns": -1,
    "remarks.hold_up_per_ten_turns": 1,
}
"""The measures that may enter, and whether a report advises more of it (1) or less (-1): no weight may say the
contrary."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A session's measures by name, whether its makers rated it low, and the group that no split parts."""

    values: Mapping[str, float]
    low: bool
    group: str


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted weights, and the area under the curve for sessions whose group the weights had not seen."""

    weights: Weights
    auc: float
    sessions: int
    low: int


def counted(measures: Iterable[Measure]) -> dict[str, float]:
    """The measures as the priority counts them, also where there is too little to say by one of them alone."""
    return {m.name: m.value for m in measures if m.value is not None}


def unseen(rated: Sequence[Rated], names: Iterable[str] = ADVISED, folds: int = 5) -> list[float]:
    """The probability of "rated low" of each session, by weights fitted to other groups. Needs scikit-learn."""
    from sklearn.model_selection import GroupKFold

    low, groups = [session.low for session in rated], [session.group for session in rated]
    if len(set(groups)) < folds or min(sum(low), len(low) - sum(low)) < folds:
        seen = f"{len(rated)} sessions in {len(set(groups))} groups, {sum(low)} rated low"
        raise CorpusError("review priority", seen, f"at least {folds} groups, and {folds} sessions of each rating")
    told: dict[int, float] = {}
    for known, new in GroupKFold(folds).split(rated, low, groups):
        told |= zip(new, predicted([rated[at] for at in known], [rated[at] for at in new], names), strict=True)
    return [told[at] for at in range(len(rated))]


def predicted(known: Sequence[Rated], new: Sequence[Rated], names: Iterable[str] = ADVISED) -> list[float]:
    """The probability of "rated low" of new sessions, by weights fitted to known ones."""
    weights = _fitted(known, tuple(names))
    return [weights.probability(session.values) for session in new]


def fit(rated: Sequence[Rated], names: Iterable[str] = ADVISED, folds: int = 5, said: str = "") -> Fit:
    """An L2 logistic regression of "rated low" on standardised measures; missing ones stand at their mean.

    Measures whose weight would go against what a report advises are left out. ``said`` names the sessions for
    ``Weights.made``. A CorpusError where there are too few sessions or groups. Needs scikit-learn (extra ``train``).
    """
    names, low = tuple(names), [session.low for session in rated]
    auc = area_under_curve(unseen(rated, names, folds), low)
    made = f"fitted on {len(rated)} sessions{said and ' of ' + said}, AUC {auc:.2f} on groups new to the weights"
    return Fit(replace(_fitted(rated, names), made=made), auc, len(rated), sum(low))


def _fitted(rated: Sequence[Rated], names: tuple[str, ...]) -> Weights:
    """The weights of those ``names`` whose sign is as advised, fitted once more without the others."""
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    if not names:
        return Weights((), 0.0, "")
    table = [[session.values.get(name, float("nan")) for name in names] for session in rated]
    regression = LogisticRegression(C=STRENGTH, class_weight="balanced")
    model = make_pipeline(SimpleImputer(keep_empty_features=True), StandardScaler(), regression)
    scaler = model.fit(table, [session.low for session in rated])[1]
    columns = zip(names, scaler.mean_, scaler.scale_, regression.coef_[0], strict=True)
    terms = tuple(Term(name, *(round(float(x), 4) for x in numbers)) for name, *numbers in columns)
    kept = tuple(term.measure for term in terms if term.weight * ADVISED[term.measure] < 0)
    return Weights(terms, round(float(regression.intercept_[0]), 4), "") if kept == names else _fitted(rated, kept)


def write(weights: Weights, path: Path = SHIPPED) -> None:
    """Write weights where ``review_priority`` reads them."""
    terms = {t.measure: {"mean": t.mean, "sd": t.sd, "weight": t.weight} for t in weights.terms}
    held = {"made": weights.made, "intercept": weights.intercept, "terms": terms}
    path.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
