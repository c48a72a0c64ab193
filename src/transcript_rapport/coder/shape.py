"""The network's shape: what its two engines, torch's and numpy's, must agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from transcript_rapport.coder.inputs import FEATURES
from transcript_rapport.session import ROLES

SCALE = ".scale"
"""How the name of a matrix's scales ends, beside its own."""
Arrays = Mapping[str, NDArray[Any]]
"""Weights by name."""
EMPATHY = ("emotional_reactions", "interpretations", "explorations")
PHRASED = ("codes", "client", "behaviour", "talk_type", *EMPATHY)
"""The heads for which a linear model of phrases answers too: of a statement for "codes", else of an utterance."""
BUCKETS = 1 << 16
"""Into so many places phrases are hashed."""
MATRICES = ("queries_keys_values", "out", "up", "down")
"""The matrices of a BERT layer."""
RANK = 16
"""The rank of the adapters with which the lower layers read speech without marks."""
GAP = 64
"""The numbers in which they say what they see between two words."""
WAYS = ("l0", "l0_reverse")
"""Forwards and backwards, as torch names them."""
POOLED = ("behaviour", "talk_type", "acts", "strategy", "support", "advised", *EMPATHY)


@dataclass(frozen=True)
class Shape:
    """The network's shape: the encoder's configuration, the context's, and the outputs of each head."""

    encoder: Mapping[str, Any]
    heads: Mapping[str, tuple[str, ...]]
    hearing: int = 2
    layers: int = 2
    attention_heads: int = 6
    reach: int = 24
    dropout: float = 0.1
    pooled: tuple[str, ...] = POOLED
    """The heads that read a whole utterance; the others read a statement."""
    phrases: int = 0
    """Buckets of the linear model of phrases that answers beside the network; 0 where there is none."""
    cutter: int = 0
    """The width of the part that cuts speech without marks; 0 where there is none."""

    @staticmethod
    def from_json(raw: Mapping[str, Any]) -> Shape:
        """The shape that ``dataclasses.asdict`` gave; a TypeError or KeyError where it is none."""
        heads = {name: tuple(outputs) for name, outputs in raw["heads"].items()}
        return Shape(**{**raw, "heads": heads, "pooled": tuple(raw["pooled"])})

    @property
    def foreign(self) -> bool:
        """Whether the encoder is not BERT but another that transformers knows; it runs in torch only."""
        return "transformers" in self.encoder

    @property
    def phrased(self) -> tuple[str, ...]:
        """The heads for which phrases answer too."""
        return tuple(name for name in PHRASED if name in self.heads) if self.phrases else ()

    @property
    def lower(self) -> int:
        """Layers of the encoder that read each text by itself, below those that hear."""
        return int(self.encoder["num_hidden_layers"]) - self.hearing

    @property
    def margin(self) -> int:
        """Statements on either side that can change what is said of one, by way of its context."""
        return self.reach * self.layers

    def weights(self) -> dict[str, tuple[int, ...]]:
        """Every weight's name and size."""
        size, reach = int(self.encoder["hidden_size"]), 2 * self.reach + 1
        return {
            "words.words.weight": (self.encoder["vocab_size"], size),
            "words.positions.weight": (self.encoder["max_position_embeddings"], size),
            **_norm("words.norm", size),
            **{k: v for n in range(self.lower) for k, v in self._layer(f"words.layers.{n}")},
            **{k: v for n in range(self.hearing) for k, v in self._layer(f"hearing.{n}")},
            **{f"hearing.{n}.hearing": (2, self.encoder["num_attention_heads"]) for n in range(self.hearing)},
            **{f"{name}.weight": (len(ROLES), size) for name in ("speaker", "roles")},
            **_linear("features", FEATURES, size),
            **{k: v for n in range(self.layers) for k, v in _context(f"context.{n}", size)},
            **{f"context.{n}.distance": (self.attention_heads, reach) for n in range(self.layers)},
            **_norm("norm", 2 * size),
            **_linear("pooling", 2 * size, 1),
            **(self._cutter() if self.cutter else {}),
            **{k: v for name, of in self.heads.items() for k, v in _linear(f"heads.{name}", 2 * size, len(of)).items()},
            **{
                k: v
                for name in self.phrased
                for k, v in _linear(f"phrases.{name}", self.phrases, len(self.heads[name])).items()
            },
        }

    @property
    def adapted(self) -> int:
        """Layers that the cutter reads with adapters; another encoder is read as it is."""
        return 0 if self.foreign else self.lower

    def _cutter(self) -> dict[str, tuple[int, ...]]:
        size, inner, width = int(self.encoder["hidden_size"]), int(self.encoder["intermediate_size"]), self.cutter
        found = {**_linear("cutter.narrow", size, width), **_linear("cutter.gap", 4 * width, GAP)}
        found |= _linear("cutter.last", GAP, 1)
        for n in range(self.adapted):
            for part, (inputs, outputs) in matrices(size, inner).items():
                found[f"cutter.adapters.{n}.{part}.narrow"] = RANK, inputs
                found[f"cutter.adapters.{n}.{part}.wide"] = RANK, outputs
        for way in WAYS:
            found |= {f"cutter.over.{kind}_{way}": (3 * width, width) for kind in ("weight_ih", "weight_hh")}
            found |= {f"cutter.over.{kind}_{way}": (3 * width,) for kind in ("bias_ih", "bias_hh")}
        return found

    def _layer(self, name: str) -> Iterator[tuple[str, tuple[int, ...]]]:
        size, inner = int(self.encoder["hidden_size"]), int(self.encoder["intermediate_size"])
        for part, sizes in matrices(size, inner).items():
            yield from _linear(f"{name}.{part}", *sizes).items()
        yield from _norm(f"{name}.norm_attention", size).items()
        yield from _norm(f"{name}.norm_feed", size).items()


def matrices(size: int, inner: int) -> dict[str, tuple[int, int]]:
    """The (inputs, outputs) of each matrix of a BERT layer."""
    return dict(zip(MATRICES, ((size, 3 * size), (size, size), (size, inner), (inner, size)), strict=True))


def _context(name: str, size: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield from _linear(f"{name}.queries_keys_values", size, 3 * size).items()
    yield from _linear(f"{name}.out", size, size).items()
    yield from _linear(f"{name}.feed.0", size, 2 * size).items()
    yield from _linear(f"{name}.feed.3", 2 * size, size).items()
    yield from _norm(f"{name}.before_attention", size).items()
    yield from _norm(f"{name}.before_feed", size).items()


def _linear(name: str, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (outputs, inputs), f"{name}.bias": (outputs,)}


def _norm(name: str, size: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (size,), f"{name}.bias": (size,)}
