"""Labels that say what somebody is rather than who: in a sentence they take an article."""

from __future__ import annotations

GENERIC = frozenset(
    (
        "practitioner therapist psychotherapist counsellor counselor clinician doctor dr physician gp nurse midwife "
        "surgeon paramedic dentist pharmacist dietitian dietician physio physiotherapist psychologist psychiatrist "
        "interviewer helper supporter listener volunteer worker caseworker advisor adviser mentor coach trainer tutor "
        "teacher facilitator provider operator agent officer specialist client patient caller student pupil "
        "participant seeker parent mother father carer user member resident tenant interviewee customer visitor"
    ).split()
)
"""Labels that say what somebody is: in a sentence they take an article, and so do two of them (“social worker”)."""
_BEFORE = frozenset("social help support health care school case youth key practice community service peer".split())


def with_article(label: str) -> str:
    """A label as a sentence names it: ``the nurse``, ``the GP``, ``Amira``."""
    return f"the {label if label.isupper() else label.lower()}" if is_generic(label) else label


def is_generic(label: str) -> bool:
    """Whether a label says what somebody is; a number behind it, or a word before it (“social worker”), may stand."""
    words = label.lower().replace("-", " ").replace("_", " ").split()
    kind = [word for word in words if not word.isdecimal()]
    return len(kind) in (1, 2) and kind[-1] in GENERIC and (len(kind) == 1 or kind[0] in _BEFORE)
