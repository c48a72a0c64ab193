import random
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.coder import tiny
from transcript_rapport.coder.batches import Tokens
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.passages import SIZE
from transcript_rapport.training import boundaries
from transcript_rapport.training.boundaries import Passage, best, epoch, fit, learned, pairs, turns
from transcript_rapport.training.examples import Example, Targets
from transcript_rapport.training.train import Part


def example(corpus: str, *texts: str, coded: bool = True) -> Example:
    units = tuple(Unit(text, "practitioner", 0) for text in texts)
    targets = {n: {"codes": Targets({})} for n in range(len(units))} if coded else {}
    return Example("s", corpus, "g", units, targets, {})


@pytest.fixture
def part(tmp_path: Path) -> Part:
    return Part(tiny.network(), Tokens(tiny.tokenizer(tmp_path)), {})


def test_a_turn_tells_where_its_statements_begin() -> None:
    (turn,) = turns(example("annomi", "So, you came.", "How was it?"))
    assert turn.words == ("so", "you", "came", "how", "was", "it")
    assert [n for n, begins in enumerate(turn.begins) if begins] == [0, 3]


def test_recognised_speech_nobody_cut_is_left_out() -> None:
    assert not turns(example("hlqc", "so you came", "how was it", coded=False))


def test_what_is_written_counts_where_every_sentence_ends_with_a_mark() -> None:
    assert turns(example("esconv", "So you came.", '"How was it?"'))
    assert not turns(example("esconv", "so you came", "How was it?"))


def test_an_epoch_keeps_every_word_in_order() -> None:
    words = tuple(str(n) for n in range(30 * 7))
    (batch,) = epoch([Passage("annomi", words, (False,) * len(words))], random.Random(1))
    assert all(len(part.words) <= SIZE for part in batch)
    read = sorted((part.words for part in batch), key=lambda part: int(part[0]))
    assert len([word for part in read for word in part]) >= len(words) - 1  # a single word left over makes no passage


def test_cutting_is_learned_and_the_rest_of_the_network_stays(part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, "OTHER_RATE", 0.02)
    before = {name: weight.clone() for name, weight in part.coder.state_dict().items()}
    said = [Passage("hlqc", (*"it was hard".split(), *"so you feel".split()), (True, False, False, True, False, False))]
    first, *_, last = fit(part.coder, said * 8, part.tokens, seed=1, epochs=40)
    assert last < first
    (found,) = part.engine.gaps([said[0].words])
    assert [gap > 0 for gap in found] == list(said[0].begins[1:])
    after = part.coder.state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before if not name.startswith("cutter."))


def test_what_is_held_out_teaches_no_cuts(part: Part, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Passage] = []
    monkeypatch.setattr(boundaries, "fit", lambda _network, said, *_: seen.extend(said) or ())
    both = [example("annomi", "So you came."), replace(example("annomi", "How was it?"), group="held")]
    learned(part.coder, part.tokens, both, {"held"}, tmp_path / "fold-0", seed=1)
    assert [turn.words for turn in seen] == [("so", "you", "came")]
    assert (tmp_path / "fold-0" / boundaries.FILE).is_file()


def test_how_ready_to_cut_is_chosen() -> None:
    texts = [("well i went there", "and she said no"), ("we talked for long", "so it was late")] * 5
    examples = [replace(example("annomi", *pair), name=f"s{n}") for n, pair in enumerate(texts)]
    gaps = {e.name: [-0.5 if b else -4.0 for turn in turns(e) for b in turn.begins[1:]] for e in examples}
    ready = best(examples, gaps)
    assert 0.5 < ready < 4.0
    assert all(found == there for e in examples for found, there in pairs(e, gaps, ready))
