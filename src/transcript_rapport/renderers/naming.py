"""How a report names people: by their labels, with an article where these say what somebody is rather than who."""

from __future__ import annotations

import re
from collections.abc import Callable

from transcript_rapport.medical import is_medical
from transcript_rapport.renderers.wording import listed
from transcript_rapport.report import Report
from transcript_rapport.session import Role

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
INTERPRETING = ("interpreter", "translator")
_BEFORE = frozenset("social help support health care school case youth key practice community service peer".split())
_CLIENT = re.compile(r"“[^”]*”|\b(?P<c>[Cc])lient")


def who(report: Report, role: Role) -> str:
    """The labels that have a role, or the role's own name where nobody has it."""
    return listed(report.session.labels(role)) or f"no {role}"


def named(report: Report, role: Role) -> str:
    """Whoever has a role, as a sentence names them: ``Dr Lee``, ``the counsellor``, ``the client (C)``."""
    labels = report.session.labels(role)
    if not labels:
        return f"no {role}"
    bare = any((len(label) < 3 and not is_generic(label)) or label.lower().startswith("speaker") for label in labels)
    if bare:
        return f"{addressed(report)(f'the {role}')} ({listed(labels)})"
    if role == "client" and labels[0].lower() in INTERPRETING:
        return f"{addressed(report)('the client')} through the {labels[0].lower()}"
    return listed(map(with_article, labels))


def addressed(report: Report) -> Callable[[str], str]:
    """Turns the client of our own words into the patient where the session is a medical visit; quotes stay."""
    if not is_medical(report):
        return str
    spoken_of = {"c": "patient", "C": "Patient"}
    return lambda text: _CLIENT.sub(lambda found: spoken_of.get(found["c"], found[0]), text)


def with_article(label: str) -> str:
    """A label as a sentence names it: ``the nurse``, ``the GP``, ``Amira``."""
    return f"the {label if label.isupper() else label.lower()}" if is_generic(label) else label


def is_generic(label: str) -> bool:
    """Whether a label says what somebody is; a number behind it, or a word before it (“social worker”), may stand."""
    words = label.lower().replace("-", " ").replace("_", " ").split()
    kind = [word for word in words if not word.isdecimal()]
    return len(kind) in (1, 2) and kind[-1] in GENERIC and (len(kind) == 1 or kind[0] in _BEFORE)
