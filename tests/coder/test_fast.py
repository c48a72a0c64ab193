import math
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coder import tiny
from tests.invented import session
from transcript_rapport import statements
from transcript_rapport.coder import batches, fast, layers, load, passages, weights
from transcript_rapport.coder.batches import LONGEST_TEXT, Tokens
from transcript_rapport.coder.engine import Engine
from transcript_rapport.coder.inputs import Unit
from transcript_rapport.coder.network import Still
from transcript_rapport.coder.passages import SIZE, Passage, of_speech, passage_starts
from transcript_rapport.errors import SettingsError
from transcript_rapport.session import Role
from transcript_rapport.settings import DEFAULTS

WORDS = tiny.WORDS[4:]
SAID = st.lists(st.sampled_from(WORDS), min_size=1, max_size=90).map(" ".join)
UNITS = st.lists(st.tuples(SAID, st.sampled_from(("practitioner", "client", "other")), st.integers(0, 1)), max_size=24)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save(tmp_path_factory.mktemp("fast") / "tiny")


@pytest.fixture(scope="module")
def both(folder: Path) -> tuple[Engine, Engine]:
    read = weights.load(folder)
    tokens = Tokens(read.tokenizer)
    return Engine(fast.Network(read.shape, read.packed), tokens), Engine(Still(read.network), tokens)


def units(said: list[tuple[str, Role, int]]) -> list[Unit]:
    numbers = np.cumsum([step for _, _, step in said]).tolist()
    return [Unit(text, role, number) for (text, role, _), number in zip(said, numbers, strict=True)]


@settings(deadline=None, max_examples=25)
@given(UNITS)
def test_logits_are_those_of_torch(both: tuple[Engine, Engine], said: list[tuple[str, Role, int]]) -> None:
    ours, theirs = (one.logits(units(said)) for one in both)
    assert ours.keys() == theirs.keys()
    for head in ours:
        assert np.allclose(ours[head], theirs[head], atol=1e-4)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(st.sampled_from([*WORDS, "\u200b"]), min_size=1, max_size=SIZE), max_size=5))
def test_gaps_are_those_of_torch(both: tuple[Engine, Engine], said: list[Passage]) -> None:
    ours, theirs = (one.gaps(said) for one in both)
    assert [len(found) + 1 for found in ours] == [len(words) for words in said]
    for a, b in zip(ours, theirs, strict=True):
        assert a == pytest.approx(b, abs=1e-4)


def test_long_sessions_are_the_same_however_they_are_cut(
    both: tuple[Engine, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [(" ".join(WORDS[n % 7 : n % 7 + n % 11 + 1]), ("client", "practitioner")[n // 3 % 2], 1) for n in range(80)]
    talk = units(said)  # type: ignore[arg-type]
    whole = both[0].logits(talk)
    monkeypatch.setattr(batches, "KEPT", 11)
    monkeypatch.setattr(layers, "AT_ONCE", 64)
    monkeypatch.setattr(layers, "IN_CACHE", 3)
    cut = both[0].logits(talk)
    assert all(np.allclose(whole[head], cut[head], atol=1e-5) for head in whole)


def test_codes_are_those_of_torch(folder: Path) -> None:
    talk = [("T", "So how do you feel? What was hard.", ()), ("C", "It was hard. " * 5, ()), ("O", "Okay.", ())] * 9
    ours, theirs = (load(str(folder), name).code(session(talk)) for name in ("numpy", "torch"))
    assert [s.codes.keys() for s in ours.statements] == [s.codes.keys() for s in theirs.statements]
    assert [s.span for s in ours.statements] == [s.span for s in theirs.statements]
    assert [label.behaviour for label in ours.labels] == [label.behaviour for label in theirs.labels]


@given(st.lists(st.floats(-60, 60, width=32), min_size=1, max_size=9))
def test_the_activation_is_that_of_the_normal_distribution(numbers: list[float]) -> None:
    exact = [x * 0.5 * math.erfc(-x / math.sqrt(2)) for x in numbers]
    assert layers.gelu(np.array(numbers, np.float32)).tolist() == pytest.approx(exact, abs=1e-5)


@given(st.integers(1, 300))
def test_passages_cover_speech_and_overlap_by_half_or_more(words: int) -> None:
    starts = passage_starts(words)
    assert starts[0] == 0
    assert starts[-1] + SIZE >= words
    assert all(0 < b - a <= SIZE // 2 for a, b in pairwise(starts))


@given(st.lists(st.integers(1, 130), max_size=5))
def test_every_gap_is_answered_by_the_passage_it_lies_deepest_in(sizes: list[int]) -> None:
    speech: list[Passage] = [[str(n) for n in range(size)] for size in sizes]

    def ask(passages: object) -> list[list[float]]:
        assert isinstance(passages, list)
        return [[float(word) for word in words[1:]] for words in passages]

    assert list(of_speech(speech, ask)) == [[float(n) for n in range(1, size)] for size in sizes]
    deep = [[min(n, len(w) - n) for n in range(1, len(w))] for w in speech]
    found = list(of_speech(speech, lambda of: [[min(n, len(w) - n) for n in range(1, len(w))] for w in of]))
    for size, here, best in zip(sizes, found, deep, strict=True):
        assert all(x >= min(y, SIZE // 4) for x, y in zip(here, best, strict=True)), size


def test_speech_without_marks_is_cut_by_the_network(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Passage] = []

    def gaps(_: Engine, passages: list[Passage]) -> list[list[float]]:
        asked.extend(passages)
        return [[9.0 if word == "so" else -9.0 for word in words[1:]] for words in passages]

    monkeypatch.setattr(Engine, "gaps", gaps)
    bare = "it was hard so you feel hard so it was work"
    said = session([("C", bare, ()), ("T", "Mm hmm. What was hard?", ()), ("C", "okay", ()), ("C", bare + " okay", ())])
    coded = load(str(folder)).code(said)
    assert [coded.text(s) for s in coded.statements_of(0)] == ["it was hard", "so you feel hard", "so it was work"]
    assert [coded.text(s) for s in coded.statements_of(1)] == ["Mm hmm.", "What was hard?"]
    assert [coded.text(s) for s in coded.statements_of(3)][-1] == "so it was work okay"
    assert [len(words) for words in asked] == [11, 12]


def test_without_a_cutter_the_linear_model_cuts(tmp_path: Path) -> None:
    bare = "okay so how do you feel today it was hard work at home"
    coded = load(str(tiny.save(tmp_path / "tiny", cutter=0))).code(session([("C", bare, ())]))
    assert [(s.start, s.end) for s in coded.statements] == statements.split(bare)


def test_many_passages_are_those_of_a_few_at_once(both: tuple[Engine, Engine], monkeypatch: pytest.MonkeyPatch) -> None:
    speech: list[Passage] = [[WORDS[(n * m) % len(WORDS)] for n in range(3 + m)] for m in range(60)]
    whole = list(of_speech(speech, both[0].gaps))
    monkeypatch.setattr(passages, "AT_ONCE", 7)
    for found, few in zip(whole, of_speech(speech, both[0].gaps), strict=True):
        assert found == pytest.approx(few, abs=1e-4)


def test_words_beyond_what_is_read_start_no_thought(both: tuple[Engine, Engine]) -> None:
    words = ["a.b.c"] * SIZE  # five tokens each
    (found,) = both[0].gaps([words])
    assert len(found) == SIZE - 1
    assert set(found[LONGEST_TEXT // 5 :]) == {-5.0}


def test_an_unknown_engine_is_one_sentence() -> None:
    with pytest.raises(SettingsError, match=r"engine = 'jax'; expected one of numpy, torch"):
        DEFAULTS.with_changes({"engine": "jax"})


LOOK = """
import sys
from transcript_rapport.cli import main
sys.argv = ["rapport", "analyse", sys.argv[1], "--model", sys.argv[2]]
try:
    main()
except SystemExit as ended:
    print("ended", ended.code)
print("loaded", sorted({"torch", "transformers"} & set(sys.modules)))
"""


def test_an_analysis_loads_neither_torch_nor_transformers(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "said.txt"
    path.write_text(
        "Therapist: So how do you feel?\nClient: It was hard. It was work.\nTherapist: So it was hard.\n" * 4
    )
    seen = subprocess.run(
        [sys.executable, "-c", LOOK, str(path), str(folder)], capture_output=True, text=True, check=True
    )
    assert seen.stdout.splitlines()[-2:] == ["ended 0", "loaded []"], seen.stderr
