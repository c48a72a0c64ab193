import random
from dataclasses import replace

from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.passages import SIZE
from transcript_rapport.training.boundaries import best, chosen, pairs, passages, turns
from transcript_rapport.training.examples import Example, Targets


def example(corpus: str, *texts: str, coded: bool = True) -> Example:
    units = tuple(Unit(text, "practitioner", 0) for text in texts)
    targets = {n: {"codes": Targets({})} for n in range(len(units))} if coded else {}
    return Example("s", corpus, "g", units, targets, {})


def test_a_turn_tells_where_its_statements_begin() -> None:
    (turn,) = turns(example("annomi", "So, you came.", "How was it?"))
    assert turn.words == ("so", "you", "came", "how", "was", "it")
    assert [n for n, begins in enumerate(turn.begins) if begins] == [0, 3]


def test_recognised_speech_nobody_cut_is_left_out() -> None:
    assert not turns(example("hlqc", "so you came", "how was it", coded=False))


def test_passages_keep_every_word_in_order() -> None:
    texts = [f"statement number {n} of a long turn" for n in range(30)]
    parts = passages([example("annomi", *texts)], random.Random(1))
    assert all(len(part.words) <= SIZE for part in parts)
    words = [word for part in parts for word in part.words]
    assert len(words) >= 30 * 7 - 1  # a single word left over makes no passage


def test_our_own_cuts_teach_nothing() -> None:
    assert not passages([example("esconv-coded", "so you came", "how was it")], random.Random(0))


def test_two_that_know_different_halves_cut_better_together() -> None:
    texts = [("well i went there", "and she said no"), ("we talked for long", "so it was late")] * 10
    examples = [replace(example("annomi", *pair), name=f"s{n}") for n, pair in enumerate(texts)]
    knows = [[4.0 if begins else -4.0 for turn in turns(e) for begins in turn.begins[1:]] for e in examples]
    gaps = {
        e.name: right if n % 2 else [0.0] * len(right) for n, (e, right) in enumerate(zip(examples, knows, strict=True))
    }
    cutting = best(examples, gaps)
    assert cutting.network > 0
    assert all(found == there for e in examples[1::2] for found, there in pairs(e, gaps, cutting))
    assert chosen(examples, {}) is None
