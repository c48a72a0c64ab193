"""Every lexicon entry keeps its promises: its examples fire or stay quiet, and it says why and what instead."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from transcript_rapport import lexicons
from transcript_rapport.codebook import codes
from transcript_rapport.errors import SettingsError
from transcript_rapport.lexicons import shapes

FILES = [(name, path) for name in lexicons.LEXICONS for path in lexicons.files(name)]
by_file = pytest.mark.parametrize(("name", "path"), FILES, ids=[path.stem for _, path in FILES])


def _ids(name: str, text: str) -> set[str]:
    """Ids of all entries whose words stand in the text, also where a longer entry will be shown instead."""
    return {match.entry.id for match in lexicons.every(name, text)}


@by_file
def test_examples_fire_and_stay_quiet(name: str, path: Path) -> None:
    entries = lexicons.read(path)
    silent = [(e.id, text) for e in entries for text in e.fires if e.id not in _ids(name, text)]
    loud = [(e.id, text) for e in entries for text in e.quiet if e.id in _ids(name, text)]
    assert not silent, "these examples should fire"
    assert not loud, "these examples should stay quiet"


@by_file
def test_entries_are_complete(name: str, path: Path) -> None:
    for entry in lexicons.read(path):
        assert entry.kind == "jargon" if name == "jargon" else codes()[entry.kind].family == "judgment", entry.id
        told = (entry.id, entry.why, entry.source, entry.instead, entry.words, entry.fires, entry.quiet)
        assert all(told), f"{entry.id} leaves something empty"
        assert all(word == word.strip().lower() for word in entry.words), entry.id
        assert isinstance(entry.sure, bool), entry.id


@pytest.mark.parametrize("name", lexicons.LEXICONS)
def test_ids_and_words_are_unique(name: str) -> None:
    entries = lexicons.entries(name)
    ids = Counter(entry.id for entry in entries)
    words = Counter(word for entry in entries for word in entry.words)
    assert [item for item, count in (ids + words).items() if max(ids[item], words[item]) > 1] == []


def test_single_words_with_plain_words_of_their_own_stand_in_their_entry() -> None:
    entries = lexicons.entries("jargon")
    assert [(e.id, word) for e in entries for word, _ in e.plain if word not in e.words] == []
    assert [(e.id, word) for e in entries for word, told in e.plain if told == e.instead and not e.spoken] == []


def test_plain_words_can_be_said_or_are_marked_as_an_instruction() -> None:
    """What is printed in quotation marks is no instruction and no remark on the word."""
    entries = [*lexicons.entries("jargon"), *(shape.entry for shape in shapes.shapes())]
    wordings = [(e, w, e.wording(w), e.speaks(w)) for e in entries for w in e.words or ("",)]
    told = re.compile(r"(?:say|name|tell|describe|explain|use|leave) .*")
    remark = re.compile(r".*(?:\ba term\b|\(|\)|; ).*")
    assert [(e.id, word) for e, word, plain, speaks in wordings if bool(told.fullmatch(plain)) == speaks] == []
    assert [(e.id, word, plain) for e, word, plain, speaks in wordings if speaks and remark.fullmatch(plain)] == []


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("Pre-diabetes", "higher blood sugar than usual, but not diabetes"),
        ("pre‑diabetic", "close to diabetes"),
        ("Lipitor", "a tablet that lowers cholesterol"),
        ("sputum", "the mucus you cough up"),
        ("gestational diabetes", "diabetes in pregnancy"),
    ],
)
def test_a_word_has_plain_words_of_its_own(word: str, plain: str) -> None:
    (match,) = lexicons.matches("jargon", f"It is {word}.")
    assert match.entry.wording(word) == plain
    assert match.entry.speaks(word)


def test_curly_apostrophes_and_capitals_match_at_their_own_place() -> None:
    text = "Well. YOU’RE AN ALCOHOLIC, I’d say."
    (match,) = lexicons.matches("judgment", text)
    assert text[match.start : match.end] == "YOU’RE AN ALCOHOLIC"


def test_the_longest_match_wins() -> None:
    text = "This may be postural hypotension."
    found = [text[m.start : m.end] for m in lexicons.matches("jargon", text)]
    assert found == ["postural hypotension"]


def test_words_match_as_whole_words_only() -> None:
    assert _ids("judgment", "The additive is addictive.") == set()


def test_nothing_to_search_finds_nothing() -> None:
    assert lexicons.matches("jargon", "") == []


def test_an_unknown_lexicon_is_named_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match=r"'slang'.*judgment, jargon"):
        lexicons.entries("slang")


def test_the_checksum_needs_no_spacy() -> None:
    look = "import sys; from transcript_rapport.lexicons import checksum; print(checksum(), 'spacy' in sys.modules)"
    seen = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert seen.stdout.split() == [lexicons.checksum(), "False"]


@pytest.mark.parametrize(
    "text", ["Here is your inhaler, a nebuliser--", "The nebuliser- let me see.", "A nebuliser---"]
)
def test_a_cut_off_hides_no_word(text: str) -> None:
    (match,) = lexicons.matches("jargon", text)
    assert text[match.start : match.end] == "nebuliser"
