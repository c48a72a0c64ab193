"""Windows of speech on one shared channel, grouped by whose voice they seem.

Nothing is trained beforehand. What tells these voices apart is learned from the recording itself: a voice stays itself
over neighbouring seconds, so what differs little between neighbours and much over the session is what differs between
people.
Sources: discriminants from continuity in time, after Wiskott & Sejnowski (2002); hierarchical clustering after Ward
(1963).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from transcript_rapport.errors import SettingsError
from transcript_rapport.measures.times import Stretch
from transcript_rapport.recordings.sound import INSTALL
from transcript_rapport.recordings.voices import BANDS, HOP_MS, shapes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.floating]
    Numbers = NDArray[np.int_]

LONG, STEP = 120, 30
"""Frames of 10 ms: how long a window is by which voices are grouped, and how far apart windows begin."""
SHORTEST = 25
MOST_WINDOWS = 2500
DIRECTIONS = 5
MOST_SPEAKERS = 4
APART = 0.34
"""Two groups are two voices from this silhouette on. On three minutes of synthetic voices, halves of one voice
reach 0.30 and two voices 0.38 at least (``evaluate``, over ``corpora/spoken``)."""
ENOUGH = 150
"""Windows that a voice must have before it is asked whether it is two: few of them fall into halves by chance."""
LEAST_SHARE, LEAST_FURTHER, MOST_ODD = 0.04, 0.15, 0.02
"""A half smaller than the first is a cough or a laugh; in a half that is divided again, one smaller than the second
is where two speak at once; the oddest windows are left out of grouping."""


def votes(speech: Sequence[Stretch], frames: Array, speakers: int) -> Numbers:
    """How many windows of each voice lie over each frame, shape (frames, voices); one voice where there is no telling.

    ``speakers`` is how many voices there are, or 0 where that is to be found.
    """
    import numpy as np

    spans = _windows(speech, len(frames))
    if speakers == 1 or len(spans) < 2 * MOST_SPEAKERS:
        return np.ones((len(frames), 1), int)
    described = np.stack([_description(frames[a:b]) for a, b in spans])
    groups = _grouped(_telling(described, spans), speakers)
    found = np.zeros((len(frames) + 1, int(groups.max()) + 1), np.int32)
    for (start, end), group in zip(spans, groups, strict=True):
        found[start, group] += 1
        found[end, group] -= 1
    return found.cumsum(axis=0)[:-1]


def _windows(speech: Sequence[Stretch], frames: int) -> list[Stretch]:
    """Windows of frames inside stretches of speech; a short stretch is one window."""
    found: list[Stretch] = []
    for start, end in speech:
        first, last = start // HOP_MS, min(end // HOP_MS, frames)
        begins = range(first, max(first + 1, last - LONG + 1), STEP)
        found += [(a, min(a + LONG, last)) for a in begins if min(a + LONG, last) - a >= SHORTEST]
    return found


def _description(frames: Array) -> Array:
    """A window as one vector: the mean and spread of its spectral shape where it is loud, and its pitch."""
    import numpy as np

    loud = frames[:, :BANDS].mean(axis=1)
    cepstra = shapes(frames[loud >= np.median(loud), :BANDS].astype(np.float32))
    weight = np.maximum(frames[:, BANDS + 1] - 0.4, 1e-3) ** 2
    pitch = float((weight * frames[:, BANDS]).sum() / weight.sum())
    return np.concatenate([cepstra.mean(axis=0), cepstra.std(axis=0), [pitch]])


def _telling(described: Array, windows: list[Stretch]) -> Array:
    """Windows along the directions that tell people apart, scaled so that neighbours differ by about 1."""
    import numpy as np

    start = np.array([a for a, _ in windows])
    place = {int(a): i for i, a in enumerate(start)}
    pairs = np.array([(i, place[a + LONG]) for a, i in place.items() if a + LONG in place]).reshape(-1, 2)
    whole = np.cov(described.T)
    scale = np.sqrt(np.diag(whole)) + 1e-6
    plain = (described - described.mean(axis=0)) / scale
    if len(pairs) < 2 * plain.shape[1]:
        pairs = np.stack([np.arange(len(plain) - 1), np.arange(1, len(plain))], axis=1)
    step = plain[pairs[:, 0]] - plain[pairs[:, 1]]
    # The larger steps are where somebody else begins.
    size = (step**2).sum(axis=1)
    step = step[size <= np.quantile(size, 0.7)]
    near = step.T @ step / (2 * len(step)) + 0.1 * np.eye(plain.shape[1])
    found: Array = plain @ _contrast(np.cov(plain.T), near)[:, :DIRECTIONS]
    return found


def _contrast(whole: Array, near: Array) -> Array:
    """Directions in which ``whole`` varies most for each unit of ``near``, best first, as columns."""
    import numpy as np

    values, vectors = np.linalg.eigh(near)
    white = vectors / np.sqrt(values)
    _, turned = np.linalg.eigh(white.T @ whole @ white)
    found: Array = (white @ turned)[:, ::-1]
    return found


def _grouped(points: Array, speakers: int) -> Numbers:
    """A group for each window: as many as asked for, or as many as stand apart."""
    import numpy as np

    few = _usual(points[:: -(-len(points) // MOST_WINDOWS)])
    groups = _parted(few, speakers) if speakers else _divided(few)
    middles = np.stack([few[groups == g].mean(axis=0) for g in range(groups.max() + 1)])
    nearest: Numbers = ((points[:, None] - middles) ** 2).sum(axis=2).argmin(axis=1)
    return nearest


def _divided(points: Array) -> Numbers:
    """Groups found by dividing in two, and the halves again, for as long as the halves stand apart."""
    import numpy as np

    groups = np.zeros(len(points), int)
    waiting = [np.arange(len(points))]
    while waiting and groups.max() < MOST_SPEAKERS - 1:
        own = waiting.pop(0)
        halves = _parted(points[own], 2)
        if _stand_apart(points[own], halves, LEAST_FURTHER if groups.any() else LEAST_SHARE):
            groups[own[halves == 1]] = groups.max() + 1
            waiting += [half for side in (0, 1) if len(half := own[halves == side]) >= ENOUGH]
    return groups


def _stand_apart(points: Array, halves: Numbers, least: float) -> bool:
    """Whether two groups are two voices, and not one voice cut in two (silhouette; Rousseeuw, 1987)."""
    import numpy as np
    from sklearn.metrics import silhouette_score

    crumbs = np.bincount(halves).min() < least * len(points)
    return not crumbs and bool(silhouette_score(points, halves) >= APART)


def _parted(points: Array, count: int) -> Numbers:
    try:
        from sklearn.cluster import AgglomerativeClustering
    except ImportError:
        raise SettingsError("recordings", "the library scikit-learn is missing", "", INSTALL) from None
    found: Numbers = AgglomerativeClustering(count, linkage="ward").fit_predict(points)
    return found


def _usual(points: Array) -> Array:
    """The points without the few that lie furthest out."""
    import numpy as np

    far = ((points - np.median(points, axis=0)) ** 2).sum(axis=1)
    kept: Array = points[far <= np.quantile(far, 1 - MOST_ODD)]
    return kept
