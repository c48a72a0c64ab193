"""Whether words bear out what the coder heard in them, well enough to be praised for it.

Rules of form, made by reading praise that did not fit in real sessions, poor ones above all: praise that is wrong is
worse than none. They change no mark and no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.measures.validation_levels import says_what_they_did
from transcript_rapport.renderers.kinds import within
from transcript_rapport.renderers.tact import names_a_side
from transcript_rapport.renderers.wording import until

SPECIFIC = 7
"""Different words below which an affirmation can hardly say what for."""

CLAUSE = 120
"""Characters of a clause that can be quoted whole."""

_STOP = re.compile(r"(?<!\blike)(?<!\bknow)[.?!,;:](?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_EMPTY = frozenset("ok okay so and um uh er hm mm mhm alright right well yeah yes yep yup now but oh".split())
TO_THE_CLIENT = re.compile(r"\byou(?:r|rs|['’]\w+)?\b", re.IGNORECASE)
_NOTE = re.compile(r"(?:\W*\[[^\]]*\])+\W*|[^\[\]]{0,30}\]\W*")
_SAYS = beside(__file__, re.IGNORECASE)


def carrying(text: str) -> int:
    """How many different words a text has, fillers and acknowledgements apart."""
    return len({word.lower() for word in _WORD.findall(text)} - _EMPTY)


def worded(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def asks_for(text: str) -> frozenset[str]:
    """Which of their own views a text asks the client for: what they think it is, what they fear, hope or bear."""
    views = {
        "ideas": _SAYS["ideas"],
        "concerns": _SAYS["concerns"],
        "expectations": _SAYS["expectations"],
        "effects": _SAYS["effects"],
        "wants": _SAYS["wants"],
    }
    return frozenset(view for view, words in views.items() if words.search(text))


def asks_more(text: str) -> bool:
    """Whether a text asks for the story, in whatever words come."""
    return bool(_SAYS["asks_more"].search(text))


def asks_a_fact(text: str) -> bool:
    """Whether a text asks for a fact, or which of two it is, and for no feeling."""
    return bool(_SAYS["fact"].search(text)) and not names_a_feeling(text)


def closes(text: str) -> bool:
    """Whether a text brings a session to its close."""
    return bool(_SAYS["closes"].search(text))


def opening_clause(text: str) -> str:
    """What a text says first, fillers left out: a sentence or a whole clause of it, or nothing where that is long."""
    said = text[found.end() :] if (found := _SAYS["fillers"].match(text)) else text
    clauses = [said[: stop.end()] for stop in _STOP.finditer(said, 0, CLAUSE)]
    sentence = next((part for part in clauses if part[-1] in ".?!"), said if len(said) <= CLAUSE else "")
    whole = sentence or next(reversed(clauses), "")
    return whole.rstrip(" ,;:") if worded(whole) >= SPECIFIC else ""


def own_start(kind: str, text: str) -> int:
    """Where the own words of a quote begin: behind a transcriber's note, and at the question where it asks one."""
    asks = _SAYS["question"].search(text) if within(kind, "question") else None
    note = _NOTE.match(text)
    return asks.start("asks") if asks else note.end() if note else 0


def is_stock(text: str) -> bool:
    """Whether a text hands back a fact, a number or a place in a check list."""
    return bool(_SAYS["stock"].search(text)) or names_a_side(text)


def names_a_feeling(text: str) -> bool:
    """Whether a text names a feeling or what weighs on somebody."""
    return bool(_SAYS["feeling"].search(text))


def around_feeling(text: str) -> str:
    """A text without what follows the clause that last names a feeling; whole where none is named."""
    named = [found.end() for found in _SAYS["feeling"].finditer(text)]
    return until(text, named[-1]) if named else text


def fits(kind: str, text: str, met: float) -> bool:
    """Whether ``text`` bears out its ``kind``; ``met`` is how much the client had shown just before, 0 for nothing."""
    opinion = within(kind, "reflection", "validation") and _SAYS["opinion"].search(text)
    return not opinion and (kind not in _RULES or _RULES[kind](text, met))


def _echo(text: str, met: float) -> bool:
    return (names_a_feeling(text) or (met > 0 and not is_stock(text))) and "?" not in text


def _affirmation(text: str, _met: float) -> bool:
    return (
        says_what_they_did(text)
        and carrying(text) >= SPECIFIC
        and not (_SAYS["sells"].search(text) or _SAYS["guesses"].search(text))
    )


def _care(text: str, met: float) -> bool:
    apology = _SAYS["sorry"].search(text) and _SAYS["own_words"].search(text)
    return met > 0 and not (apology or _SAYS["own_worry"].search(text) or _SAYS["kept_waiting"].search(text))


def _autonomy(text: str, _met: float) -> bool:
    return bool(_SAYS["choice"].search(text)) and not _SAYS["grudged"].search(text)


def _collaboration(text: str, _met: float) -> bool:
    shared = _SAYS["shares_the_lead"].search(text) and _SAYS["the_work"].search(text)
    return bool(shared) and not _SAYS["not_the_work"].search(text)


def _openness(text: str, _met: float) -> bool:
    return bool(_SAYS["opens_up"].search(text)) and "?" not in text


def _nets(text: str, _met: float) -> bool:
    return bool(_SAYS["nets"].search(text))


def _question(text: str, _met: float) -> bool:
    return not (_SAYS["demands"].search(text) or _SAYS["why"].search(text) or _SAYS["checked"].search(text))


_RULES: Mapping[str, Callable[[str, float], bool]] = {
    "reflection.simple": _echo,
    "validation.affirm": _affirmation,
    "validation.support": _care,
    "partnership.autonomy": _autonomy,
    "partnership.collaborate": _collaboration,
    "partnership.transparency": _openness,
    "question.open": _question,
    "frame.afterwards": _nets,
}
