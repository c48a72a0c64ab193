"""Scores the jargon detector against the terms marked in the public corpora.

``python -m transcript_rapport.training.jargon CORPORA`` prints a Markdown table: precision, recall and F1 of terms and
agreement on whether a term was explained, per corpus, over the folds whose missed terms were read while the lexicons
were last raised and, apart from them, over the fold that was not read then. No coder takes part: its probability of
jargon counts as 0, so words that need it stay quiet.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from transcript_rapport.detectors import jargon
from transcript_rapport.errors import CorpusError
from transcript_rapport.report import Coded, Finding, Label, Span, Statement
from transcript_rapport.training import as_command, corpora
from transcript_rapport.training.building import lines
from transcript_rapport.training.examples import Example, session
from transcript_rapport.training.scores import Counts, Score, bootstrap
from transcript_rapport.training.splits import folds

CORPORA = ("annomi", "primock57", "hlqc", "rogers")
KEYS = {
    "annomi": ("transcript_id", "utterance_id"),
    "primock57": ("consultation", "interval"),
    "hlqc": ("conv_id", "turn"),
    "rogers": ("session", "row"),
}
"""Which fields of a corpus's statements name the session and, from 0, the place of the utterance in it."""
FOLDS, UNREAD = 3, 2
"""Sessions are dealt into three folds; no missed term of the last one was read while the lexicons were written."""

RULES: Mapping[str, Callable[[Marked, Finding], bool]] = {
    "client-first rule on": lambda _, finding: finding.kind != jargon.UNEXPLAINED,
    "client-first rule off": lambda marked, finding: finding.span in marked.explained,
    "always unexplained": lambda *_: False,
}
"""How to say that a found term is explained; for the corpora it is not, only because the client used it first."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term that the corpus marks, and whether the practitioner explained it according to the corpus."""

    span: Span
    explained: bool


@dataclass(frozen=True)
class Marked:
    """A session with the terms its corpus marks and those the detector finds in the same statements.

    ``explained``: where the detector finds an explanation when the client's having used the word first is none.
    """

    coded: Coded
    corpus: str
    fold: int
    terms: tuple[Term, ...]
    found: tuple[Finding, ...]
    explained: frozenset[Span]

    @property
    def hits(self) -> list[tuple[Term, Finding]]:
        """Every marked term with the first finding that overlaps it."""
        pairs = ((t, next((f for f in self.found if _overlap(t.span, f.span)), None)) for t in self.terms)
        return [(term, finding) for term, finding in pairs if finding]

    @property
    def false_alarms(self) -> list[Finding]:
        """Findings that overlap no marked term."""
        return [f for f in self.found if not any(_overlap(t.span, f.span) for t in self.terms)]

    @property
    def counts(self) -> Counts:
        """Marked terms found, findings, marked terms; two findings within one term count once."""
        hits = len(self.hits)
        return Counts(hits, hits + len(self.false_alarms), len(self.terms))


def _overlap(one: Span, other: Span) -> bool:
    return one.utterance == other.utterance and one.start < other.end and other.start < one.end


def read(folder: Path, names: Sequence[str] = CORPORA) -> list[Marked]:
    """Every session of the named corpora in ``folder`` with its terms, in order; CorpusError as corpora.read."""
    examples = corpora.read(folder, names)
    where = folds(examples, FOLDS)
    files = {name: _by_session(folder / corpora.READERS[name][0] / "statements.jsonl", name) for name in names}
    return [_marked(e, files[e.corpus][e.name.partition("-")[2].lower()], where[e.group]) for e in examples]


def _by_session(path: Path, corpus: str) -> Mapping[str, list[dict[str, Any]]]:
    """The lines of each session in the order of its utterances; sessions are named in lower case."""
    name, place = KEYS[corpus]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in sorted(lines(path), key=lambda line: int(str(line[place]))):
        found[str(line[name]).lower()].append(line)
    return found


def _marked(example: Example, told: Sequence[dict[str, Any]], fold: int) -> Marked:
    coded = _coded(example)
    by_unit = [coded.statements[n] for n in sorted(example.statement_targets)]
    if len(by_unit) != len(told):
        raise CorpusError(example.name, f"{len(told)} statements coded", f"{len(by_unit)}", "fetch the corpus again")
    terms = tuple(
        term for statement, line in zip(by_unit, told, strict=True) for term in _terms(coded, statement, line)
    )
    judged = {(s.utterance, s.start): s.end for s in by_unit}
    found = tuple(f for f in jargon.detect(coded) if _within(f, judged))
    alone = (f.span for f in jargon.detect(coded, common_ground=False) if f.kind == jargon.EXPLAINED)
    return Marked(coded, example.corpus, fold, terms, found, frozenset(alone))


def _coded(example: Example) -> Coded:
    """The example as a coded session in which the coder says nothing."""
    told, statements = session(example), list[Statement]()
    both = zip(example.units, example.spans, strict=True)
    for index, (_, members) in enumerate(groupby(both, key=lambda pair: pair[0].utterance)):
        statements.extend(Statement(index, *span) for _, span in members)
    return Coded(told, tuple(statements), tuple(Label() for _ in told))


def _within(finding: Finding, judged: Mapping[tuple[int, int], int]) -> bool:
    return any(u == finding.utterance and start <= finding.start < end for (u, start), end in judged.items())


def _terms(coded: Coded, statement: Statement, line: Mapping[str, Any]) -> Iterator[Term]:
    """The terms of one statement: the words nearest to the offsets, which count in its own text or in the turn's."""
    text, shift = coded.text(statement), 0 if "text" in line else statement.start
    for term in line["jargon"]:
        words, guess = str(term["term"]).lower(), int(term["start"]) - shift
        places = [n for n in range(len(text)) if text.lower().startswith(words, n)]
        start = min(places, key=lambda n: abs(n - guess)) if places else max(guess, 0)
        place = statement.start + start
        yield Term(Span(statement.utterance, place, place + len(words)), bool(term["explained"]))


def rows(marked: Sequence[Marked]) -> list[Score]:
    """Per corpus and over all, for the folds that were read and the one that was not: how well terms are found."""
    found: list[Score] = []
    for told, unread in (("folds read", False), ("fold not read", True)):
        part = [m for m in marked if (m.fold == UNREAD) is unread]
        for corpus in (*CORPORA, "all"):
            sessions = [m for m in part if corpus in (m.corpus, "all")]
            found.extend(_scores(sessions, f"{corpus}, {told}"))
    return found


def _scores(sessions: Sequence[Marked], corpus: str) -> Iterator[Score]:
    """The six rows of one group of sessions; none where it has no marked term."""
    counted = [m.counts for m in sessions]
    if not sum(c.there for c in counted):
        return
    ratios = {
        "terms, precision": [(c.hits, c.said) for c in counted],
        "terms, recall": [(c.hits, c.there) for c in counted],
        "terms, F1": [(2 * c.hits, c.said + c.there) for c in counted],
        **{f"explained, agreement, {told}": [_agreed(m, rule) for m in sessions] for told, rule in RULES.items()},
    }
    for row, parts in ratios.items():
        yield Score(row, corpus, *bootstrap(parts, _ratio), sum(whole for _, whole in parts))


def _agreed(marked: Marked, rule: Callable[[Marked, Finding], bool]) -> tuple[int, int]:
    """For how many of the terms found a rule and the corpus agree that they were explained."""
    return sum(term.explained == rule(marked, finding) for term, finding in marked.hits), len(marked.hits)


def _ratio(drawn: Sequence[tuple[int, int]]) -> float:
    return sum(part for part, _ in drawn) / max(sum(whole for _, whole in drawn), 1)


def table(scores: Sequence[Score]) -> str:
    """The scores as a Markdown table."""
    head = ["| sessions | score | value | 90 % interval | of |", "|---|---|---|---|---|"]
    body = (f"| {s.corpus} | {s.row} | {s.value:.2f} | {s.interval(2)} | {s.base} |" for s in scores)
    return "\n".join([*head, *body]) + "\n"


def main(arguments: Sequence[str]) -> int:
    """CORPORA."""
    if len(arguments) != 1:
        sys.stderr.write("jargon: expected CORPORA, the folder of corpora\n")
        return 2
    sys.stdout.write(table(rows(read(Path(arguments[0])))))
    return 0


if __name__ == "__main__":
    as_command(main)
