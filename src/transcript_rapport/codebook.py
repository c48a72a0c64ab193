"""The codes: their names, families, plain titles and meanings, read from ``codebook.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transcript_rapport.session import Role

BEHAVIOURS = ("question", "reflection", "input", "other")
TALK_TYPES = ("change", "neutral", "sustain")
REMARKS = {
    **{name: name for name in ("opening", "judgment", "advice", "jargon", "praise")},
    **{"question": "questions", "telling": "talking", "self_disclosure": "own", "transparency.overclaim": "certainty"},
}
"""Families and kinds of findings, and how a supervisor's remark of the same kind is called (``coder.remarks``)."""
LAPSES = tuple(dict.fromkeys(REMARKS.values()))
"""The remarks that something falls short."""
WELL, AWKWARD, FOREMOST = "well", "awkward", "foremost"
"""The remarks that an utterance is worth holding up, that it only looks so, and that one would begin there."""
READ = "learned from sessions read as a supervisor would, by a language model"
"""Who says what is found by such a remark alone: no human supervisor has checked it."""
HEARD = "heard by the coder, in other words than the lexicon's"
"""The same of a move that none of the lexicon's turns of phrase shows."""


def is_learned(source: str) -> bool:
    """Whether a finding with this source was made by the coder's reading alone, so that its score is a probability."""
    return READ in source or HEARD in source


def remark_of(kind: str) -> str:
    """The remark of a finding's kind; empty where there is none."""
    return REMARKS.get(kind) or REMARKS.get(kind.partition(".")[0], "")


@dataclass(frozen=True, slots=True)
class Code:
    """One code: ``name`` as stored, ``title`` as shown, what the statement does, and whose codes it is.

    ``why`` and ``suggestion`` are the sentences a finding of this kind carries; ``source`` is the
    instrument the code comes from.
    """

    name: str
    family: str
    title: str
    meaning: str
    source: str
    why: str = ""
    suggestion: str = ""

    @property
    def of_client(self) -> bool:
        """Whether it codes what the client says."""
        return self.name.startswith("client.")


@dataclass(frozen=True, slots=True)
class OwnCode(Code):
    """A code of the user's own, and in whose words it is looked for."""

    roles: tuple[Role, ...] = ("practitioner",)


@cache
def codes() -> dict[str, Code]:
    """Every code of the codebook by name, in the codebook's order."""
    raw = tomllib.loads(Path(__file__).with_name("codebook.toml").read_text(encoding="utf-8"))
    return {name: Code(name=name, **entry) for name, entry in raw["code"].items()}


@cache
def practitioner_codes() -> tuple[str, ...]:
    """Names of the codes a practitioner's statement may carry."""
    return tuple(name for name, code in codes().items() if not code.of_client)


@cache
def client_codes() -> tuple[str, ...]:
    """Names of the codes a client's statement may carry."""
    return tuple(name for name, code in codes().items() if code.of_client)
