"""Whether a session is in English, the one language that the coder and the lists of words know."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from transcript_rapport.lexicons.style import function_words
from transcript_rapport.session import Session

NOTICE = (
    "the talk seems not to be in English: the coder and the lists of words know English only, so the codes and "
    "findings of this session mean little, while talk time and turns stand"
)
FEWEST_WORDS = 40
LEAST_SHARE = 0.1
"""Of words, those that English uses to join others and its neighbours do not use: 0.22 and more in each of 1,683
English sessions (median 0.37), 0.05 and less in invented samples of 19 other languages; half and half stays above."""
_ELSEWHERE = frozenset(
    """
    a all also am an are as at be by do does done for had half has he her him his i in is me more most near no nor of
    off on one or over past plus so some still to under us was we were will
    """.split()
)
"""Function words of English that are words of a neighbouring language too."""
_BRACKETED = re.compile(r"\[[^\]\n]{0,200}\]|<[^>\n]{0,200}>")  # remarks, placeholders, marks
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_]+(?:['’][^\W\d_]+)*")  # a sign of Chinese counts as one


def noticed(session: Session, as_said: Session | None = None) -> Session:
    """The session with a note before all others where it seems not to be in English.

    ``as_said``: the same with its own words, where those were replaced; placeholders are in no language.
    """
    return replace(session, notes=(NOTICE, *session.notes)) if _is_foreign(as_said or session) else session


def _is_foreign(session: Session) -> bool:
    """Whether hardly any word is English; below 40 words never, for that is too little to tell."""
    words = [word for utterance in session for word in _words(utterance.text)]
    return len(words) >= FEWEST_WORDS and sum(word in _only_english() for word in words) < LEAST_SHARE * len(words)


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(_BRACKETED.sub(" ", text))]


@cache
def _only_english() -> frozenset[str]:
    return frozenset().union(*function_words().values()) - _ELSEWHERE
