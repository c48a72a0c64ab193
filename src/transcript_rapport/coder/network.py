"""The network: each statement encoded once, context from its neighbours in the session, a head a task.

A small sentence encoder (BERT architecture) turns every statement into a vector; two light
attention layers let each vector look at the statements around it (``reach`` on either side, with a
learned weight a distance); heads read off the codes. Because the reach is bounded, coding a session
in overlapping windows gives the same answer as coding it whole, and cost grows with its length only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from transcript_rapport.coder.inputs import FEATURES
from transcript_rapport.session import ROLES

TOKENS_AT_ONCE = 1024


@dataclass(frozen=True)
class Shape:
    """The network's shape: the encoder's configuration, the context's, and the outputs of each head."""

    encoder: Mapping[str, Any]
    heads: Mapping[str, tuple[str, ...]]
    layers: int = 2
    attention_heads: int = 6
    reach: int = 24
    dropout: float = 0.1
    pooled: tuple[str, ...] = ("behaviour", "talk_type", "acts", "strategy")
    """The heads that read a whole utterance; the others read a statement."""


@dataclass
class Batch:
    """Windows of statements, padded: B windows, L statements each, U different texts.

    ``tokens`` and ``token_mask``: (U, T), shortest text first; ``text_of``: (B, L) index into the U texts;
    ``roles``: (B, L); ``features``: (B, L, F); ``utterances``: (B, L) utterance number within the
    window; ``mask``: (B, L), true where there is a statement.
    """

    tokens: Tensor
    token_mask: Tensor
    text_of: Tensor
    roles: Tensor
    features: Tensor
    utterances: Tensor
    mask: Tensor


class ContextLayer(nn.Module):
    """Attention over the neighbouring statements, then a feed-forward step; (B, L, D) → (B, L, D)."""

    def __init__(self, size: int, heads: int, reach: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.reach = heads, reach
        self.before_attention, self.before_feed = nn.LayerNorm(size), nn.LayerNorm(size)
        self.queries_keys_values = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.distance = nn.Parameter(torch.zeros(heads, 2 * reach + 1))
        self.feed = nn.Sequential(nn.Linear(size, 2 * size), nn.GELU(), nn.Dropout(dropout), nn.Linear(2 * size, size))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Statements (B, L, D) with what their neighbours add."""
        b, length, size = x.shape
        q, k, v = (
            self.queries_keys_values(self.before_attention(x)).view(b, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        )
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=self.bias(mask))
        x = x + self.dropout(self.out(attended.transpose(1, 2).reshape(b, length, size)))
        out: Tensor = x + self.dropout(self.feed(self.before_feed(x)))
        return out

    def bias(self, mask: Tensor) -> Tensor:
        """(B, heads, L, L): the learned weight of each distance, minus infinity out of reach or where padded."""
        steps = torch.arange(mask.shape[1], device=mask.device)
        apart = steps[None, :] - steps[:, None]
        weights = self.distance[:, apart.clamp(-self.reach, self.reach) + self.reach]
        seen = (apart.abs() <= self.reach) & (mask[:, None, :] | torch.eye(len(steps), dtype=torch.bool))
        return torch.where(seen[:, None], weights[None], float("-inf"))


class SessionCoder(nn.Module):
    """Codes windows of a session: ``forward(batch)`` gives a dict of logits.

    Statement heads: (B, L, outputs). Utterance heads (``shape.pooled``): (B, L, outputs) too, with
    every statement of an utterance carrying its utterance's logits.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        from transformers import BertConfig, BertModel

        config = BertConfig(**shape.encoder)
        size = config.hidden_size
        self.shape = shape
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.roles = nn.Embedding(len(ROLES), size)
        self.features = nn.Linear(FEATURES, size)
        self.context = nn.ModuleList(
            ContextLayer(size, shape.attention_heads, shape.reach, shape.dropout) for _ in range(shape.layers)
        )
        self.norm = nn.LayerNorm(2 * size)
        self.pooling = nn.Linear(2 * size, 1)
        self.dropout = nn.Dropout(shape.dropout)
        self.heads = nn.ModuleDict({name: nn.Linear(2 * size, len(outputs)) for name, outputs in shape.heads.items()})

    def encode(self, tokens: Tensor, token_mask: Tensor) -> Tensor:
        """Sentence vectors (U, D) of texts sorted by length, in slices of about TOKENS_AT_ONCE tokens.

        Sorting keeps short statements from being padded to the longest, which costs more than all else.
        """
        lengths, start, parts = token_mask.sum(1).tolist(), 0, []
        while start < len(lengths):
            end = start + 1
            while end < len(lengths) and (end + 1 - start) * lengths[end] <= TOKENS_AT_ONCE:
                end += 1
            longest = lengths[end - 1]
            parts.append(self.encode_slice(tokens[start:end, :longest], token_mask[start:end, :longest]))
            start = end
        return torch.cat(parts)

    def encode_slice(self, tokens: Tensor, token_mask: Tensor) -> Tensor:
        """The mean over each text's token vectors; (U, T) → (U, D)."""
        hidden = self.encoder(input_ids=tokens, attention_mask=token_mask).last_hidden_state
        weight = token_mask.unsqueeze(-1).to(hidden.dtype)
        mean: Tensor = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1)
        return mean

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Logits of every head."""
        return self.read(self.encode(batch.tokens, batch.token_mask), batch)

    def read(self, vectors: Tensor, batch: Batch) -> dict[str, Tensor]:
        """Logits of every head from the statements' vectors (U, D)."""
        own = vectors[batch.text_of]
        x = own + self.roles(batch.roles) + self.features(batch.features)
        for layer in self.context:
            x = layer(x, batch.mask)
        state = self.dropout(self.norm(torch.cat([own, x], -1)))
        whole = self.pool(state, batch)
        return {name: head(whole if name in self.shape.pooled else state) for name, head in self.heads.items()}

    def pool(self, state: Tensor, batch: Batch) -> Tensor:
        """Each statement's utterance as one vector: an attention-weighted mean of its statements."""
        same = batch.utterances[:, :, None] == batch.utterances[:, None, :]
        same = (same & batch.mask[:, None, :]) | torch.eye(same.shape[1], dtype=torch.bool)
        scores = self.pooling(state).squeeze(-1)[:, None, :].expand(same.shape)
        weights = torch.where(same, scores, float("-inf")).softmax(-1)
        return weights @ state
