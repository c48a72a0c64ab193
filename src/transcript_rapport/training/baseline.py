"""The bar to beat: a linear model on TF-IDF of an utterance and of what was said before it."""

from __future__ import annotations

from collections.abc import Sequence

from transcript_rapport.errors import SettingsError
from transcript_rapport.training.examples import Example


def predict(train: Sequence[Example], test: Sequence[Example], head: str) -> tuple[list[str], list[str]]:
    """The labels chosen and the right ones for every labelled AnnoMI utterance of ``test``."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline, make_union
    except ImportError:
        missing = "scikit-learn is not installed"
        raise SettingsError("the linear baseline", missing, "", "pip install 'transcript-rapport[train]'") from None

    own = make_pipeline(_Part(0), TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True))
    before = make_pipeline(_Part(1), TfidfVectorizer(min_df=2, sublinear_tf=True))
    model = make_pipeline(make_union(own, before), LogisticRegression(C=4, class_weight="balanced", max_iter=2000))
    seen, labels = _pairs(train, head)
    unseen, right = _pairs(test, head)
    model.fit(seen, labels)
    return list(model.predict(unseen)), right


class _Part:
    """Picks one of the two texts."""

    def __init__(self, part: int) -> None:
        self.part = part

    def fit(self, _x: object, _y: object = None) -> _Part:
        return self

    def transform(self, x: Sequence[tuple[str, str]]) -> list[str]:
        return [pair[self.part] for pair in x]


def _pairs(examples: Sequence[Example], head: str) -> tuple[list[tuple[str, str]], list[str]]:
    texts, labels = [], []
    for example in examples:
        if example.corpus != "annomi":
            continue
        said: dict[int, str] = {}
        for unit in example.units:
            said[unit.utterance] = f"{said.get(unit.utterance, '')} {unit.text}".strip()
        for utterance, targets in example.utterance_targets.items():
            if head in targets:
                texts.append((said.get(utterance, ""), " ".join(said.get(utterance - back, "") for back in (2, 1))))
                labels.append(next(iter(targets[head].values)))
    return texts, labels
