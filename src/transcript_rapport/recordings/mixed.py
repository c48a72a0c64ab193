"""Who spoke when on one shared channel: voices grouped by how they sound (``grouping``), then every moment decided.

Nothing is trained beforehand and nothing fetched.
Source: two at once as the louder in each band, after Nádas et al. (1989).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from transcript_rapport.measures.times import Stretch, union
from transcript_rapport.recordings import grouping
from transcript_rapport.recordings.segments import Heard, Segment
from transcript_rapport.recordings.voices import BANDS, HOP_MS, shapes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.floating]
    Numbers = NDArray[np.int_]

State = tuple[int, ...]
"""The voices that speak at once."""
MOMENT = 5
"""Frames decided together: 50 ms."""
CHANGE, TOGETHER = 6.0, 9.0
"""What it costs, in log likelihood, to change speaker, and to have two speak at once."""
MOST_FRAMES, FEWEST_FRAMES = 8000, 50
"""How many frames of a voice are learned from, and below how many nothing is."""
UNLIKELY = -50.0
"""The log likelihood of a state of which too little is known."""
SEED = 20


@dataclass(frozen=True)
class Embedded:
    """The diariser that comes with the package; ``overlap``: whether two may speak at once."""

    overlap: bool = True

    def __call__(self, heard: Heard, speakers: int) -> list[Segment]:
        """Who spoke when; one speaker where only one voice is found, or too little talk to tell."""
        speech = union(stretch for channel in heard.speech for stretch in channel)
        votes = grouping.votes(speech, heard.frames, speakers)
        if votes.shape[1] == 1:
            return [Segment(0, start, end) for start, end in speech]
        return self._decided(heard.frames, speech, votes)

    def _decided(self, frames: Array, speech: Sequence[Stretch], votes: Numbers) -> list[Segment]:
        """Every moment of speech given to one of the voices, or to two."""
        import numpy as np

        said = np.zeros(len(frames), bool)
        for start, end in speech:
            said[start // HOP_MS : end // HOP_MS] = True
        voices = range(votes.shape[1])
        states: list[State] = [(voice,) for voice in voices]
        who = np.where(votes.any(axis=1), votes.argmax(axis=1), -1)
        for last in (False, True):
            if last and self.overlap:
                states += combinations(voices, 2)
            likely = _likelihoods(frames, said, who, states)
            path = _best_path(likely, [0.0 if len(state) == 1 else TOGETHER for state in states])
            who = np.where(said, np.repeat(path, MOMENT)[: len(said)], -1)
        return [Segment(voice, a * HOP_MS, b * HOP_MS) for a, b, state in _runs(who) for voice in states[state]]


def _likelihoods(frames: Array, said: NDArray[np.bool_], who: Numbers, states: Sequence[State]) -> Array:
    """How well each state explains each moment, shape (moments, states); nothing where nobody speaks."""
    import numpy as np

    chance = np.random.default_rng(SEED)
    loud = frames[:, :BANDS].mean(axis=1)
    use = said & (loud > np.percentile(loud[said], 20))
    heard = _features(frames)
    own = [_some(np.flatnonzero(use & (who == voice)), chance) for voice in range(max(map(max, states)) + 1)]
    likely = np.zeros((len(frames), len(states)), np.float32)
    for column, state in enumerate(states):
        examples = [own[voice] for voice in state]
        if min(map(len, examples)) < FEWEST_FRAMES:
            likely[use, column] = UNLIKELY
            continue
        seen = heard[examples[0]] if len(state) == 1 else _features(_at_once(frames, examples, chance))
        likely[use, column] = _mixture(seen).score_samples(heard[use])
    rest = -len(likely) % MOMENT
    found: Array = np.pad(likely, ((0, rest), (0, 0))).reshape(-1, MOMENT, len(states)).mean(axis=1)
    return found


def _at_once(frames: Array, examples: Sequence[Numbers], chance: np.random.Generator) -> Array:
    """What two voices sound like together: in each band as the louder, with the pitch of the clearer one."""
    import numpy as np

    one, two = (frames[chance.permutation(np.resize(e, MOST_FRAMES // 2))] for e in examples)
    clearer = np.where(one[:, BANDS + 1 :] >= two[:, BANDS + 1 :], one, two)
    return np.concatenate([np.maximum(one, two)[:, :BANDS], clearer[:, BANDS:]], axis=1)


def _features(frames: Array) -> Array:
    """What the mixtures see: spectral shape, and pitch as far as the frame is voiced."""
    import numpy as np

    bands, pitch = frames[:, :BANDS].astype(np.float32), frames[:, BANDS:]
    voiced = np.maximum(pitch[:, 1:] - 0.4, 0)
    return np.concatenate([shapes(bands), voiced * (pitch[:, :1] - 7.2) * 8], axis=1)


def _some(places: Numbers, chance: np.random.Generator) -> Numbers:
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


def _best_path(likely: Array, costs: list[float]) -> Numbers:
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


def _runs(who: Numbers) -> list[tuple[int, int, int]]:
    """Runs of the same state as (first frame, frame after the last, state), without those of -1."""
    import numpy as np

    edges = [0, *(np.flatnonzero(np.diff(who)) + 1).tolist(), len(who)]
    return [(a, b, int(who[a])) for a, b in pairwise(edges) if b > a and who[a] >= 0]
