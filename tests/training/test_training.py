import random
from dataclasses import replace
from pathlib import Path

import pytest

from transcript_rapport.coder.inputs import Unit
from transcript_rapport.errors import CorpusError, ModelError, SettingsError
from transcript_rapport.training import coded, corpora
from transcript_rapport.training.building import one
from transcript_rapport.training.evaluate import MARKS, into_card
from transcript_rapport.training.examples import Example, Targets, as_recognised, roll_up
from transcript_rapport.training.recipe import Recipe, divide, groups, missed, parts, recipe, windows
from transcript_rapport.training.scores import count, mean
from transcript_rapport.training.splits import folds

CONTRAST = Path(__file__).parents[2] / "corpora"
SHARED = Path(__file__).parents[2].parent / "shared" / "corpora"


def example(name: str, group: str, length: int = 30, corpus: str = "annomi") -> Example:
    units = tuple(Unit(f"Well, {name} {n}.", "practitioner" if n % 2 else "client", n) for n in range(length))
    return Example(name, corpus, group, units, {}, {})


def test_a_group_stays_on_one_side() -> None:
    examples = [example(f"s{n}", f"g{n // 3}", 10 + n) for n in range(60)]
    split = divide(examples, parts(examples, Recipe())[1])
    assert not {e.group for e in split.train} & {e.group for e in split.held_out}
    assert len(split.train) + len(split.held_out) == 60
    assert 10 < len(split.held_out) < 30


def test_second_opinions_are_learned_from_and_never_tested_on() -> None:
    utterance, opinion = next(iter(coded._opinions()["annomi-0"].items()))
    label = {"talk_type": Targets({"the expert's own": 1.0}), "acts": Targets({"question": 1.0})}
    session = replace(example("annomi-0", "g"), utterance_targets={int(utterance): label})
    learned, held = divide([session], set()).train[0], divide([session], {"g"}).held_out[0]
    assert held == session
    assert learned.utterance_targets[int(utterance)] == {
        "talk_type": Targets({"the expert's own": 0.5, opinion: 0.5}),
        "acts": label["acts"],
    }


def test_an_opinion_that_agrees_changes_nothing() -> None:
    utterance, opinion = next(iter(coded._opinions()["annomi-0"].items()))
    session = replace(example("annomi-0", "g"), utterance_targets={int(utterance): {"behaviour": one(opinion)}})
    assert coded.seconded([session]) == (session,)


def test_every_session_is_held_out_once() -> None:
    examples = [example(f"s{n}", f"g{n // 3}", 10 + n) for n in range(60)]
    held = [e.name for groups in parts(examples, Recipe()) for e in divide(examples, groups).held_out]
    assert sorted(held) == sorted(e.name for e in examples)


def test_what_an_earlier_model_saw_is_not_held_out(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"recipe": {"held_out": [["s1"], ["s5"]]}}')
    examples = [example(f"s{n}", f"g{n // 2}") for n in range(8)]
    assert parts(examples, Recipe(start_from=str(tmp_path))) == [{"g0", "g2"}]
    with pytest.raises(ModelError, match="no model lies there"):
        parts(examples, Recipe(start_from=str(tmp_path / "none")))
    (tmp_path / "config.json").write_text('{"recipe": {}}')
    with pytest.raises(ModelError, match="held out"):
        parts(examples, Recipe(start_from=str(tmp_path)))


def test_folds_do_not_depend_on_the_order_of_files() -> None:
    examples = [example(f"s{n}", f"g{n}", 10 + n % 7) for n in range(40)]
    shuffled = random.Random(3).sample(examples, 40)
    assert folds(examples) == folds(shuffled)


def test_an_epoch_covers_every_statement_once() -> None:
    examples = [example(f"s{n}", f"g{n}", 20 + 13 * n) for n in range(8)]
    batches = windows(examples, Recipe(recognised=0.0), random.Random(0))
    seen = sorted(unit.text for batch in batches for window in batch for unit in window.units)
    assert seen == sorted(unit.text for e in examples for unit in e.units)


def test_an_epoch_draws_what_the_recipe_says() -> None:
    chats = [example(f"c{n}", f"c{n}", 5, corpus="esconv") for n in range(20)]
    batches = windows(chats, Recipe(drawn={"esconv": 7}), random.Random(0))
    assert sum(len(batch) for batch in batches) == 7


def test_what_no_epoch_drew_was_missed_too() -> None:
    chats = [example(f"c{n}", f"c{n}", 5, corpus="epitome") for n in range(20)]
    sessions = [example(f"s{n}", f"s{n}") for n in range(4)]
    chosen = Recipe(drawn={"epitome": 4}, epochs=2)
    split = divide([*chats, *sessions], {"s0"})
    chance = random.Random(chosen.seed)
    seen = groups([windows(split.train, chosen, chance) for _ in range(chosen.epochs)])
    assert 4 <= len([group for group in seen if group.startswith("c")]) <= 8
    names = {e.name for e in missed(split, chosen, seen)}
    assert names == {"s0"} | ({e.group for e in chats} - seen)


def test_a_recogniser_now_and_then_names_the_wrong_speaker() -> None:
    plain = example("a", "a", 400)
    spoken = as_recognised(plain, random.Random(0), swapped=0.1)
    wrong = sum(a.role != b.role for a, b in zip(plain.units, spoken.units, strict=True))
    assert 10 < wrong < 80


def test_recognised_speech_has_no_punctuation() -> None:
    spoken = as_recognised(example("a", "a"), random.Random(0))
    assert all(unit.text == unit.text.lower() and "." not in unit.text for unit in spoken.units)
    assert len(spoken.units) == 30


@pytest.mark.parametrize(
    ("codes", "behaviour"),
    [
        ([{"question.open"}], "question"),
        ([{"facilitation"}, {"reflection.simple"}], "reflection"),
        ([{"information"}, {"advice.directive"}], "input"),
        ([{"facilitation"}], "other"),
        ([{"reflection.simple"}, {"question.closed"}], None),
        ([{"judgment.warn", "information"}], None),
    ],
)
def test_behaviour_follows_only_where_one_can_be_meant(codes: list[set[str]], behaviour: str | None) -> None:
    assert roll_up(codes) == behaviour


def test_scores() -> None:
    said = [(frozenset({"judgment.warn"}), frozenset({"judgment.label"})), (frozenset(), frozenset({"judgment.warn"}))]
    assert count(said, ["judgment"]).f1 == pytest.approx(2 / 3)
    assert count(said, ["judgment.warn"]).f1 == 0
    perfect = [(frozenset({x}), frozenset({x})) for x in "ab"]
    assert mean([("a",), ("b",)], [perfect, perfect]) == (1, 1, 1)
    assert mean([("a",)], [perfect]) == (1, None, None)
    half = mean([("a",), ("b",)], [perfect, [(frozenset({"a"}), frozenset({"b"}))]])
    assert half[1] is not None
    assert half[2] is not None
    assert half[1] <= half[0] <= half[2]
    assert half[0] == pytest.approx(2 / 3, abs=0.001)


def test_the_card_gets_its_table(tmp_path: Path) -> None:
    card = tmp_path / "README.md"
    card.write_text(f"before\n{MARKS[0]}\nold\n{MARKS[1]}\nafter\n")
    into_card(card, "new")
    assert card.read_text() == f"before\n{MARKS[0]}\nnew\n{MARKS[1]}\nafter\n"


def test_unknown_settings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text("epoch = 3")
    with pytest.raises(SettingsError, match="epochs"):
        recipe(tmp_path / "r.toml")


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="annomi"):
        corpora.read(tmp_path, ("annomi",))


def test_our_own_pairs_can_be_read() -> None:
    pairs = corpora.read(CONTRAST, ("contrast",))
    assert len(pairs) >= 2000
    assert {e.units[-1].role for e in pairs} == {"practitioner"}


def test_our_own_sessions_can_be_read() -> None:
    sessions = corpora.read(CONTRAST, ("invented",))
    assert len(sessions) == 236
    assert {e.quality for e in sessions} == {"high", "mixed", "low"}
    coded = [t["codes"] for e in sessions for t in e.statement_targets.values()]
    assert all(targets.values for targets in coded)
    assert len(coded) > 8000


@pytest.mark.parametrize(("name", "sessions"), [("supervision", 348), ("supervision-unseen", 48)])
def test_sessions_that_were_read_as_a_supervisor_would_are_coded_too(name: str, sessions: int) -> None:
    examples = corpora.read(CONTRAST, (name,))
    assert len(examples) == sessions
    for example in examples:
        own = [n for n, unit in enumerate(example.units) if unit.role == "practitioner"]
        assert own == sorted(example.statement_targets)
        assert all(example.statement_targets[n]["codes"].values for n in own)
        theirs = {unit.utterance for unit in example.units if unit.role == "client"}
        assert all("talk_type" in example.utterance_targets[utterance] for utterance in theirs)


def test_what_is_tested_on_is_never_learned_from() -> None:
    known, new = ({e.name for e in corpora.read(CONTRAST, (name,))} for name in ("supervision", "supervision-unseen"))
    assert not known & new


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the public corpora in ../shared/corpora")
@pytest.mark.parametrize(
    ("name", "sessions"),
    [
        *[("annomi", 105), ("primock57", 40), ("hlqc", 79), ("rogers", 1), ("hlqc-rest", 49)],
        *[("esconv-coded", 360), ("fareez-osce", 41), ("epitome-coded", 450)],
        *[("epitome", 2267), ("claff", 12860), ("advice", 14849)],
    ],
)
def test_public_corpora_can_be_read(name: str, sessions: int) -> None:
    examples = corpora.read(SHARED, (name,))
    assert len(examples) == sessions
    assert all(example.statement_targets or example.utterance_targets for example in examples)
