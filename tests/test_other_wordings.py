"""What the judgment lexicon offers instead holds in any setting: no topic of one session travels into another."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from spacy.lang.en.stop_words import STOP_WORDS

from transcript_rapport import lexicons
from transcript_rapport.lexicons import Entry

SETTINGS = ("cannabis cigar daughter drink family father friend school mouth pain phone prison sleep smok sugar tablet"
            " teeth thursday urine wife").split()  # fmt: skip
"""Beginnings of words that belong to one setting."""

NOUNS = frozenset(
    "answer cause day decision effect example fear hand help life little lot mind moment part peace people person "
    "place rest risk room step tension thing things time times use way".split()
)
"""Nouns that any setting knows; a new one wants thinking about."""
OTHERS = frozenset(
    "able afraid ask asking away bad believe best better biggest came carry carrying change come comes decide decided "
    "declined differently easier ending explain fast feel feels finds fit follow found frightening gets getting glad "
    "going good got grow happen happened happening hard harder hear heavy helped helpful helps hesitate hit hitting "
    "hope hoped hoping hurting hurts important intense know lean led left let like long look looked looking looks "
    "lowers makes matters mean meant need needed notice noticed openly outside positive raises reaching real right "
    "said saw says shall share sorry speaks stay support talk tell think thinking told took touches try turn "
    "understand unfair upset useful want wanted wants weighs went wish wonder wondering work works worries worst "
    "wrong".split()
)
"""Verbs and adjectives of the same kind."""
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def _said(entry: Entry) -> Iterator[str]:
    """The words offered to be said; of a label, which gets another name, the sentences in quotation marks."""
    quoted = re.findall(r'"([^"]*)"', entry.instead)
    yield from WORD.findall(" ".join(quoted if entry.kind == "judgment.label" else [entry.instead]).lower())


def _of_its_own(entry: Entry, word: str) -> bool:
    """Whether the word, its ending apart, is among those that the entry watches for."""
    return any(word[:4] == own[:4] for words in entry.words for own in WORD.findall(words))


def test_nothing_is_offered_about_a_topic_that_the_words_do_not_name() -> None:
    general = NOUNS | OTHERS | STOP_WORDS
    strange = [
        (entry.id, word)
        for entry in lexicons.entries("judgment")
        for word in _said(entry)
        if word not in general and "'" not in word and not _of_its_own(entry, word)
    ]
    assert strange == []


def test_the_allowed_words_name_no_setting() -> None:
    assert [word for word in NOUNS | OTHERS if word.startswith(tuple(SETTINGS))] == []


@pytest.mark.parametrize(
    "text",
    [
        "It's going to ruin your life.",
        "You're putting yourself in danger.",
        "I bet you were there.",
        "Why would you read her diary?",
        "You people disgust me.",
        "Do you realize what this does?",
        "You are being lazy, so take responsibility.",
    ],
)
def test_what_is_offered_for_common_phrases_names_no_setting(text: str) -> None:
    offered = [word for m in lexicons.matches("judgment", text) for word in WORD.findall(m.entry.instead.lower())]
    assert offered
    assert [word for word in offered if word.startswith(tuple(SETTINGS))] == []


def test_a_gap_is_written_in_one_way() -> None:
    """A gap is one character, "…"; three full stops would be printed as they are."""
    assert [e.id for e in lexicons.entries("judgment") if "..." in e.instead] == []


def test_other_wordings_are_short_enough_to_say() -> None:
    assert [e.id for e in lexicons.entries("judgment") if len(e.instead.split()) > 24] == []
