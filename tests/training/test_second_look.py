import numpy as np

from transcript_rapport.coder.inputs import Unit
from transcript_rapport.training import answers, second_look
from transcript_rapport.training.calibrate import calibrate, whole
from transcript_rapport.training.examples import Example, Targets

OUTPUTS = ("advice.directive", "judgment.warn", "other")


def given(sessions: int = 40) -> list[answers.Answer]:
    """Sessions in which advice comes in runs, and a network that half sees it; warnings are too rare to learn from."""
    chance = np.random.default_rng(3)
    made = []
    for n in range(sessions):
        there = np.repeat(chance.random(10) < 0.3, 4)
        units = tuple(Unit("Go to bed early.", "practitioner", k // 4) for k in range(40))
        codes = ["advice.directive" if yes else "other" for yes in there]
        codes[0] = "judgment.warn" if n < 5 else codes[0]
        labels = {k: {"codes": Targets({code: 1.0})} for k, code in enumerate(codes)}
        logits = chance.normal(0, 1, (40, 3)) + np.eye(3)[[OUTPUTS.index(code) for code in codes]]
        example = Example(f"s{n}", "annomi", f"s{n}", units, labels, {})
        made.append(answers.answer(example, "codes", logits.astype(np.float32), OUTPUTS))
    return made


def hits(lot: list[answers.Answer]) -> float:
    return float(np.mean([a.logits.argmax(1) == a.labels.argmax(1) for a in lot]))


def test_what_comes_in_runs_is_known_better_at_a_second_look():
    lot = given()
    fitted = calibrate(lot[:30])
    assert hits(whole(lot[30:], fitted)) > hits(lot[30:]) + 0.1
    assert fitted.from_json(fitted.as_json()).second_look == {k: [*v] for k, v in fitted.second_look.items()}


def test_a_code_with_few_examples_is_left_as_it_is():
    lot = given()
    learned = second_look.fit(lot)
    assert set(learned) == {"advice.directive", "other"}
    for before, after in zip(lot, second_look.again(lot, learned), strict=True):
        assert (before.logits[:, 1] == after.logits[:, 1]).all()


def test_other_heads_are_left_as_they_are():
    units = (Unit("So.", "practitioner", 0),)
    example = Example("s", "annomi", "s", units, {}, {0: {"behaviour": Targets({"other": 1.0})}})
    one = answers.answer(example, "behaviour", np.ones((1, 3), np.float32), ("question", "reflection", "other"))
    assert second_look.fit([one]) == {}
    assert second_look.again([one], second_look.fit(given())) == [one]
