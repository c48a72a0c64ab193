"""The layers of the network in plain numpy: the same maths as torch's in evaluation mode."""

from __future__ import annotations

import numpy as np

from transcript_rapport.coder.batches import Floats, Slice
from transcript_rapport.coder.shape import Arrays, Shape
from transcript_rapport.coder.weights import unpacked

BERT, OURS = 1e-12, 1e-5
"""What a layer's normalisation adds to the variance."""
AT_ONCE = 4096
"""Tokens attended to, padded, at once: 6 MB each of keys and values."""
IN_CACHE = 32
"""Rows of the wide middle of a feed-forward step that the activation works on at once."""


class Linear:
    """x → x·Wᵀ + b, from packed weights."""

    def __init__(self, packed: Arrays, name: str) -> None:
        self.weight, self.bias = unpacked(packed, f"{name}.weight").T, packed[f"{name}.bias"]

    def __call__(self, x: Floats) -> Floats:
        """(…, inputs) → (…, outputs)."""
        out: Floats = x @ self.weight
        out += self.bias
        return out


class Norm:
    """Layer normalisation over the last axis."""

    def __init__(self, packed: Arrays, name: str, added: float) -> None:
        self.weight, self.bias, self.added = packed[f"{name}.weight"], packed[f"{name}.bias"], np.float32(added)

    def __call__(self, x: Floats) -> Floats:
        """The same with mean 0 and variance 1, then weighted."""
        out: Floats = x - x.mean(-1, keepdims=True)
        spread = np.einsum("...d,...d->...", out, out)[..., None] / np.float32(x.shape[-1])
        out *= 1 / np.sqrt(spread + self.added)
        out *= self.weight
        out += self.bias
        return out


class Layer:
    """One BERT layer, a slice of rows at a time."""

    def __init__(self, packed: Arrays, name: str, heads: int) -> None:
        self.heads = heads
        joined = Linear(packed, f"{name}.queries_keys_values")
        size = len(joined.bias) // 3
        scale = np.float32((size // heads) ** -0.5)
        self.queries = joined.weight[:, :size] * scale, joined.bias[:size] * scale
        self.rest = joined.weight[:, size:], joined.bias[size:]
        self.out, self.norm_attention = Linear(packed, f"{name}.out"), Norm(packed, f"{name}.norm_attention", BERT)
        self.up, self.down = Linear(packed, f"{name}.up"), Linear(packed, f"{name}.down")
        self.norm_feed = Norm(packed, f"{name}.norm_feed", BERT)
        heard = packed.get(f"{name}.hearing", np.zeros((2, 1), np.float32))
        none = np.zeros_like(heard[:1])
        self.weights = np.concatenate([none, heard, none - np.inf])
        """By kind of key, what is added for each head."""

    def keys_values(self, tokens: Floats) -> Floats:
        """(M, D) → (M, 2·D)."""
        found: Floats = tokens @ self.rest[0]
        found += self.rest[1]
        return found

    def __call__(self, tokens: Floats, slice_: Slice, first: int, keys_values: Floats, start: int) -> Floats:
        """The slice's own tokens (m, D) with what they attend to added.

        ``first`` and ``start``: the flat numbers of the first of ``tokens`` and of ``keys_values``.
        """
        queries = tokens @ self.queries[0]
        queries += self.queries[1]
        attended = self.attend(queries, slice_, first, keys_values, start)
        x = self.out(attended)
        x += tokens
        x = self.norm_attention(x)
        wide = self.up(x)
        for n in range(0, len(wide), IN_CACHE):
            gelu(wide[n : n + IN_CACHE])
        fed = self.down(wide)
        fed += x
        return self.norm_feed(fed)

    def attend(self, queries: Floats, s: Slice, first: int, keys_values: Floats, start: int) -> Floats:
        """What the slice's tokens (m, D) take from the tokens they attend to."""
        rows = max(1, AT_ONCE // s.keys.shape[1])
        parts = []
        for n in range(0, len(s.own), rows):
            own, keys, kind, inside = (x[n : n + rows] for x in (s.own, s.keys, s.kind, s.inside))
            q = self.apart(queries[np.maximum(own - first, 0)])
            k, v = (self.apart(x) for x in np.split(keys_values[np.maximum(keys - start, 0)], 2, -1))
            scores = q @ k.swapaxes(-1, -2)
            if kind.any():
                scores += self.weights[kind].swapaxes(1, 2)[:, :, None]
            total = raised(scores)
            found = scores @ v
            found /= total
            parts.append(found.swapaxes(1, 2).reshape(*own.shape, -1)[inside])
        return np.concatenate(parts)

    def apart(self, x: Floats) -> Floats:
        """(n, T, D) → (n, heads, T, D / heads)."""
        return x.reshape(*x.shape[:2], self.heads, -1).swapaxes(1, 2)


class ContextLayer:
    """Attention over the neighbouring statements, then a feed-forward step; (L, D) → (L, D)."""

    def __init__(self, packed: Arrays, name: str, shape: Shape) -> None:
        self.heads, self.reach = shape.attention_heads, shape.reach
        self.queries_keys_values = Linear(packed, f"{name}.queries_keys_values")
        self.before_attention = Norm(packed, f"{name}.before_attention", OURS)
        self.before_feed = Norm(packed, f"{name}.before_feed", OURS)
        self.out = Linear(packed, f"{name}.out")
        self.up, self.down = Linear(packed, f"{name}.feed.0"), Linear(packed, f"{name}.feed.3")
        self.distance: Floats = packed[f"{name}.distance"]

    def __call__(self, x: Floats) -> Floats:
        """Statements (L, D) with what their neighbours add."""
        length, size = x.shape
        joined = self.queries_keys_values(self.before_attention(x)).reshape(length, 3, self.heads, -1)
        q, k, v = joined.transpose(1, 2, 0, 3)
        scores = q @ k.swapaxes(-1, -2) * np.float32((size // self.heads) ** -0.5)
        attended = softmax(scores + self.bias(length)) @ v
        x = x + self.out(attended.swapaxes(0, 1).reshape(length, size))
        fed: Floats = x + self.down(gelu(self.up(self.before_feed(x))))
        return fed

    def bias(self, length: int) -> Floats:
        """(heads, L, L): the learned weight of each distance, minus infinity out of reach."""
        apart = np.arange(length)[None, :] - np.arange(length)[:, None]
        weights = self.distance[:, apart.clip(-self.reach, self.reach) + self.reach]
        return np.where(np.abs(apart) <= self.reach, weights, np.float32(-np.inf))


class Recurrent:
    """One way of a GRU layer; (P, T, W) → (P, T, W)."""

    def __init__(self, packed: Arrays, way: str) -> None:
        self.before, self.now = (
            (unpacked(packed, f"cutter.over.weight_{kind}_{way}").T, packed[f"cutter.over.bias_{kind}_{way}"])
            for kind in ("hh", "ih")
        )

    def __call__(self, x: Floats) -> Floats:
        """What is known after each step."""
        told = x @ self.now[0] + self.now[1]
        state, width = np.zeros((len(x), x.shape[-1]), np.float32), x.shape[-1]
        found = np.empty_like(x)
        for n in range(x.shape[1]):
            kept = state @ self.before[0] + self.before[1]
            gates = 1 / (1 + np.exp(-(told[:, n, : 2 * width] + kept[:, : 2 * width])))
            new = np.tanh(told[:, n, 2 * width :] + gates[:, :width] * kept[:, 2 * width :])
            state = new + gates[:, width:] * (state - new)
            found[:, n] = state
        return found


def softmax(x: Floats) -> Floats:
    """Shares over the last axis that sum to 1; works in place."""
    total = raised(x)
    x /= total
    return x


def raised(x: Floats) -> Floats:
    """Turns x into exp(x - its highest) in place; the sum over the last axis."""
    x -= x.max(-1, keepdims=True)
    np.exp(x, out=x)
    total: Floats = x.sum(-1, keepdims=True)
    return total


FAR = np.float32(36)
GATE = tuple(
    map(
        np.float32,
        (1.5956562758172743, 0.07293756409095456, -2.4971115883539786e-4, -6.116448590315444e-5, 2.238310341129891e-6),
    )
)
"""P in Φ(x) ≈ 1 / (1 + exp(-x·P(x²))), where Φ is the normal distribution; fitted to x·Φ(x), error below 4e-6."""


def gelu(x: Floats) -> Floats:
    """x·Φ(x), as torch's GELU, to within 4e-6; works in place."""
    square = x * x
    np.minimum(square, FAR, out=square)
    power = square * GATE[-1]
    for weight in GATE[-2:0:-1]:
        power += weight
        power *= square
    power += GATE[0]
    power *= x
    np.negative(power, out=power)
    np.minimum(power, np.float32(80), out=power)
    np.exp(power, out=power)
    power += np.float32(1)
    x /= power
    return x
