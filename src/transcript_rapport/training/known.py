"""Sessions of the corpora whose practitioner is known, with their labels hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path

from transcript_rapport.errors import CorpusError
from transcript_rapport.session import Session, Utterance
from transcript_rapport.training import coded, corpora
from transcript_rapport.training.building import rows
from transcript_rapport.training.examples import Example

HELPER, OTHER = "A", "B"
"""The neutral labels every session gets."""

MOST = 300
"""How many sessions of a corpus are taken."""


@dataclass(frozen=True)
class Known:
    """A session whose practitioner is known: label ``A``."""

    session: Session
    corpus: str
    group: str


def _known(name: str, corpus: str, group: str, said: Sequence[tuple[bool, str]]) -> Known:
    utterances = tuple(Utterance(n, HELPER if helper else OTHER, text) for n, (helper, text) in enumerate(said))
    return Known(Session(name, utterances), corpus, group)


def _of_example(example: Example) -> Known:
    """A session as the coder learns from it, its statements put together again."""
    turns = (list(units) for _, units in groupby(example.units, key=lambda unit: unit.utterance))
    said = [(units[0].role == "practitioner", " ".join(unit.text for unit in units)) for units in turns]
    return _known(example.name, example.corpus.removesuffix("-rest"), example.group, said)


def hlqc(folder: Path) -> Iterator[Known]:
    """HLQC, whose speaker labels are noisy; a video that AnnoMI has too shares its group."""
    return map(_of_example, chain(corpora.hlqc(folder), coded.hlqc_rest(folder)))


def fareez(folder: Path) -> Iterator[Known]:
    """Simulated medical interviews, all of them (our codes are of some only): lines that start with D: or P:."""
    for path in sorted(folder.glob("*.txt")):
        raw = path.read_bytes()
        text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", errors="replace")
        said = re.findall(r"^\W*([DP])\s*:\s*(.*?)\s*(?=^\W*[DP]\s*:|\Z)", text, flags=re.M | re.S | re.I)
        yield _known(path.stem, "fareez", path.stem, [(who.upper() == "D", line) for who, line in said])


def primock57(folder: Path) -> Iterator[Known]:
    """Mock GP consultations, gaps as they are written: one TextGrid a speaker, put in the order of their starts."""
    pattern = r'xmin = ([\d.]+)\s+xmax = [\d.]+\s+text = "((?:[^"]|"")*)"'
    for doctor in sorted(folder.glob("*_doctor.TextGrid")):
        said = []
        for path in (doctor, doctor.with_name(doctor.name.replace("_doctor", "_patient"))):
            found = re.findall(pattern, path.read_text(encoding="utf-8"))
            said += [(float(start), path is doctor, text) for start, text in found if text.strip()]
        name = doctor.stem.removesuffix("_doctor")
        yield _known(name, "primock57", name, [(helper, text) for _, helper, text in sorted(said)])


def rogers(folder: Path) -> Iterator[Known]:
    """Carl Rogers with Gloria."""
    said = [(row["speaker"] != "client", row["text"]) for row in rows(folder / "Gloria_session.csv")]
    yield _known("Gloria", "rogers", "Gloria", said)


CORPORA: Mapping[str, Callable[[Path], Iterator[Known]]] = {
    "annomi": lambda folder: map(_of_example, corpora.annomi(folder)),
    "fareez-osce": fareez,
    "primock57": primock57,
    "hlqc": hlqc,
    "rogers": rogers,
    # Chats between crowd workers: an edge of what counts as helping.
    "esconv": lambda folder: map(_of_example, corpora.esconv(folder)),
}
"""The folder of each corpus and what reads it."""


def read(folder: Path) -> list[Known]:
    """The first sessions of every corpus in ``folder``, labels hidden; a CorpusError names a missing one."""
    found: list[Known] = []
    for sub, reader in CORPORA.items():
        if not (folder / sub).is_dir():
            raise CorpusError(str(folder), f"no folder {sub!r}", "one folder a corpus", "see docs/roles.md")
        found += islice((known for known in reader(folder / sub) if len(known.session.speakers) == 2), MOST)
    return found
