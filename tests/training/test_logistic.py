import numpy as np

from transcript_rapport.training.logistic import fitted


def test_weights_come_near_those_that_made_the_answers_and_hold_to_their_start():
    chance = np.random.default_rng(0)
    design = np.column_stack([chance.normal(size=(4000, 2)), np.ones(4000)])
    true = np.array([1.5, -0.5, 0.3])
    there = (chance.random(4000) < 1 / (1 + np.exp(-design @ true))).astype(float)
    assert np.abs(fitted(design, there, np.zeros(3), np.zeros(3)) - true).max() < 0.15
    kept = fitted(design, there, np.array([0.0, 2.0, 0.0]), np.array([0.0, 1e6, 0.0]))
    assert abs(kept[1] - 2) < 0.01
