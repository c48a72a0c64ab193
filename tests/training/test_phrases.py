"""How the linear model of phrases is learned, and how much it counts beside the network."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.phrases import Phrases
from transcript_rapport.training import answers, phrases
from transcript_rapport.training.calibrate import calibrate, weighed, weights_of_phrases
from transcript_rapport.training.encoders import HEADS
from transcript_rapport.training.examples import Example, Targets

SAID = {
    "question.open": ("How do you feel about that?", "What would help you most?", "How was the week for you?"),
    "reflection.complex": ("You felt alone with it.", "So it weighs on you.", "It sounds as though you miss her."),
}
OUTPUTS = ("reflection", "question", "input", "other")


def lesson(name: str, corpus: str = "annomi", turned: bool = False) -> Example:
    """Every saying with its code; ``turned``, with the other."""
    pairs = [(text, code) for code, texts in SAID.items() for text in texts]
    others = dict(zip(SAID, reversed(SAID), strict=True))
    units = tuple(Unit(text, "practitioner", n) for n, (text, _) in enumerate(pairs))
    targets = {n: {"codes": Targets({others[code] if turned else code: 1.0})} for n, (_, code) in enumerate(pairs)}
    return Example(name, corpus, name, units, targets, {})


def likelier(packed: dict[str, np.ndarray], text: str) -> str:
    row = Phrases(packed).logits([Unit(text, "practitioner", 0)])["codes"][0]
    return max(SAID, key=lambda code: row[HEADS["codes"].index(code)])


def test_a_phrase_is_learned_with_its_code():
    packed = phrases.fit([lesson(f"s{n}") for n in range(4)], HEADS)
    assert likelier(packed, "How do you feel today?") == "question.open"
    assert likelier(packed, "So it sounds as though you felt lost.") == "reflection.complex"


def test_a_recogniser_that_writes_no_marks_is_understood():
    packed = phrases.fit([lesson(f"s{n}") for n in range(4)], HEADS)
    assert likelier(packed, "how do you feel today") == "question.open"


def test_invented_talk_teaches_nothing():
    real = [lesson(f"s{n}") for n in range(3)]
    ours = [lesson(f"i{n}", corpus="invented", turned=True) for n in range(30)]
    assert likelier(phrases.fit([*real, *ours], HEADS), "How do you feel?") == "question.open"


def test_what_the_network_missed_is_missed_too(tmp_path: Path):
    known, missed = [lesson(f"s{n}") for n in range(3)], [lesson(f"m{n}", turned=True) for n in range(30)]
    packed = phrases.learned([*known, *missed], missed, HEADS, tmp_path)
    assert likelier(packed, "How do you feel?") == "question.open"
    assert phrases.load(tmp_path).keys() == packed.keys()
    assert phrases.load(tmp_path / "nothing") == {}


def test_what_was_never_seen_is_never_said():
    packed = phrases.fit([lesson("s")], HEADS)
    row = Phrases(packed).logits([Unit("How do you feel?", "practitioner", 0)])["codes"][0]
    assert row[HEADS["codes"].index("judgment.warn")] == phrases.NEVER


def given(useful: bool) -> list[answers.Answer]:
    """Sessions in which phrases tell what the network does not, or tell nothing."""
    chance = np.random.default_rng(1)
    made = []
    for n in range(30):
        right = chance.integers(0, 4, 40)
        units = tuple(Unit("", "practitioner", k) for k in range(40))
        labels = {k: {"behaviour": Targets({OUTPUTS[of]: 1.0})} for k, of in enumerate(right)}
        logits, more = (chance.normal(0, 1, (40, 4)) for _ in range(2))
        logits, more = logits + np.eye(4)[right], more + 2.0 * useful * np.eye(4)[right]
        example = Example(f"s{n}", "annomi", f"s{n}", units, {}, labels)
        made.append(answers.answer(example, "behaviour", logits.astype(np.float32), OUTPUTS, more.astype(np.float32)))
    return made


def test_phrases_count_as_far_as_they_tell_something():
    assert min(weights_of_phrases(given(useful=True))["behaviour"]) >= 1.0
    assert max(weights_of_phrases(given(useful=False))["behaviour"]) <= 0.15


def test_a_calibration_knows_how_much_phrases_count():
    lot = given(useful=True)
    fitted = calibrate(lot)
    own = weighed(lot, fitted.phrases)
    hits = [[row.argmax() == there.argmax() for row, there in zip(a.logits, a.labels, strict=True)] for a in own]
    before = [[row.argmax() == there.argmax() for row, there in zip(a.logits, a.labels, strict=True)] for a in lot]
    assert np.mean(hits) > np.mean(before) + 0.1
    assert fitted.from_json(fitted.as_json()).phrases == {"behaviour": [*fitted.phrases["behaviour"]]}


def test_a_shared_label_is_learned_as_shared():
    said = [("Well, I could.", {"change": 1.0}), ("Well, I won't.", {"sustain": 1.0})]
    said += [("Well, maybe.", {"change": 0.5, "sustain": 0.5}), ("It was Tuesday.", {"neutral": 1.0})]
    units = tuple(Unit(text, "client", n) for n, (text, _) in enumerate(said))
    labels = {n: {"talk_type": Targets(values)} for n, (_, values) in enumerate(said)}
    packed = phrases.fit([Example(f"s{n}", "annomi", f"s{n}", units, {}, labels) for n in range(6)], HEADS)
    rows = Phrases(packed).logits(units)["talk_type"]
    change, sustain = (HEADS["talk_type"].index(name) for name in ("change", "sustain"))
    leaning = rows[:, change] - rows[:, sustain]
    assert leaning[0] > leaning[2] > leaning[1]
