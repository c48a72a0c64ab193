"""What is better not held up as an example, though the coder may have marked it rightly.

A greeting is an open question by its form, and “breathe in” is a directive by its form; shown on the first screen as
praise or as something to say otherwise, both would be embarrassing. The marks and the numbers stay as they are.
"""

from __future__ import annotations

import re

_LEAD = r"^\W*(?:(?:and|so|now|okay|ok|well|right|all right|hi|hello|but|um|uh|er|first|then|just|please)\b\W*)*"
_FORMALITY = re.compile(
    _LEAD + r"(?:how are you(?: doing| feeling)?(?: today)?|how(?:'s|’s| is) it going|how have you been|how do you do|"
    r"what do we have here|what(?:'s|’s| is) your name|"
    r"(?:can|could|may) i (?:just )?ask(?: you)?(?: a question| something)?|"
    r"is (?:that|it) (?:ok|okay|all right|alright)|thank(?:s| you)(?: very much| so much)?)\W*$",
    re.IGNORECASE,
)
_SAFETY = re.compile(
    r"\b(?:suicid\w*|kill(?:ing)? (?:yourself|somebody|someone)|end(?:ing)? (?:your life|it all)|not wanting to be|"
    r"not (?:be(?:ing)?|to be) (?:alive|here)|better off dead|harm(?:ing|ed)?|"
    r"hurt(?:ing)? (?:yourself|you|somebody|someone)|safe|unsafe|abus\w+|violen\w+|weapon\w*)\b",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"\b(?:what(?:['’]s|['’]s been|s| is| has|)? (?:brings|brought|bringing) you|how (?:can|may) (?:i|we) help|"
    r"what can (?:i|we) do for you|what seems to be)\b",
    re.IGNORECASE,
)
_HANDOVER = re.compile(
    r"\bwhat(?:['’]s| is) on your mind\b"
    r"|\bwhere (?:would|shall|should|do) (?:you|we) (?:like |want )?(?:to )?(?:start|begin)\b"
    r"|\b(?:what|any|other) (?:other )?questions\b|\banything else\b|\b(?:last|next) (?:time|week|session)\b"
    r"|\bbefore we (?:go|start|begin|finish|end)\b",
    re.IGNORECASE,
)
_WHY_DID_YOU = re.compile(
    _LEAD + r"why (?:did|didn['’]t|do|don['’]t|would|wouldn['’]t|have|haven['’]t) you\b", re.IGNORECASE
)
BODY = (
    r"(?:arms?|elbows?|shoulders?|wrists?|hands?|fingers?|thumbs?|palms?|legs?|knees?|ankles?|f(?:oo|ee)t|toes?|hips?|"
    r"back|neck|head|chin|chest|tummy|tongue|mouth|eyes?|sleeves?)"
)
_DURING = re.compile(
    rf"\b(?:(?:your|the|that|this|each|either|both|other|good|bad|left|right) {BODY}|breathe|(?:deep|big) breath|"
    r"come (?:on )?(?:in|through)|(?:have|take) a seat|pop (?:up|your|yourself|onto)|follow my|squeeze my|"
    r"push against|lie (?:down|back))\b",
    re.IGNORECASE,
)
_ADVISES = re.compile(
    r"\b(?:should|shouldn['’]t|ought|must|need to|have to|got to|better|every (?:day|week|morning|night)|"
    r"times? a (?:day|week)|at home|from now on)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(_LEAD + r"(?:i|i['’]\w+|you|he|she|they|we|it|that|there|the|your|my|if|because)\b", re.IGNORECASE)


def is_formality(text: str) -> bool:
    """Whether these words greet, thank or ask leave and no more, or ask “why did you”: nothing to praise."""
    return bool(_FORMALITY.match(text) or _WHY_DID_YOU.match(text))


def is_safety_question(text: str) -> bool:
    """Whether these words ask about danger to life or safety: such a question is never one to reword or put off."""
    return bool(_SAFETY.search(text))


def is_opener(text: str) -> bool:
    """Whether these words open a visit as most visits are opened (“What brings you in?”)."""
    return bool(_OPENER.search(text))


def is_handover(text: str) -> bool:
    """Whether these words hand over, open or close (“what's on your mind?”, “any questions?”)."""
    return bool(_HANDOVER.search(text))


def is_instruction(text: str) -> bool:
    """Whether these words lead through an examination or exercise (“lift your arm”), or show somebody in.

    Said as an imperative, about the body or the room, and not about life outside the room.
    """
    return bool(_DURING.search(text)) and not _ADVISES.search(text) and not _TELLS.match(text)
