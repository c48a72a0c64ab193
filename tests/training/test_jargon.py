"""The score of jargon terms: marked terms are joined to statements, overlaps are hits, and folds are kept apart."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.invented import Line, coded
from transcript_rapport.detectors import jargon as detector
from transcript_rapport.errors import CorpusError
from transcript_rapport.report import Span
from transcript_rapport.training import jargon
from transcript_rapport.training.jargon import Marked, Term

LINES: list[Line] = [
    ("C", "They found hypertension.", []),
    ("T", "Your hypertension and the postural hypotension.", []),
    ("C", "Oh.", []),
    ("T", "We will run a frobnication test.", []),
]


def _marked(*terms: tuple[int, str, bool], fold: int = 0) -> Marked:
    session = coded(LINES)
    spans = [(n, session.session[n].text.index(word), word, told) for n, word, told in terms]
    placed = tuple(Term(Span(n, start, start + len(word)), told) for n, start, word, told in spans)
    alone = (f.span for f in detector.detect(session, common_ground=False) if f.kind == detector.EXPLAINED)
    return Marked(session, "annomi", fold, placed, tuple(detector.detect(session)), frozenset(alone))


def _values(marked: Sequence[Marked]) -> dict[tuple[str, str], float]:
    return {(score.corpus, score.row): score.value for score in jargon.rows(marked)}


def test_overlap_is_a_hit_and_the_rest_a_miss_or_false_alarm() -> None:
    marked = _marked((1, "hypotension.", False), (3, "frobnication", False))
    assert (marked.counts.hits, marked.counts.said, marked.counts.there) == (1, 2, 2)
    assert [f.quote for f in marked.false_alarms] == ["hypertension"]


def test_rows_keep_the_unread_fold_apart() -> None:
    values = _values([_marked((1, "hypertension", False)), _marked((3, "frobnication", False), fold=jargon.UNREAD)])
    assert values["annomi, folds read", "terms, recall"] == 1
    assert values["annomi, fold not read", "terms, recall"] == 0
    assert values["all, folds read", "terms, precision"] == 0.5
    assert not any(corpus.startswith("rogers") for corpus, _ in values)


def test_agreement_is_told_with_and_without_the_rule_of_common_ground() -> None:
    values = _values([_marked((1, "hypertension", False))])
    told = {row.rpartition(", ")[2]: value for (corpus, row), value in values.items() if corpus == "all, folds read"}
    assert told["client-first rule on"] == 0
    assert told["client-first rule off"] == told["always unexplained"] == 1


def test_the_table_shows_every_row() -> None:
    scores = jargon.rows([_marked((1, "hypertension", False))])
    told = jargon.table(scores)
    assert told.count("\n") == len(scores) + 2
    assert "| annomi, folds read | terms, recall | 1.00 | – | 1 |" in told


def _rogers(folder: Path, statements: Sequence[dict[str, object]]) -> Path:
    (folder / "rogers").mkdir()
    with (folder / "rogers" / "Gloria_session.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["speaker", "text"])
        table.writeheader()
        table.writerow({"speaker": "client", "text": "I feel dizzy."})
        table.writerow({"speaker": "therapist", "text": "I see. It may be hypotension."})
    told = "\n".join(json.dumps({"session": "Gloria", "row": 1, "codes": [], **line}) for line in statements)
    (folder / "rogers" / "statements.jsonl").write_text(told, encoding="utf-8")
    return folder


def test_terms_are_joined_to_the_statement_they_stand_in(tmp_path: Path) -> None:
    term = {"term": "hypotension", "start": 10, "end": 21, "explained": False}
    lines = [{"text": "I see.", "jargon": []}, {"text": "It may be hypotension.", "jargon": [term]}]
    (marked,) = jargon.read(_rogers(tmp_path, lines), ["rogers"])
    ((found, finding),) = marked.hits
    assert found.span == finding.span
    assert finding.quote == "hypotension"


def test_other_statements_than_the_published_ones_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="does not stand in its turn"):
        jargon.read(_rogers(tmp_path, [{"text": "Something else.", "jargon": []}]), ["rogers"])


def test_a_missing_folder_is_an_error_and_a_missing_argument_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CorpusError, match="no folder 'annomi'"):
        jargon.read(tmp_path)
    assert jargon.main([]) == 2
    assert "expected CORPORA" in capsys.readouterr().err
