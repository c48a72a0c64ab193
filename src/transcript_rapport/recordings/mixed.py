"""Who spoke when on one shared channel: voices grouped by how they sound, then every moment decided.

Nothing is trained beforehand and nothing fetched. What tells these voices apart is learned from the
recording itself: a voice stays itself over neighbouring seconds, so what differs little between
neighbours and much over the session is what differs between people.
Sources: discriminants from continuity in time, after Wiskott & Sejnowski (2002); hierarchical
clustering after Ward (1963); two at once as the louder in each band, after Nádas et al. (1989).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from transcript_rapport.errors import SettingsError
from transcript_rapport.measures.times import Stretch, union
from transcript_rapport.recordings.segments import Heard, Segment
from transcript_rapport.recordings.sound import INSTALL
from transcript_rapport.recordings.voices import BANDS, HOP_MS, shapes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

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
MOMENT = 5
"""Frames decided together: 50 ms."""
CHANGE, TOGETHER = 6.0, 9.0
"""What it costs, in log likelihood, to change speaker, and to have two speak at once."""
MOST_FRAMES = 8000
SEED = 20


@dataclass(frozen=True)
class Embedded:
    """The diariser that comes with the package; ``overlap``: whether two may speak at once."""

    overlap: bool = True

    def __call__(self, heard: Heard, speakers: int) -> list[Segment]:
        """Who spoke when; one speaker where only one voice is found, or too little talk to tell."""
        import numpy as np

        speech = union(stretch for channel in heard.speech for stretch in channel)
        windows = _windows(speech, len(heard.frames))
        if len(windows) < 2 * MOST_SPEAKERS or speakers == 1:
            return [Segment(0, start, end) for start, end in speech]
        described = np.stack([_description(heard.frames[a:b]) for a, b in windows])
        groups = _grouped(_telling(described, windows), speakers)
        if groups.max() == 0:
            return [Segment(0, start, end) for start, end in speech]
        return self._decided(heard, speech, windows, groups)

    def _decided(
        self, heard: Heard, speech: tuple[Stretch, ...], windows: list[Stretch], groups: NDArray[np.int_]
    ) -> list[Segment]:
        """Every moment of speech given to one of the grouped voices, or to two."""
        import numpy as np

        count = int(groups.max()) + 1
        who = _first_guess(len(heard.frames), windows, groups)
        said = np.zeros(len(heard.frames), bool)
        for start, end in speech:
            said[start // HOP_MS : end // HOP_MS] = True
        states: list[tuple[int, ...]] = [(speaker,) for speaker in range(count)]
        for last in (False, True):
            if last and self.overlap:
                states += list(combinations(range(count), 2))
            likely = _likelihoods(heard.frames, said, who, states)
            path = _best_path(likely, [0.0 if len(s) == 1 else TOGETHER for s in states])
            who = np.where(said, np.repeat(path, MOMENT)[: len(said)], -1)
        return [Segment(speaker, a * HOP_MS, b * HOP_MS) for a, b, state in _runs(who) for speaker in states[state]]


def _windows(speech: tuple[Stretch, ...], frames: int) -> list[Stretch]:
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


def _grouped(points: Array, speakers: int) -> NDArray[np.int_]:
    """A group for each window: as many as asked for, or as many as stand apart."""
    import numpy as np

    few = _usual(points[:: -(-len(points) // MOST_WINDOWS)])
    groups = _parted(few, speakers) if speakers else _divided(few)
    middles = np.stack([few[groups == g].mean(axis=0) for g in range(groups.max() + 1)])
    nearest: NDArray[np.int_] = ((points[:, None] - middles) ** 2).sum(axis=2).argmin(axis=1)
    return nearest


def _divided(points: Array) -> NDArray[np.int_]:
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


def _stand_apart(points: Array, halves: NDArray[np.int_], least: float) -> bool:
    """Whether two groups are two voices, and not one voice cut in two (silhouette; Rousseeuw, 1987)."""
    import numpy as np
    from sklearn.metrics import silhouette_score

    crumbs = np.bincount(halves).min() < least * len(points)
    return not crumbs and bool(silhouette_score(points, halves) >= APART)


def _parted(points: Array, count: int) -> NDArray[np.int_]:
    try:
        from sklearn.cluster import AgglomerativeClustering
    except ImportError:
        raise SettingsError("recordings", "the library scikit-learn is missing", "", INSTALL) from None
    found: NDArray[np.int_] = AgglomerativeClustering(count, linkage="ward").fit_predict(points)
    return found


def _usual(points: Array) -> Array:
    """The points without the few that lie furthest out."""
    import numpy as np

    far = ((points - np.median(points, axis=0)) ** 2).sum(axis=1)
    kept: Array = points[far <= np.quantile(far, 1 - MOST_ODD)]
    return kept


def _first_guess(frames: int, windows: list[Stretch], groups: NDArray[np.int_]) -> NDArray[np.int_]:
    """A group for each frame, by the votes of the windows over it; -1 where there is none."""
    import numpy as np

    votes = np.zeros((frames + 1, int(groups.max()) + 1), np.int32)
    for (start, end), group in zip(windows, groups, strict=True):
        votes[start, group] += 1
        votes[end, group] -= 1
    votes = votes.cumsum(axis=0)[:-1]
    return np.where(votes.any(axis=1), votes.argmax(axis=1), -1)


def _likelihoods(frames: Array, said: NDArray[np.bool_], who: NDArray[np.int_], states: list[tuple[int, ...]]) -> Array:
    """How well each state explains each moment, shape (moments, states); nothing where nobody speaks."""
    import numpy as np

    chance = np.random.default_rng(SEED)
    bands, pitch = frames[:, :BANDS], frames[:, BANDS:]
    loud = bands.mean(axis=1)
    floor = np.percentile(loud[said], 20)
    use = said & (loud > floor)
    heard = _features(bands, pitch)
    own = {s: _some(np.flatnonzero(use & (who == s)), chance) for (s,) in (x for x in states if len(x) == 1)}
    likely = np.zeros((len(frames), len(states)), np.float32)
    for column, state in enumerate(states):
        examples = [own[speaker] for speaker in state]
        if min(map(len, examples)) < 50:
            likely[use, column] = -50.0
            continue
        if len(state) == 1:
            seen = heard[examples[0]]
        else:
            first, second = (chance.permutation(np.resize(e, MOST_FRAMES // 2)) for e in examples)
            louder = frames[first, BANDS + 1] >= frames[second, BANDS + 1]
            seen = _features(
                np.maximum(bands[first], bands[second]), np.where(louder[:, None], pitch[first], pitch[second])
            )
        likely[use, column] = _mixture(seen).score_samples(heard[use])
    rest = -len(likely) % MOMENT
    found: Array = np.pad(likely, ((0, rest), (0, 0))).reshape(-1, MOMENT, len(states)).mean(axis=1)
    return found


def _features(bands: Array, pitch: Array) -> Array:
    """What the mixtures see: spectral shape, and pitch as far as the frame is voiced."""
    import numpy as np

    voiced = np.maximum(pitch[:, 1:] - 0.4, 0)
    return np.concatenate([shapes(bands.astype(np.float32)), voiced * (pitch[:, :1] - 7.2) * 8], axis=1)


def _some(places: NDArray[np.int_], chance: np.random.Generator) -> NDArray[np.int_]:
    return places if len(places) <= MOST_FRAMES else chance.choice(places, MOST_FRAMES, replace=False)


def _mixture(seen: Array) -> Any:
    """A mixture of Gaussians fitted to frames; few frames get few parts."""
    import warnings

    from sklearn.mixture import GaussianMixture

    parts = max(1, min(12, len(seen) // 100))
    mixture = GaussianMixture(parts, covariance_type="diag", reg_covar=1e-2, max_iter=25, random_state=SEED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # A fit that could still improve a little is good enough here.
        return mixture.fit(seen)


def _best_path(likely: Array, costs: list[float]) -> NDArray[np.int_]:
    """The likeliest sequence of states where every change costs something (Viterbi, 1967)."""
    import numpy as np

    states = range(len(costs))
    enter = [CHANGE / 2 if cost else CHANGE for cost in costs]
    # Two at once costs a little in every moment, so that it needs support all along.
    rows = (likely - np.array(costs) / 40).tolist()
    score, back = list(rows[0]), []
    for row in rows[1:]:
        top = max(states, key=score.__getitem__)
        origin = [s if score[s] >= score[top] - enter[s] else top for s in states]
        score = [row[s] + (score[s] if origin[s] == s else score[top] - enter[s]) for s in states]
        back.append(origin)
    state = max(states, key=score.__getitem__)
    path = [state]
    for origin in reversed(back):
        state = origin[state]
        path.append(state)
    return np.array(path[::-1])


def _runs(who: NDArray[np.int_]) -> list[tuple[int, int, int]]:
    """Runs of the same state as (first frame, frame after the last, state), without those of -1."""
    import numpy as np

    edges = [0, *(np.flatnonzero(np.diff(who)) + 1).tolist(), len(who)]
    return [(a, b, int(who[a])) for a, b in pairwise(edges) if b > a and who[a] >= 0]
