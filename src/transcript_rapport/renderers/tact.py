"""What is better not held up as an example, though the coder may have marked it rightly.

A greeting is an open question by its form, and “breathe in” is a directive by its form; shown on the first screen as
praise or as something to say otherwise, both would be embarrassing. The marks and the numbers stay as they are.
"""

from __future__ import annotations

import re

from transcript_rapport.lexicons.patterns import beside

_SAYS = beside(__file__, re.IGNORECASE)
_QUESTION = re.compile(r"[^.?!]+\?")


def is_formality(text: str) -> bool:
    """Whether these words greet, thank or ask leave and no more, or ask “why did you”: nothing to praise."""
    return bool(_SAYS["formality"].search(text) or _SAYS["why_did_you"].search(text))


def greets(text: str) -> bool:
    """Whether these words begin with a greeting."""
    return bool(_SAYS["greeting"].search(text))


def is_safety_question(text: str) -> bool:
    """Whether these words ask about danger to life, safety or a red flag: never a question to reword or put off."""
    return bool(_SAYS["safety"].search(text) or _SAYS["red_flag"].search(text))


def names_danger(text: str) -> bool:
    """Whether these words speak of dying, of harm, of safety or of help at once, as a question or not."""
    return bool(_SAYS["safety"].search(text) or _SAYS["dying"].search(text)) or is_emergency(text)


def asks_about_danger(text: str) -> bool:
    """Whether one of these sentences asks about dying, harm or safety."""
    return any(_SAYS["safety"].search(asked) or _SAYS["dying"].search(asked) for asked in _QUESTION.findall(text))


def same_means(one: str, other: str) -> bool:
    """Whether both name the same means of harm, such as tablets."""
    named = ({found.lower().rstrip("s") for found in _SAYS["means"].findall(text)} for text in (one, other))
    return not set.isdisjoint(*named)


def is_emergency(text: str) -> bool:
    """Whether these words say how to get help at once: never too much, however long they are."""
    return bool(_SAYS["emergency"].search(text))


def is_opener(text: str) -> bool:
    """Whether these words open a visit as most visits are opened (“What brings you in?”)."""
    return bool(_SAYS["opener"].search(text))


def asks_again(text: str) -> bool:
    """Whether these words only ask for what was not heard (“what was that?”)."""
    return bool(_SAYS["unheard"].search(text))


def is_handover(text: str) -> bool:
    """Whether these words hand over, open or close (“what's on your mind?”, “any questions?”)."""
    return bool(_SAYS["handover"].search(text))


def is_frame(text: str) -> bool:
    """Whether these words speak of what stays between the two (“all of it is confidential”)."""
    return bool(_SAYS["frame"].search(text))


def names_a_side(text: str) -> bool:
    """Whether these words name a place on the body with its side (“left knee”), as a checked fact does."""
    return bool(_SAYS["side"].search(text))


def is_instruction(text: str) -> bool:
    """Whether these words lead through an examination or exercise (“lift your arm”), or show somebody in.

    Said as an imperative, about the body or the room, and not about life outside the room.
    """
    return bool(_SAYS["during"].search(text)) and not _SAYS["advises"].search(text) and not _SAYS["tells"].search(text)
