"""Who is the practitioner: named by the user, said by the labels, or inferred from how they talk."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from transcript_rapport.errors import RoleError
from transcript_rapport.roles import exchanged, names, talk
from transcript_rapport.roles.labels import interprets, said_by
from transcript_rapport.session import DOUBTED, Role, Session
from transcript_rapport.settings import DEFAULTS, Settings

REMEDY = 'name the practitioner with --practitioner LABEL (or practitioner = "LABEL" in the settings)'

NEARLY_SURE = 0.999
"""The most an inference may claim: 1 is kept for what the labels or the user said."""

CONTRADICTED = 0.01
"""Below this likeness, talk speaks plainly against the labels, and a note says so."""


def assign(session: Session, settings: Settings = DEFAULTS) -> Session:
    """The session with a role for every speaker, its certainty (0 to 1) and the reason in words.

    ``settings.practitioner`` decides first, then roles the file itself gave, then the labels, then
    how the speakers talk. RoleError: fewer than two speakers, an unknown label, nobody left as
    client or as practitioner, or an inference less certain than ``settings.certainty``.

    Labels that spell one person's name are merged first. Where labels seem exchanged for a stretch, a
    note says so; with ``settings.repair_roles`` they are exchanged back.
    """
    if set(session.speakers) <= set(session.roles) and session.speakers and settings.practitioner is None:
        return exchanged.checked(session, settings.repair_roles)
    session, kept = names.merged(session)
    if settings.practitioner is not None:
        settings = replace(settings, practitioner=kept.get(settings.practitioner, settings.practitioner))
    decided = exchanged.checked(_decided(session, settings), settings.repair_roles)
    return decided if settings.practitioner is not None or decided.doubts else _doubted(decided)


def _decided(session: Session, settings: Settings) -> Session:
    """The session with its roles, from whoever can say them first."""
    if not session.speakers and session.notes:  # A reader could not read it, and says why.
        raise RoleError("", session.notes[0])
    if len(session.speakers) < 2:
        seen = f"only {_listed(session.speakers)} speaks" if session.speakers else "nobody speaks"
        raise RoleError(_where(session), seen, "at least two speakers", "check that the file names who is speaking")
    if settings.practitioner is not None:
        return _named(session, settings.practitioner)
    said = said_by(session.speakers)
    unsaid = [label for label in session.speakers if label not in said]
    if "practitioner" in said.values():
        return _labelled(session, said)
    if len(unsaid) == 1 and "client" in said.values():
        return _labelled(session, {**said, unsaid[0]: "practitioner"})
    if len(unsaid) < 2:
        seen = f"no label among {_listed(session.speakers)} names a practitioner"
        raise RoleError(_where(session), seen, "a practitioner and a client", REMEDY)
    return _inferred(session, said, unsaid, settings.certainty)


def _named(session: Session, wanted: str) -> Session:
    """The practitioner the user named; the others as their labels say, with at least one client."""
    folded = wanted.strip().casefold()
    chosen = [label for label in session.speakers if label == wanted]
    chosen = chosen or [label for label in session.speakers if label.strip().casefold() == folded]
    if not chosen:
        seen = f"no speaker is called {wanted!r}"
        raise RoleError(_where(session), seen, f"one of {_listed(session.speakers)}", "check --practitioner")
    said = said_by(session.speakers)
    others: dict[str, Role] = {label: said.get(label, "client") for label in session.speakers if label not in chosen}
    if "client" not in others.values():
        others = dict.fromkeys(others, "client")
    roles: dict[str, Role] = {**others, **dict.fromkeys(chosen, "practitioner")}
    return session.with_roles(_in_order(session, roles), 1.0, f"you named {_listed(chosen)} as the practitioner")


def _labelled(session: Session, said: Mapping[str, Role]) -> Session:
    """Roles from labels of which at least one names a practitioner; whoever is left is a client."""
    roles = _in_order(session, {label: said.get(label, "client") for label in session.speakers})
    voices = [label for label in roles if interprets(label)]
    if len(roles) == 2 and len(voices) == 1 and "client" not in roles.values():
        note = f"only what {voices[0]} says in English stands in the file: it is read as the client's words"
        return _labelled(replace(session, notes=(*session.notes, note)), {**said, voices[0]: "client"})
    if "client" not in roles.values():
        seen = f"every label among {_listed(roles)} names a practitioner or an onlooker"
        raise RoleError(_where(session), seen, "a client as well", REMEDY)
    decided = session.with_roles(roles, 1.0, "")
    who = f"{_listed(decided.labels('practitioner'))} as practitioner, {_listed(decided.labels('client'))} as client"
    beside = f", {_listed(decided.labels('other'))} beside them" if decided.labels("other") else ""
    return decided.with_roles(roles, 1.0, f"the speaker labels say so: {who}{beside}")


def _doubted(decided: Session) -> Session:
    """The session with a note where the talk as a whole speaks plainly against its roles."""
    main = [*decided.labels("practitioner"), *decided.labels("client")]
    likeness = talk.likeness(talk.count(decided), main)
    if sum(likeness[label] for label in decided.labels("practitioner")) >= CONTRADICTED:
        return decided
    instead = max(likeness, key=lambda label: likeness[label])
    labels = f"{_listed(decided.labels('practitioner'))} and {instead}"
    note = f"by how each talks, the labels {labels} {DOUBTED}; {instead} talks most like a practitioner"
    return replace(decided, notes=(*decided.notes, note))


def _inferred(session: Session, said: Mapping[str, Role], among: Sequence[str], least: float) -> Session:
    """The practitioner as the one of ``among`` who talks most like one."""
    counted = talk.count(session)
    likeness = talk.likeness(counted, among)
    chosen = max(likeness, key=lambda label: likeness[label])
    certainty = min(likeness[chosen], NEARLY_SURE)
    if certainty < least:
        asking = ", ".join(f"{label} ({talk.asking(counted[label])})" for label in session.speakers)
        seen = f"who the practitioner is cannot be told surely from how they talk: {asking}"
        raise RoleError(
            _where(session), seen, f"a certainty of {least:.2f}, found {certainty:.2f} for {chosen}", REMEDY
        )
    roles: dict[str, Role] = {label: said.get(label, "client") for label in session.speakers}
    roles = _in_order(session, {**roles, chosen: "practitioner"})
    others = "" if len(session.speakers) == 2 else "; everyone whose label says nothing else is taken as a client"
    reason = f"inferred from how they talk: {talk.evidence(counted, chosen, among)}{others}"
    return session.with_roles(roles, certainty, reason)


def _in_order(session: Session, roles: Mapping[str, Role]) -> dict[str, Role]:
    return {label: roles[label] for label in session.speakers}


def _listed(labels: Collection[str]) -> str:
    *first, last = labels
    return f"{', '.join(first)} and {last}" if first else last


def _where(session: Session) -> str:
    """The file, and which session of it where it holds several."""
    if not session.source or session.name == Path(session.source).stem:
        return session.source or session.name
    return f"{session.source}: {session.name}"
