"""Names in speaker labels: "Dr Okafor" and "Susan (client)" lose them, "Therapist" and "T" stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transcript_rapport.deidentification.patterns.formal import formal
from transcript_rapport.deidentification.spans import Found
from transcript_rapport.deidentification.tokens import TITLES, Token, tokens
from transcript_rapport.deidentification.vocabulary import is_listed, standing
from transcript_rapport.placeholders import PLACEHOLDER
from transcript_rapport.roles.labels import said_by
from transcript_rapport.session import Session


def label_names(label: str, labels: Sequence[str]) -> list[Found]:
    """Where names stand in one of the session's ``labels``, titles left out."""
    own = [] if PLACEHOLDER.search(label) else [span for span in formal(label) if span.kind != "url"][:1]
    words = tokens(label, own)
    if len(words) == 1 and label in said_by(labels):
        return own
    spans: list[Found] = []
    for at, token in enumerate(words):
        if not _is_name(words, at):
            continue
        if spans and at and spans[-1].end >= words[at - 1].end - 1 and _close(label[spans[-1].end : token.start]):
            spans[-1] = Found(spans[-1].start, token.end, "name")
        else:
            spans.append(Found(token.start, token.end, "name"))
    return sorted([*own, *spans], key=lambda span: span.start)


def _close(between: str) -> bool:
    return not between.strip(" .,-'’\t_")


def _is_name(words: Sequence[Token], at: int) -> bool:
    token = words[at]
    if not token.word or token.word in TITLES or is_listed(token.word, "kin", "generic"):
        return False
    held = standing(token.word)
    if len(token.word) == 1:  # an initial belongs to the name beside it
        return any(
            _is_name(words, near) for near in (at - 1, at + 1) if 0 <= near < len(words) and len(words[near].word) > 1
        )
    if held == "unknown":
        return not (token.text.isupper() and len(token.text) < 4)
    if held in {"given", "place", "proper"} or is_listed(token.word, "given_words", "given"):
        return True
    beside = any(
        standing(words[n].word) != "common" or is_listed(words[n].word, "given_words")
        for n in (at - 1, at + 1)
        if 0 <= n < len(words)
    )
    return held == "common" and is_listed(token.word, "surname_words") and (len(words) == 1 or beside)


def with_role(session: Session, new: Mapping[str, str]) -> dict[str, str]:
    """The ``new`` label of each old one; one that lost its name says its role, where the labels do not say it."""
    roles = {new[label]: session.roles.get(label) for label in session.speakers}
    said = said_by(tuple(roles))
    if "practitioner" in said.values():  # whoever is left is then a client
        said = {label: said.get(label, "client") for label in roles}
    return {
        old: f"{label} ({role})"
        if label != old and role in {"practitioner", "client"} and said.get(label) != role
        else label
        for old, label in new.items()
        for role in (session.roles.get(old),)
    }
