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
_RED_FLAG = re.compile(
    r"\b(?:(?:go(?:es|ing)?|spread\w*|travel\w*|mov(?:e|es|ing)) anywhere|radiat\w+|"
    r"(?:down|up|into) (?:the|your|that) (?:\w+ )?(?:arm|jaw|neck|leg|back|shoulder)|"
    r"short(?:ness)? of breath|breathless\w*|dyspn\w+|diaphor\w+|syncop\w+|"
    r"(?:trouble|difficulty|pain\w*) (?:\w+ )?(?:breath\w+|swallow\w+)|"
    r"chest|sweat\w*|clammy|faint\w*|black(?:ed|ing)? out|pass(?:ed|ing)? out|collaps\w+|palpitations?|"
    r"(?:sharp|dull|crushing|tight|heavy|stabbing)\b.{0,20}\bpressure|at rest|pain (?:at all )?when you(?:['’]re| are)|"
    r"numbness|weakness|slurr\w+|seizures?|bleed\w*|blood|vomit\w*|cough\w* up|stiff neck|rash|fever\w*|"
    r"(?:double|blurred|lost|loss of) vision|los(?:t|ing|s of) (?:\w+ )?(?:weight|consciousness|control of)|"
    r"sudden(?:ly)?|headaches?|overdose\w*|pregnant|allerg\w+)\b",
    re.IGNORECASE,
)
_EMERGENCY = re.compile(
    r"\b(?:999|911|112|111|988|ambulance|emergency|a ?& ?e|a and e|casualty|crisis (?:line|team)|samaritans)\b"
    r"|\b(?:call|ring|phone|see|contact|go (?:straight )?to)\b[^.?!]{0,30}\b(?:hospital|e\.?r)\b"
    r"|\b(?:straight ?away|immediately|at once) (?:if|call|ring|see|come|go)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\b(?:(?:good|great|nice|lovely) to (?:see|meet) you|welcome|thank(?:s| you) for coming|"
    r"come (?:on )?(?:in|through)|(?:have|take) a seat|good (?:morning|afternoon|evening)|hello|my name(?:['’]s| is)"
    r"|how (?:are|have) you (?:been|doing|today))\b|^\W*hi\b",
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
    """Whether these words ask about danger to life, safety or a red flag: never a question to reword or put off."""
    return bool(_SAFETY.search(text) or _RED_FLAG.search(text))


def is_emergency(text: str) -> bool:
    """Whether these words say how to get help at once: never too much, however long they are."""
    return bool(_EMERGENCY.search(text))


def is_opener(text: str) -> bool:
    """Whether these words open a visit as most visits are opened (“What brings you in?”)."""
    return bool(_OPENER.search(text))


def is_greeting(text: str) -> bool:
    """Whether these words greet or welcome somebody in, whatever else they say."""
    return bool(_GREETING.search(text))


def is_handover(text: str) -> bool:
    """Whether these words hand over, open or close (“what's on your mind?”, “any questions?”)."""
    return bool(_HANDOVER.search(text))


def is_instruction(text: str) -> bool:
    """Whether these words lead through an examination or exercise (“lift your arm”), or show somebody in.

    Said as an imperative, about the body or the room, and not about life outside the room.
    """
    return bool(_DURING.search(text)) and not _ADVISES.search(text) and not _TELLS.match(text)
