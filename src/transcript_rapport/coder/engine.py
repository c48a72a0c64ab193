"""Codes a session with the trained network: each statement encoded once, then read in windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from transcript_rapport.coder.batches import Tokens, arrange, encodable, stretches
from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.coder.inputs import Unit, features
from transcript_rapport.coder.network import SessionCoder
from transcript_rapport.coder.weights import Folder
from transcript_rapport.report import Coded, Label, Statement
from transcript_rapport.session import Session
from transcript_rapport.statements import split

KEPT = 96
"""Statements coded in one window, beside the margins."""


class Engine:
    """A network and its word pieces: statements in, logits out."""

    def __init__(self, network: SessionCoder, tokens: Tokens) -> None:
        self.network, self.tokens = network.eval(), tokens

    @torch.inference_mode()
    def logits(self, units: Sequence[Unit]) -> dict[str, Tensor]:
        """Head → (statements, outputs) for a whole session, however long."""
        if not units:
            return {name: torch.zeros(0, len(outputs)) for name, outputs in self.network.shape.heads.items()}
        ids, mask, place = encodable([unit.text for unit in units], self.tokens)
        vectors, rows = self.network.encode(ids, mask), features(units)
        margin = self.network.shape.reach * self.network.shape.layers
        parts: list[dict[str, Tensor]] = []
        for start, end, first, last in stretches(units, KEPT, margin):
            batch = arrange([units[start:end]], [rows[start:end]], place, (ids, mask))
            read = self.network.read(vectors, batch)
            parts.append({name: x[0, first - start : last - start] for name, x in read.items()})
        return {name: torch.cat([part[name] for part in parts]) for name in parts[0]}


class Coder:
    """The trained coder: gives a session's statements their codes and its utterances their labels."""

    def __init__(self, folder: Folder) -> None:
        self.engine = Engine(folder.network, Tokens(folder.tokenizer))
        self.calibration: Calibration = folder.calibration
        self.identity = folder.identity

    def code(self, session: Session, spans: Mapping[int, Sequence[tuple[int, int]]] | None = None) -> Coded:
        """The session with its statements, codes and labels.

        ``spans`` gives the statements of some utterances (index → character offsets) where somebody
        has already cut them; the others are cut by ``statements.split``.
        """
        given = spans or {}
        places = [(u.index, *span) for u in session for span in given.get(u.index, split(u.text))]
        units = [Unit(session[n].text[start:end], session.role_of(n), n) for n, start, end in places]
        logits = {name: x.tolist() for name, x in self.engine.logits(units).items()}
        statements = tuple(
            self._statement(place, unit, logits, n) for n, (place, unit) in enumerate(zip(places, units, strict=True))
        )
        return Coded(session, statements, self._labels(session, units, logits))

    def _statement(
        self, place: tuple[int, int, int], unit: Unit, logits: Mapping[str, list[list[float]]], n: int
    ) -> Statement:
        if unit.role == "other":
            return Statement(*place)
        head = "codes" if unit.role == "practitioner" else "client"
        probabilities = self.calibration.probabilities(self.engine.network.shape.heads[head], logits[head][n])
        choose = self.calibration.practitioner if unit.role == "practitioner" else self.calibration.client
        return Statement(*place, choose(probabilities), probabilities)

    def _labels(
        self, session: Session, units: Sequence[Unit], logits: Mapping[str, list[list[float]]]
    ) -> tuple[Label, ...]:
        first: dict[int, int] = {}
        for n, unit in enumerate(units):
            first.setdefault(unit.utterance, n)
        return tuple(self._label(session, u.index, first.get(u.index), logits) for u in session)

    def _label(self, session: Session, utterance: int, n: int | None, logits: Mapping[str, list[list[float]]]) -> Label:
        role = session.role_of(utterance)
        if role == "other" or n is None:
            return Label()
        head = "behaviour" if role == "practitioner" else "talk_type"
        choice, names = self.calibration.choices[head], self.engine.network.shape.heads[head]
        picked = choice.pick(logits[head][n])
        probability = choice.probabilities(logits[head][n])[picked]
        name = names[picked]
        return Label(name, None, probability) if role == "practitioner" else Label(None, name, probability)
