"""The network's shape: what its two engines, torch's and numpy's, must agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from transcript_rapport.coder.inputs import FEATURES
from transcript_rapport.session import ROLES

EMPATHY = ("emotional_reactions", "interpretations", "explorations")
PHRASED = ("codes", "client", "behaviour", "talk_type", *EMPATHY)
"""The heads for which a linear model of phrases answers too: of a statement for "codes", else of an utterance."""
BUCKETS = 1 << 16
"""Into so many places phrases are hashed."""
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
            **_linear("boundary", size, 1),
            **{k: v for name, of in self.heads.items() for k, v in _linear(f"heads.{name}", 2 * size, len(of)).items()},
            **{
                k: v
                for name in self.phrased
                for k, v in _linear(f"phrases.{name}", self.phrases, len(self.heads[name])).items()
            },
        }

    def _layer(self, name: str) -> Iterator[tuple[str, tuple[int, ...]]]:
        size, inner = int(self.encoder["hidden_size"]), int(self.encoder["intermediate_size"])
        yield from _linear(f"{name}.queries_keys_values", size, 3 * size).items()
        yield from _linear(f"{name}.out", size, size).items()
        yield from _linear(f"{name}.up", size, inner).items()
        yield from _linear(f"{name}.down", inner, size).items()
        yield from _norm(f"{name}.norm_attention", size).items()
        yield from _norm(f"{name}.norm_feed", size).items()


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
