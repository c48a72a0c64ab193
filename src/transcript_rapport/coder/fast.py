"""The network in plain numpy: the same answers as torch's, without loading torch.

The same maths as ``network.SessionCoder`` and ``words`` in evaluation mode. The lower layers take one slice of texts
through all of them before the next, so that its numbers stay in the processor's cache and little is held at once; of
the word vectors, only those that occur are unpacked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from transcript_rapport.coder.batches import Floats, Ints, Slice, Spoken, Texts, Windows
from transcript_rapport.coder.layers import BERT, OURS, ContextLayer, Layer, Linear, Norm, Recurrent, gelu, softmax
from transcript_rapport.coder.shape import WAYS, Arrays, Shape
from transcript_rapport.coder.weights import adapted, unpacked


class Cutter:
    """``network.Cutter`` with the lower layers it reads, its adapters added to their weights."""

    def __init__(self, shape: Shape, packed: Arrays) -> None:
        heads, merged = int(shape.encoder["num_attention_heads"]), adapted(packed, shape.adapted)
        self.layers = [Layer(merged, f"words.layers.{n}", heads) for n in range(shape.lower)]
        self.narrow, self.gap, self.last = (Linear(packed, f"cutter.{name}") for name in ("narrow", "gap", "last"))
        self.forwards, self.backwards = (Recurrent(packed, way) for way in WAYS)

    def __call__(self, states: Floats, places: Ints, sizes: Ints) -> Floats:
        """The log-odds before each word but the first; (passages, words - 1)."""
        x = gelu(self.narrow(states))[places]
        steps = np.arange(places.shape[1])
        turned = np.where(steps < sizes[:, None], sizes[:, None] - 1 - steps, steps)[..., None]
        back = np.take_along_axis(self.backwards(np.take_along_axis(x, turned, 1)), turned, 1)
        x = np.concatenate([self.forwards(x), back], -1)
        found: Floats = self.last(gelu(self.gap(np.concatenate([x[:, :-1], x[:, 1:]], -1))))[..., 0]
        return found


class Network:
    """``network.SessionCoder`` in evaluation mode, from packed weights."""

    def __init__(self, shape: Shape, packed: Arrays) -> None:
        self.shape, self.packed = shape, packed
        heads = int(shape.encoder["num_attention_heads"])
        self.positions = unpacked(packed, "words.positions.weight")
        self.norm_words = Norm(packed, "words.norm", BERT)
        self.lower = [Layer(packed, f"words.layers.{n}", heads) for n in range(shape.lower)]
        self.hearing = [Layer(packed, f"hearing.{n}", heads) for n in range(shape.hearing)]
        self.speaker, self.roles = packed["speaker.weight"], packed["roles.weight"]
        self.features = Linear(packed, "features")
        self.context = [ContextLayer(packed, f"context.{n}", shape) for n in range(shape.layers)]
        self.norm, self.pooling = Norm(packed, "norm", OURS), Linear(packed, "pooling")
        self.heads = {name: Linear(packed, f"heads.{name}") for name in shape.heads}

    @cached_property
    def cutter(self) -> Cutter:
        """What cuts speech without marks; made when there is some."""
        return Cutter(self.shape, self.packed)

    def gaps(self, texts: Texts, places: Ints, sizes: Ints) -> Floats:
        """How likely a thought begins before each word but the first; (passages, words - 1)."""
        return self.cutter(self.words(texts, self.cutter.layers), places, sizes)

    def words(self, texts: Texts, layers: Sequence[Layer] | None = None) -> Floats:
        """The states of the texts' tokens after the lower layers, or others; (M, D)."""
        found = np.empty((len(texts.ids), self.positions.shape[1]), np.float32)
        for s, first, last in spans(texts.slices):
            x = unpacked(self.packed, "words.words.weight", texts.ids[first:last])
            x = self.norm_words(x + self.positions[texts.positions[first:last]])
            for layer in layers or self.lower:
                x = layer(x, s, first, layer.keys_values(x), first)
            found[first:last] = x
        return found

    def tokens(self, texts: Texts, spoken: Spoken) -> Floats:
        """The states of the tokens of all statements, flat; (M, D)."""
        x: Floats = self.words(texts)[spoken.source]
        x += self.speaker[spoken.roles]
        for layer in self.hearing:
            keys_values = layer.keys_values(x)
            for s, first, last in spans(spoken.slices):
                x[first:last] = layer(x[first:last], s, first, keys_values, 0)
        return x

    def encode(self, texts: Texts, spoken: Spoken) -> Floats:
        """Each statement as the mean over its tokens; (N, D), in the order of ``spoken``'s rows."""
        starts = np.cumsum(spoken.sizes) - spoken.sizes
        means: Floats = np.add.reduceat(self.tokens(texts, spoken), starts)
        means /= spoken.sizes[:, None].astype(np.float32)
        return means

    def state(self, vectors: Floats, windows: Windows) -> Floats:
        """What the heads read of one window: each statement's own vector and its context's; (L, 2·D)."""
        own = vectors[windows.rows[0]]
        x = own + self.roles[windows.roles[0]] + self.features(windows.features[0])
        for layer in self.context:
            x = layer(x)
        return self.norm(np.concatenate([own, x], -1))

    def read(self, state: Floats, windows: Windows) -> dict[str, Floats]:
        """Logits of every head from the state of one window (L, 2·D); (L, outputs)."""
        whole = self.pool(state, windows.utterances[0])
        return {name: head(whole if name in self.shape.pooled else state) for name, head in self.heads.items()}

    def pool(self, state: Floats, utterances: Ints) -> Floats:
        """Each statement's utterance as one vector: an attention-weighted mean of its statements."""
        same = utterances[:, None] == utterances[None, :]
        scores = np.where(same, self.pooling(state)[:, 0], np.float32(-np.inf))
        pooled: Floats = softmax(scores) @ state
        return pooled


def spans(slices: Sequence[Slice]) -> Iterator[tuple[Slice, int, int]]:
    """Each slice with the flat numbers its own tokens run from and to: they follow one another."""
    first = 0
    for s in slices:
        last = first + int(s.inside.sum())
        yield s, first, last
        first = last
