"""Codes a session with the trained network: each statement encoded once, then read in windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np

from transcript_rapport.coder.batches import KEPT, Floats, Tokens, parts, read, stretches
from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.passages import Passage, each, locate, of_speech
from transcript_rapport.coder.phrases import Phrases
from transcript_rapport.coder.shape import Shape
from transcript_rapport.coder.tasks import Task, added
from transcript_rapport.report import Coded, Label, Share, Statement
from transcript_rapport.session import Role, Session
from transcript_rapport.statements import split

if TYPE_CHECKING:
    from torch import Tensor

    from transcript_rapport.coder.network import SessionCoder


HEAD_OF: Mapping[Role, str] = {"practitioner": "behaviour", "client": "talk_type"}
"""The head that labels a whole utterance of someone in this role."""


class Numbers(Protocol):
    """A table of numbers: torch's and numpy's alike."""

    def tolist(self) -> list[list[float]]:
        """The rows as lists."""


class Reads(Protocol):
    """What reads statements for the coder: ``Engine`` in torch, ``fast.Engine`` in numpy."""

    @property
    def shape(self) -> Shape:
        """The network's shape."""

    def logits_and_states(self, units: Sequence[Unit]) -> tuple[Mapping[str, Numbers], Floats]:
        """Head → (statements, outputs) for a whole session, and what the heads read; (statements, 2·D)."""

    def gaps(self, passages: Sequence[Passage]) -> list[list[float]]:
        """Per passage, the log-odds that a thought begins before each word but the first."""


class Engine:
    """A network in torch and its word pieces: statements in, logits out."""

    def __init__(self, network: SessionCoder, tokens: Tokens) -> None:
        self.network, self.tokens, self.shape = network.eval(), tokens, network.shape

    def logits(self, units: Sequence[Unit]) -> dict[str, Tensor]:
        """Head → (statements, outputs) for a whole session, however long."""
        import torch

        if not units:
            return {name: torch.zeros(0, len(outputs)) for name, outputs in self.shape.heads.items()}
        texts, spoken = read([units], self.tokens)
        with torch.inference_mode():
            vectors = self.network.encode(texts, spoken)
            windows = parts(units, spoken, self.shape.margin)
            found = [(self.network.read(vectors, window), kept) for window, kept in windows]
            return {name: torch.cat([logits[name][0, kept] for logits, kept in found]) for name in self.shape.heads}

    def logits_and_states(self, units: Sequence[Unit]) -> tuple[dict[str, Tensor], Floats]:
        """The logits, and what the heads read: each statement's own vector and its context's; (statements, 2·D)."""
        seen = [np.zeros((0, 2 * int(self.shape.encoder["hidden_size"])), np.float32)]
        kept = iter(
            [(first - start, last - start) for start, _, first, last in stretches(units, KEPT, self.shape.margin)]
        )

        def look(_module: object, _inputs: object, state: Tensor) -> None:
            seen.append(state[0, slice(*next(kept))].numpy())

        hook = self.network.norm.register_forward_hook(look)
        try:
            return self.logits(units), np.concatenate(seen)
        finally:
            hook.remove()

    def gaps(self, passages: Sequence[Passage]) -> list[list[float]]:
        """Per passage, the log-odds that a thought begins before each word but the first."""
        import torch

        if not passages:
            return []
        with torch.inference_mode():
            texts, places, sizes = locate(passages, self.tokens)
            return each(self.network.gaps(texts, places, sizes).tolist(), sizes, passages)


class Coder:
    """The trained coder: gives a session's statements their codes and its utterances their labels."""

    def __init__(
        self, engine: Reads, calibration: Calibration, identity: Mapping[str, str], phrases: Phrases | None = None
    ) -> None:
        self.engine, self.calibration, self.identity = engine, calibration, dict(identity)
        self.phrases = phrases or Phrases({})

    def code(
        self,
        session: Session,
        spans: Mapping[int, Sequence[tuple[int, int]]] | None = None,
        tasks: Sequence[Task] = (),
    ) -> Coded:
        """The session with its statements, codes and labels.

        ``spans`` gives the statements of some utterances (index → character offsets) where somebody
        has already cut them; the others are cut by ``cut``. ``tasks`` add codes of the user's own.
        """
        places, units = self._places(session, spans)
        told, states = self.engine.logits_and_states(units)
        logits = {name: x.tolist() for name, x in told.items()}
        for head, more in self.phrases.beside(units, self.calibration.phrases).items():
            logits[head] = (np.array(logits[head]).reshape(more.shape) + more).tolist()
        statements = tuple(
            self._statement(place, unit, logits, n) for n, (place, unit) in enumerate(zip(places, units, strict=True))
        )
        labels, shares = self._labels(session, units, logits), self._shares(units, logits)
        return added(Coded(session, statements, labels, shares, self.calibration.strays), states, tasks)

    def states(self, session: Session) -> tuple[list[Unit], Floats]:
        """The session's statements, and the state the network's heads read of each; (statements, 2·D).

        The first half comes from the statement with what was just said to it, the second from its context.
        """
        _, units = self._places(session)
        return units, self.engine.logits_and_states(units)[1]

    def _places(
        self, session: Session, spans: Mapping[int, Sequence[tuple[int, int]]] | None = None
    ) -> tuple[list[tuple[int, int, int]], list[Unit]]:
        given = {**self.cut(session, spans or {}), **(spans or {})}
        places = [(u.index, *span) for u in session for span in given[u.index]]
        return places, [Unit(session[n].text[start:end], session.role_of(n), n) for n, start, end in places]

    def cut(self, session: Session, known: Mapping[int, object]) -> dict[int, list[tuple[int, int]]]:
        """The statements of every utterance not ``known``.

        In speech without marks the network says where they begin; without a cutter, the linear model of ``statements``.
        All such speech is read at once: one stretch at a time, going through the weights takes longer than reading.
        """
        if not self.engine.shape.cutter:
            return {u.index: split(u.text) for u in session if u.index not in known}
        speech: list[Passage] = []
        found: dict[int, list[tuple[int, int]]] = {}
        unmarked: list[int] = []
        for u in session:
            if u.index not in known:
                before = len(speech)
                found[u.index] = split(u.text, partial(_note, speech))
                unmarked += [u.index] if len(speech) > before else []
        answers = of_speech(speech, self.engine.gaps)

        def ready(_: Sequence[str]) -> list[float]:
            return [gap + self.calibration.ready for gap in next(answers)]

        return found | {n: split(session[n].text, ready) for n in unmarked}

    def _statement(
        self, place: tuple[int, int, int], unit: Unit, logits: Mapping[str, list[list[float]]], n: int
    ) -> Statement:
        if unit.role == "other":
            return Statement(*place)
        head = "codes" if unit.role == "practitioner" else "client"
        probabilities = self.calibration.probabilities(self.engine.shape.heads[head], logits[head][n])
        choose = self.calibration.practitioner if unit.role == "practitioner" else self.calibration.client
        return Statement(*place, choose(probabilities), probabilities)

    def _shares(self, units: Sequence[Unit], logits: Mapping[str, list[list[float]]]) -> dict[str, Share]:
        """Behaviour and talk type → its share of the session's utterances, corrected for the coder's known error."""
        found: dict[str, Share] = {}
        for role, head in HEAD_OF.items():
            choice, names = self.calibration.choices[head], self.engine.shape.heads[head]
            starts = {unit.utterance: n for n, unit in reversed(list(enumerate(units))) if unit.role == role}
            shares = choice.shares([logits[head][n] for n in starts.values()])
            found |= dict(zip(names, shares, strict=False))
        return found

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
        head = HEAD_OF[role]
        choice, names = self.calibration.choices[head], self.engine.shape.heads[head]
        picked = choice.pick(logits[head][n])
        probability = choice.probabilities(logits[head][n])[picked]
        name = names[picked]
        return Label(name, None, probability) if role == "practitioner" else Label(None, name, probability)


def _note(speech: list[Passage], words: Sequence[str]) -> list[float]:
    """Takes down what is asked about; the answer comes later."""
    speech.append(words)
    return [0.0] * (len(words) - 1)
