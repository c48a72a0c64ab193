"""Codes a session with the trained network: each statement encoded once, then read in windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

import numpy as np

from transcript_rapport.coder.batches import Floats, Ints, Spoken, Texts, Tokens, Windows, parts, read
from transcript_rapport.coder.calibration import Calibration
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.moves import Moves
from transcript_rapport.coder.passages import Passage, each, locate, of_speech
from transcript_rapport.coder.phrases import Phrases
from transcript_rapport.coder.remarks import Remarks
from transcript_rapport.coder.second_look import HEAD, again, place
from transcript_rapport.coder.shape import Shape
from transcript_rapport.coder.tasks import Task, added
from transcript_rapport.report import Coded, Label, Share, Statement
from transcript_rapport.session import Role, Session
from transcript_rapport.statements import split

Logits = dict[str, list[list[float]]]
"""Head → (statements, outputs)."""
HEAD_OF: Mapping[Role, str] = {"practitioner": "behaviour", "client": "talk_type"}
"""The head that labels a whole utterance of someone in this role."""


class Network(Protocol):
    """A trained network: ``fast.Network`` in numpy, ``network.Still`` in torch."""

    shape: Shape

    def encode(self, texts: Texts, spoken: Spoken) -> Floats:
        """Each statement's vector; (N, D)."""

    def state(self, vectors: Floats, windows: Windows) -> Floats:
        """What the heads read of one window: each statement's own vector and its context's; (L, 2·D)."""

    def read(self, state: Floats, windows: Windows) -> Mapping[str, Floats]:
        """Logits of every head from the state of one window; (L, outputs)."""

    def gaps(self, texts: Texts, places: Ints, sizes: Ints) -> Floats:
        """How likely a thought begins before each word but the first; (passages, words - 1)."""


class Engine:
    """A network and its word pieces: statements in, logits out."""

    def __init__(self, network: Network, tokens: Tokens) -> None:
        self.network, self.tokens, self.shape = network, tokens, network.shape

    def logits(self, units: Sequence[Unit]) -> dict[str, Floats]:
        """Head → (statements, outputs) for a whole session, however long."""
        return self.logits_and_states(units)[0]

    def logits_and_states(self, units: Sequence[Unit]) -> tuple[dict[str, Floats], Floats]:
        """The logits, and what the heads read: each statement's own vector and its context's; (statements, 2·D)."""
        if not units:
            empty = {name: np.zeros((0, len(outputs)), np.float32) for name, outputs in self.shape.heads.items()}
            return empty, np.zeros((0, 2 * int(self.shape.encoder["hidden_size"])), np.float32)
        texts, spoken = read([units], self.tokens)
        vectors = self.network.encode(texts, spoken)
        states, found = [], []
        for window, kept in parts(units, spoken, self.shape.margin):
            state = self.network.state(vectors, window)
            states.append(state[kept])
            found.append({name: logits[kept] for name, logits in self.network.read(state, window).items()})
        logits = {name: np.concatenate([part[name] for part in found]) for name in self.shape.heads}
        return logits, np.concatenate(states)

    def gaps(self, passages: Sequence[Passage]) -> list[list[float]]:
        """Per passage of at most SIZE words, the log-odds that a thought begins before each word but the first."""
        if not passages:
            return []
        texts, places, sizes = locate(passages, self.tokens)
        return each(self.network.gaps(texts, places, sizes).tolist(), sizes, passages)


class Coder:
    """The trained coder: gives a session's statements their codes and its utterances their labels."""

    def __init__(
        self,
        engine: Engine,
        calibration: Calibration,
        identity: Mapping[str, str],
        phrases: Phrases | None = None,
        remarks: Remarks | None = None,
        moves: Moves | None = None,
    ) -> None:
        self.engine, self.calibration, self.identity = engine, calibration, dict(identity)
        self.phrases, self.remarks, self.moves = phrases or Phrases({}), remarks, moves

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
        logits, states = self._answers(units)
        statements = tuple(
            self._statement(place, unit, logits, n) for n, (place, unit) in enumerate(zip(places, units, strict=True))
        )
        if self.moves:
            told = zip(statements, self.moves.of(units, states), strict=True)
            statements = tuple(replace(s, moves=moves) if moves else s for s, moves in told)
        labels, shares = self._labels(session, units, logits), self._shares(units, logits)
        remarks = self.remarks.of(units, states, logits) if self.remarks else {}
        labels = tuple(replace(x, remarks=remarks[n]) if n in remarks else x for n, x in enumerate(labels))
        shown = self.remarks.shown if self.remarks else {}
        strays = {**self.calibration.strays, **(self.moves.strays if self.moves else {})}
        coded = Coded(session, statements, labels, shares, strays, shown=shown)
        return added(coded, states, tasks)

    def seen(self, session: Session) -> tuple[list[Unit], Floats, Logits]:
        """The session's statements, their states (statements, 2·D), and by head the logits that are answered."""
        _, units = self._places(session)
        logits, states = self._answers(units)
        return units, states, logits

    def _answers(self, units: Sequence[Unit]) -> tuple[Logits, Floats]:
        told, states = self.engine.logits_and_states(units)
        return self._logits(units, told), states

    def _logits(self, units: Sequence[Unit], told: Mapping[str, Floats]) -> Logits:
        """Head → (statements, outputs): what the network told, with phrases and a second look added."""
        beside = self.phrases.beside(units, self.calibration.phrases)
        logits = {name: x.astype(np.float64) + beside.get(name, 0) for name, x in told.items()}
        own = [n for n, unit in enumerate(units) if unit.role == "practitioner"]
        places = [place(units[n].utterance, units[n].text) for n in own]
        outputs = self.engine.shape.heads[HEAD]
        logits[HEAD][own] = again(logits[HEAD][own], places, outputs, self.calibration.second_look)
        return {name: rows.tolist() for name, rows in logits.items()}

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
