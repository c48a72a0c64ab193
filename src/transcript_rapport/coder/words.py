"""The words of statements: a small BERT encoder whose last layers also hear what was said just before.

Tokens of all texts lie in one flat tensor, without padding; only attention works on slices of rows of
similar length. In a layer that *hears*, the tokens of a statement attend, beside their own, to the rest of its
utterance and to the last statements of the other speaker, so that a restatement meets the words it restates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from transcript_rapport.coder.batches import Slice
from transcript_rapport.coder.shape import matrices


class Layer(nn.Module):
    """One BERT layer over flat tokens; (M, D) → (M, D)."""

    def __init__(self, size: int, heads: int, inner: int, dropout: float, hears: bool = False) -> None:
        super().__init__()
        self.heads = heads
        self.queries_keys_values = nn.Linear(size, 3 * size)
        self.out, self.norm_attention = nn.Linear(size, size), nn.LayerNorm(size, eps=1e-12)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.norm_feed = nn.LayerNorm(size, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.hearing = nn.Parameter(torch.full((2, heads), -2.0)) if hears else None

    def forward(self, tokens: Tensor, slices: Sequence[Slice], beside: Adapters | None = None) -> Tensor:
        """The tokens with what they attend to added; ``beside`` answers beside the layer's own matrices."""

        def step(part: str, x: Tensor) -> Tensor:
            found: Tensor = getattr(self, part)(x)
            return found if beside is None else found + beside[part](x)

        attended = self.attend(step("queries_keys_values", tokens).chunk(3, -1), slices)
        x = self.norm_attention(tokens + self.dropout(step("out", attended)))
        out: Tensor = self.norm_feed(x + self.dropout(step("down", F.gelu(step("up", x)))))
        return out

    def attend(self, projected: Sequence[Tensor], slices: Sequence[Slice]) -> Tensor:
        """Attention a slice at a time; the rows of the slices follow the order of the flat tokens."""
        q, k, v = projected
        parts = []
        for s in slices:
            own, keys, kind, inside = map(torch.from_numpy, (s.own, s.keys, s.kind, s.inside))
            # Spelled out: in bfloat16 the fused form takes four times as long on a processor.
            own_q, all_k, all_v = self.pick(q, own), self.pick(k, keys), self.pick(v, keys)
            scores = own_q @ all_k.transpose(-1, -2) * own_q.shape[-1] ** -0.5 + self.bias(kind)
            found = scores.softmax(-1).to(all_v.dtype) @ all_v
            parts.append(found.transpose(1, 2).flatten(2)[inside])
        return torch.cat(parts)

    def pick(self, x: Tensor, places: Tensor) -> Tensor:
        """The tokens at ``places`` (n, T) as (n, heads, T, D / heads)."""
        n, length = places.shape
        return x.index_select(0, places.flatten()).view(n, length, self.heads, -1).transpose(1, 2)

    def bias(self, kind: Tensor) -> Tensor:
        """(n, heads or 1, 1, K): 0 for own tokens, a learned weight for heard ones, minus infinity for padding."""
        heard = self.hearing if self.hearing is not None else torch.zeros(2, 1)
        none, never = torch.zeros_like(heard[:1]), torch.full_like(heard[:1], float("-inf"))
        return torch.cat([none, heard, never])[kind].transpose(1, 2).unsqueeze(2)


class Adapter(nn.Module):
    """What is added to a matrix that stays as it is: one of low rank. Source: Hu et al. (2022), LoRA, ICLR."""

    def __init__(self, inputs: int, outputs: int, rank: int) -> None:
        super().__init__()
        self.narrow = nn.Parameter(torch.randn(rank, inputs) / inputs**0.5)
        self.wide = nn.Parameter(torch.zeros(rank, outputs))

    def forward(self, x: Tensor) -> Tensor:
        """(…, inputs) → (…, outputs)."""
        return x @ self.narrow.T @ self.wide


class Adapters(nn.ModuleDict):
    """An adapter for each matrix of a layer."""

    def __init__(self, size: int, inner: int, rank: int) -> None:
        super().__init__({part: Adapter(*sizes, rank) for part, sizes in matrices(size, inner).items()})


class Words(nn.Module):
    """BERT's embeddings and lower layers: token ids and positions (M,) → token states (M, D)."""

    def __init__(self, vocabulary: int, positions: int, size: int, layers: Sequence[Layer], dropout: float) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(vocabulary, size), nn.Embedding(positions, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(layers)

    def forward(
        self, ids: Tensor, positions: Tensor, slices: Sequence[Slice], beside: Sequence[nn.Module] = ()
    ) -> Tensor:
        """The states of flat tokens; ``beside``: adapters for each layer, or none."""
        x: Tensor = self.dropout(self.norm(self.words(ids) + self.positions(positions)))
        for n, layer in enumerate(self.layers):
            x = layer(x, slices, beside[n] if beside else None)
        return x


class Foreign(nn.Module):
    """Any other encoder that transformers knows, whole; it takes the same tokens and gives states as ``Words`` does."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()
        from transformers import AutoConfig, AutoModel

        about = dict(config)
        described = AutoConfig.for_model(about.pop("model_type"), **about)
        self.model = AutoModel.from_config(described)  # type: ignore[no-untyped-call]

    def forward(
        self,
        ids: Tensor,
        positions: Tensor,  # noqa: ARG002
        slices: Sequence[Slice],
        beside: Sequence[nn.Module] = (),  # noqa: ARG002
    ) -> Tensor:
        """The states of flat tokens; the encoder numbers their positions itself, and nothing is put beside it."""
        parts = []
        for s in slices:
            inside = torch.from_numpy(s.inside)
            found = self.model(input_ids=ids[torch.from_numpy(s.own)], attention_mask=inside.long())
            parts.append(found.last_hidden_state[inside])
        return torch.cat(parts)
