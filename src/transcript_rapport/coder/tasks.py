"""Codes of the user's own: small heads on the coder's states, trained by ``rapport train --task``, kept as JSON.

A task file holds numbers and words only (no code, no texts of the examples), says which coder it was trained on, and
what it achieved on examples it had not seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from transcript_rapport.codebook import OwnCode
from transcript_rapport.coder.batches import Floats
from transcript_rapport.coder.calibration import Platt
from transcript_rapport.errors import ModelError, SettingsError
from transcript_rapport.report import Coded, Statement
from transcript_rapport.session import Role

FORMAT = "transcript-rapport/task/1"
PREFIX = "own."
FIGURES = ("precision", "recall", "f1", "kappa")
ROLES: tuple[Role, ...] = ("practitioner", "client")

_NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")
_AGAIN = "train it again with: rapport train --task FOLDER --out FILE"


@dataclass(frozen=True)
class Head:
    """One code of the user's own, and the weights that find it in a statement's state.

    ``name`` is without "own."; ``roles`` says in whose words it is looked for. ``figures`` holds precision, recall, F1
    and kappa on examples left out of training, each with its 90 % interval (None where it is not defined), drawn over
    ``over`` (sessions or examples). ``stray``: how many times more a session's count scatters because it miscounts.
    """

    name: str
    meaning: str
    roles: tuple[Role, ...]
    weights: tuple[float, ...]
    offset: float
    platt: Platt
    examples: int
    positives: int
    figures: Mapping[str, Sequence[float | None]]
    over: str
    stray: float = 1.0
    notes: tuple[str, ...] = ()

    @cached_property
    def array(self) -> Floats:
        """The weights as an array; (D,)."""
        return np.array(self.weights, np.float32)

    @property
    def code(self) -> OwnCode:
        """The code as the codebook would tell it."""
        f1 = self.figures["f1"][0]
        known = f"cross-validated F1 {f1:.2f}" if f1 is not None else "too few to cross-validate"
        few = f", only {self.positives} of them with this code" if self.notes else ""
        source = f"your own code ({self.examples} examples{few}, {known})"
        title = self.name.replace("_", " ").capitalize()
        return OwnCode(PREFIX + self.name, "own", title, self.meaning, source, self.meaning, roles=self.roles)

    def probabilities(self, states: Floats) -> list[float]:
        """The probability (0 to 1) that each statement carries the code, from the states (statements, 2·D)."""
        return [self.platt.probability(x) for x in (heard(states) @ self.array + self.offset).tolist()]


@dataclass(frozen=True)
class Task:
    """A file of heads: ``model`` names the coder it belongs to (name and SHA-256)."""

    heads: tuple[Head, ...]
    model: Mapping[str, str]
    path: str = ""
    checksum: str = field(default="", compare=False)


def heard(states: Floats) -> Floats:
    """What heads read of the states (statements, 2·D): the statement with what was just said to it; (statements, D).

    Its wider context adds nothing here, and examples seldom come with it.
    """
    return states[:, : states.shape[1] // 2]


def code_name(said: str, where: str) -> str:
    """The name of an own code as reports hold it, from what a person wrote: "Silence named" → "silence_named"."""
    name = re.sub(r"[\s\-_]+", "_", said.strip().lower().removeprefix(PREFIX)).strip("_")
    if not _NAME.fullmatch(name):
        raise SettingsError(where, f"a code is called {said!r}", "a name of plain letters, such as silence_named")
    return name


def written(task: Task) -> str:
    """The task as JSON."""
    codes = {head.name: _plain(head) for head in task.heads}
    document = {"format": FORMAT, "model": dict(task.model), "codes": codes}
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def load(paths: Sequence[str]) -> tuple[Task, ...]:
    """The tasks in these files; a SettingsError where one is none, is damaged, or names a code a second time."""
    tasks = tuple(map(_read, paths))
    first: dict[str, str] = {}
    for task in tasks:
        for head in task.heads:
            if first.setdefault(head.name, task.path) != task.path:
                seen = f"the code {head.name!r} stands in {first[head.name]} too"
                raise SettingsError(task.path, seen, "each code once", "leave one of the two out")
    return tasks


def fitting(paths: Sequence[str], model: Mapping[str, str]) -> tuple[Task, ...]:
    """The tasks in these files; a ModelError where one was trained on another coder than ``model``."""
    tasks = load(paths)
    for task in tasks:
        if task.model.get("sha256") != model["sha256"]:
            raise ModelError(task.path, f"trained on {_called(task.model)}", f"a task for {_called(model)}", _AGAIN)
    return tasks


def checksums(paths: Sequence[str]) -> dict[str, str]:
    """File name → the beginning of its SHA-256, for ``made_with``."""
    return {Path(task.path).name: task.checksum for task in load(paths)}


def added(coded: Coded, states: Floats, tasks: Sequence[Task]) -> Coded:
    """The session with the codes of the tasks; ``states`` has a row for each of its statements, in order."""
    heads = [head for task in tasks for head in task.heads]
    if not heads:
        return coded
    rows = zip(*(head.probabilities(states) for head in heads), strict=True)
    statements = tuple(
        _with(statement, coded.session.role_of(statement.utterance), list(zip(heads, row, strict=True)))
        for statement, row in zip(coded.statements, rows, strict=True)
    )
    strays = {PREFIX + head.name: head.stray for head in heads}
    own = {head.code.name: head.code for head in heads}
    return replace(coded, statements=statements, strays={**coded.strays, **strays}, own=own)


def _with(statement: Statement, role: Role, found: Sequence[tuple[Head, float]]) -> Statement:
    told = [(head, p) for head, p in found if role in head.roles]
    asserted = {PREFIX + head.name: p for head, p in told if p >= head.platt.threshold}
    every = {PREFIX + head.name: p for head, p in told}
    return replace(statement, codes={**statement.codes, **asserted}, probabilities={**statement.probabilities, **every})


def _plain(head: Head) -> dict[str, object]:
    """The head as JSON knows it; six figures are more than float32 holds."""
    return {
        "meaning": head.meaning,
        "roles": list(head.roles),
        "examples": head.examples,
        "positives": head.positives,
        "cross_validated": {name: [_short(x) for x in held] for name, held in head.figures.items()},
        "over": head.over,
        "stray": head.stray,
        "notes": list(head.notes),
        "calibration": {
            "slope": _short(head.platt.slope),
            "offset": _short(head.platt.offset),
            "threshold": head.platt.threshold,
        },
        "offset": _short(head.offset),
        "weights": [_short(x) for x in head.weights],
    }


def _short(x: float | None) -> float | None:
    return None if x is None else float(f"{x:.6g}")


def _read(path: str) -> Task:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise SettingsError(path, error.strerror or "it cannot be opened", "a task file", "check --task") from None
    try:
        raw = json.loads(data)
        if not isinstance(raw, dict) or raw.get("format") != FORMAT:
            raise SettingsError(path, "no task file", f"the format {FORMAT!r}", _AGAIN)
        heads = tuple(_head(path, name, held) for name, held in raw["codes"].items())
        model = {str(key): str(value) for key, value in raw["model"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(path, f"damaged ({error})", "a whole task file", _AGAIN) from None
    return Task(heads, model, path, sha256(data).hexdigest()[:16])


def _head(path: str, name: str, held: Mapping[str, Any]) -> Head:
    weights = tuple(float(x) for x in held["weights"])
    platt = Platt(**{key: float(value) for key, value in held["calibration"].items()})
    numbers = (*weights, float(held["offset"]), platt.slope, platt.offset, platt.threshold)
    if not weights or not np.isfinite(numbers).all():
        raise ValueError(f"the weights of {name!r} are no numbers")
    roles = tuple(role for role in ROLES if role in held["roles"])
    return Head(
        code_name(name, path),
        str(held["meaning"]),
        roles,
        weights,
        float(held["offset"]),
        platt,
        int(held["examples"]),
        int(held["positives"]),
        {figure: tuple(held["cross_validated"][figure]) for figure in FIGURES},
        str(held["over"]),
        float(held["stray"]),
        tuple(map(str, held["notes"])),
    )


def _called(model: Mapping[str, str]) -> str:
    return f"{model.get('name', 'a coder')} {model.get('sha256', '')[:12]}…"
