"""The network: statements encoded with what was just said to them, context from the session, a head a task.

A small sentence encoder (BERT architecture) reads the words of every statement. Its last layers *hear*: there,
the tokens of a statement also attend to the last statements of the other speaker (``words``). The mean over its
tokens is the statement's vector; two light attention layers let each vector look at the statements around it
(``reach`` on either side, with a learned weight a distance); heads read off the codes. Because the reach is
bounded, coding a session in overlapping windows gives the same answer as coding it whole, and cost grows with
its length only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from transcript_rapport.coder.batches import Batch, Floats, Ints, Spoken, Texts, Windows
from transcript_rapport.coder.inputs import FEATURES
from transcript_rapport.coder.shape import GAP, RANK, Shape
from transcript_rapport.coder.words import Adapters, Foreign, Layer, Words
from transcript_rapport.session import ROLES


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


class Cutter(nn.Module):
    """Where a thought begins in speech without marks: adapters for the lower layers, and a layer over the words.

    That layer is recurrent (GRU) and goes both ways, so that either side of a gap is known.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        size, inner, width = shape.encoder["hidden_size"], shape.encoder["intermediate_size"], shape.cutter
        self.adapters = nn.ModuleList(Adapters(size, inner, RANK) for _ in range(shape.adapted))
        self.narrow, self.dropout = nn.Linear(size, width), nn.Dropout(2 * shape.dropout)
        self.over = nn.GRU(width, width, bidirectional=True, batch_first=True)
        self.gap, self.last = nn.Linear(4 * width, GAP), nn.Linear(GAP, 1)

    def forward(self, states: Tensor, places: Tensor, sizes: Tensor) -> Tensor:
        """The log-odds before each word but the first; (passages, words - 1).

        ``states``: (M, D) of tokens; ``places``: (passages, words) the token of each word; ``sizes``: words of each.
        """
        x = F.gelu(self.narrow(self.dropout(states)))[places]
        packed = pack_padded_sequence(x, sizes, batch_first=True, enforce_sorted=False)
        x = self.dropout(pad_packed_sequence(self.over(packed)[0], batch_first=True)[0])
        seen = F.gelu(self.gap(torch.cat([x[:, :-1], x[:, 1:]], -1)))
        found: Tensor = self.last(seen).squeeze(-1)
        return found


class SessionCoder(nn.Module):
    """Codes windows of a session: ``forward(batch)`` gives a dict of logits.

    Statement heads: (B, L, outputs). Utterance heads (``shape.pooled``): (B, L, outputs) too, with
    every statement of an utterance carrying its utterance's logits.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        config, drop = shape.encoder, shape.dropout
        size = config["hidden_size"]

        def layer(hears: bool) -> Layer:
            return Layer(size, config["num_attention_heads"], config["intermediate_size"], drop, hears)

        self.shape = shape
        self.words: Any = Foreign(config["transformers"]) if shape.foreign else self._words(shape, layer)
        self.hearing = nn.ModuleList(layer(hears=True) for _ in range(shape.hearing))
        self.speaker = nn.Embedding(len(ROLES), size)
        nn.init.zeros_(self.speaker.weight)
        self.roles = nn.Embedding(len(ROLES), size)
        self.features = nn.Linear(FEATURES, size)
        self.context = nn.ModuleList(
            ContextLayer(size, shape.attention_heads, shape.reach, shape.dropout) for _ in range(shape.layers)
        )
        self.norm = nn.LayerNorm(2 * size)
        self.pooling = nn.Linear(2 * size, 1)
        self.dropout = nn.Dropout(shape.dropout)
        self.cutter = Cutter(shape) if shape.cutter else None
        self.heads = nn.ModuleDict({name: nn.Linear(2 * size, len(outputs)) for name, outputs in shape.heads.items()})

    @staticmethod
    def _words(shape: Shape, layer: Callable[[bool], Layer]) -> Words:
        config, size = shape.encoder, shape.encoder["hidden_size"]
        lower = [layer(False) for _ in range(shape.lower)]
        return Words(config["vocab_size"], config["max_position_embeddings"], size, lower, shape.dropout)

    def tokens(self, texts: Texts, spoken: Spoken) -> Tensor:
        """The states of the tokens of all statements, flat; (M, D)."""
        states = self.words(torch.from_numpy(texts.ids), torch.from_numpy(texts.positions), texts.slices)
        x: Tensor = states.index_select(0, torch.from_numpy(spoken.source)) + self.speaker(
            torch.from_numpy(spoken.roles)
        )
        for layer in self.hearing:
            x = layer(x, spoken.slices)
        return x

    def gaps(self, texts: Texts, places: Ints, sizes: Ints) -> Tensor:
        """How likely a thought begins before each word but the first; (passages, words - 1), see ``Cutter``."""
        if self.cutter is None:
            raise RuntimeError("this network has no cutter")
        ids, positions, where, many = map(torch.from_numpy, (texts.ids, texts.positions, places, sizes))
        found: Tensor = self.cutter(self.words(ids, positions, texts.slices, self.cutter.adapters), where, many)
        return found

    def encode(self, texts: Texts, spoken: Spoken) -> Tensor:
        """Each statement as the mean over its tokens; (N, D), in the order of ``spoken``'s rows."""
        states = self.tokens(texts, spoken)
        rows, sizes = torch.from_numpy(spoken.rows), torch.from_numpy(spoken.sizes)
        return torch.zeros(len(sizes), states.shape[1]).index_add(0, rows, states) / sizes[:, None]

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Logits of every head."""
        return self.read(self.state(self.encode(batch.texts, batch.spoken), batch.windows), batch.windows)

    def state(self, vectors: Tensor, windows: Windows) -> Tensor:
        """What the heads read: each statement's own vector, of those (N, D), and its context's; (B, L, 2·D)."""
        own = vectors[torch.from_numpy(windows.rows)]
        plain = self.features(torch.from_numpy(windows.features))
        x = own + self.roles(torch.from_numpy(windows.roles)) + plain
        for layer in self.context:
            x = layer(x, torch.from_numpy(windows.mask))
        state: Tensor = self.dropout(self.norm(torch.cat([own, x], -1)))
        return state

    def read(self, state: Tensor, windows: Windows) -> dict[str, Tensor]:
        """Logits of every head from the state (B, L, 2·D); (B, L, outputs)."""
        whole = self.pool(state, windows)
        return {name: head(whole if name in self.shape.pooled else state) for name, head in self.heads.items()}

    def pool(self, state: Tensor, windows: Windows) -> Tensor:
        """Each statement's utterance as one vector: an attention-weighted mean of its statements."""
        utterances, mask = torch.from_numpy(windows.utterances), torch.from_numpy(windows.mask)
        same = utterances[:, :, None] == utterances[:, None, :]
        same = (same & mask[:, None, :]) | torch.eye(same.shape[1], dtype=torch.bool)
        scores = self.pooling(state).squeeze(-1)[:, None, :].expand(same.shape)
        weights = torch.where(same, scores, float("-inf")).softmax(-1)
        return weights @ state


class Still:
    """The network in evaluation mode, from arrays to arrays as ``fast.Network``, a window at a time."""

    def __init__(self, coder: SessionCoder) -> None:
        self.coder, self.shape = coder.eval(), coder.shape

    @torch.inference_mode()
    def encode(self, texts: Texts, spoken: Spoken) -> Floats:
        """Each statement's vector; (N, D)."""
        return self.coder.encode(texts, spoken).numpy()

    @torch.inference_mode()
    def state(self, vectors: Floats, windows: Windows) -> Floats:
        """What the heads read of one window; (L, 2·D)."""
        return self.coder.state(torch.from_numpy(vectors), windows)[0].numpy()

    @torch.inference_mode()
    def read(self, state: Floats, windows: Windows) -> dict[str, Floats]:
        """Logits of every head from the state of one window; (L, outputs)."""
        found = self.coder.read(torch.from_numpy(state)[None], windows)
        return {name: logits[0].numpy() for name, logits in found.items()}

    @torch.inference_mode()
    def gaps(self, texts: Texts, places: Ints, sizes: Ints) -> Floats:
        """How likely a thought begins before each word but the first; (passages, words - 1)."""
        return self.coder.gaps(texts, places, sizes).numpy()
