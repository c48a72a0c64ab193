"""The weights of the review priority, fitted on sessions that their makers rated high or low."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transcript_rapport.errors import CorpusError
from transcript_rapport.norms import TOO_LITTLE
from transcript_rapport.renderers.priority import SHIPPED, Term, Weights, load
from transcript_rapport.report import Measure
from transcript_rapport.training.scores import area_under_curve

STRENGTH = 0.3
"""How much the weights may grow (scikit-learn's C): little, for there are few sessions."""


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


def chosen() -> tuple[str, ...]:
    """The names of the measures that enter: those of the shipped weights."""
    return tuple(term.measure for term in load().terms)


def counted(measures: Iterable[Measure]) -> dict[str, float]:
    """The measures as the priority counts them: those are left out that are missing or have too little to say."""
    return {m.name: m.value for m in measures if m.value is not None and TOO_LITTLE not in m.note}


def unseen(rated: Sequence[Rated], names: Sequence[str] | None = None, folds: int = 5) -> list[float]:
    """The probability of "rated low" of each session, by weights fitted to other groups. Needs scikit-learn."""
    from sklearn.model_selection import GroupKFold, cross_val_predict

    low, groups = [session.low for session in rated], [session.group for session in rated]
    if len(set(groups)) < folds or min(sum(low), len(low) - sum(low)) < folds:
        seen = f"{len(rated)} sessions in {len(set(groups))} groups, {sum(low)} rated low"
        raise CorpusError("review priority", seen, f"at least {folds} groups, and {folds} sessions of each rating")
    table = _table(rated, names or chosen())
    out = cross_val_predict(_model(), table, low, groups=groups, cv=GroupKFold(folds), method="predict_proba")
    return [float(p) for p in out[:, 1]]


def predicted(known: Sequence[Rated], new: Sequence[Rated], names: Sequence[str] | None = None) -> list[float]:
    """The probability of "rated low" of new sessions, by weights fitted to known ones."""
    names = names or chosen()
    model = _model().fit(_table(known, names), [session.low for session in known])
    return [float(p) for p in model.predict_proba(_table(new, names))[:, 1]]


def fit(rated: Sequence[Rated], names: Sequence[str] | None = None, folds: int = 5, said: str = "") -> Fit:
    """An L2 logistic regression of "rated low" on standardised measures; missing ones stand at their mean.

    ``said`` names the sessions for ``Weights.made``. A CorpusError where there are too few sessions
    or groups. Needs the extra ``train`` (scikit-learn).
    """
    names, low = tuple(names or chosen()), [session.low for session in rated]
    auc = area_under_curve(unseen(rated, names, folds), low)
    made = f"fitted on {len(rated)} sessions{said and ' of ' + said}, AUC {auc:.2f} on groups of sessions new to it"
    return Fit(_weights(_model().fit(_table(rated, names), low), names, made), auc, len(rated), sum(low))


def _table(rated: Sequence[Rated], names: Sequence[str]) -> list[list[float]]:
    return [[session.values.get(name, float("nan")) for name in names] for session in rated]


def _model() -> Any:
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    filled = SimpleImputer(keep_empty_features=True)
    return make_pipeline(filled, StandardScaler(), LogisticRegression(C=STRENGTH, class_weight="balanced"))


def _weights(model: Any, names: Sequence[str], made: str) -> Weights:
    scaler, regression = model[1], model[2]
    columns = zip(names, scaler.mean_, scaler.scale_, regression.coef_[0], strict=True)
    terms = (Term(name, *(round(float(x), 4) for x in (mean, sd, weight))) for name, mean, sd, weight in columns)
    return Weights(tuple(terms), round(float(regression.intercept_[0]), 4), made)


def write(weights: Weights, path: Path = SHIPPED) -> None:
    """Write weights where ``review_priority`` reads them."""
    terms = {t.measure: {"mean": t.mean, "sd": t.sd, "weight": t.weight} for t in weights.terms}
    held = {"made": weights.made, "intercept": weights.intercept, "terms": terms}
    path.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
