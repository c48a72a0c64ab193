"""Spared: words that are never judgment.

A client's own words, and the practitioner quoting, handing back or denying them; and what takes words back, apologises,
grants a point or lifts blame.
"""

from __future__ import annotations

from transcript_rapport import lexicons
from transcript_rapport.detectors.context import heard, quoted
from transcript_rapport.lexicons import Match, content_words, plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Span, Statement

LABEL, MORALISE, DISMISS = "judgment.label", "judgment.moralise", "judgment.dismiss"

_ABOUT_A_PERSON = (LABEL, "judgment.criticise")
"""Kinds whose words can be reported or denied without judging; an argument or a warning cannot."""
_SAYS = beside(__file__)


def may_judge(coded: Coded, statement: Statement) -> bool:
    """Whether the words could be judgment: no quotation, no words lent, no relief or repair, nothing handed back."""
    said = plain(coded.text(statement))
    if _is_quoted(coded, statement) or _SAYS["relieves"].search(said) or _SAYS["concedes"].search(said):
        return False
    if _SAYS["first_person"].match(said) and _SAYS["lends_words"].search(_before(coded, statement)):
        return False
    told = _SAYS["hands_back"].match(said)
    held_against = _SAYS["objects"].match(plain(coded.session[statement.utterance].text[statement.end :]))
    return not told or bool(held_against) or not _client_said(coded, statement, said[told.end() :])


def _before(coded: Coded, statement: Statement) -> str:
    """What is said in the same utterance before a statement."""
    return plain(coded.session[statement.utterance].text[: statement.start])


def exempt(coded: Coded, statement: Statement, match: Match) -> bool:
    """Whether matched words are a quotation, a report, a denial or the client's own."""
    if _is_quoted(coded, Span(statement.utterance, statement.start + match.start, statement.start + match.end)):
        return True
    text = coded.text(statement)
    if match.entry.kind == DISMISS:
        if _SAYS["told_them"].search(plain(text)[: match.start]):
            return True
        last = next(heard(coded, statement.utterance), None)
        return last is not None and match.entry.id in _entries(coded, last.text)
    if match.entry.kind not in _ABOUT_A_PERSON:
        return False
    return _said_of_others(text, match) or (
        statement.has("reflection") and _client_said(coded, statement, text[match.start : match.end])
    )


def _is_quoted(coded: Coded, place: Statement | Span) -> bool:
    """Whether the words at ``place``, closing punctuation apart, stand inside quotation marks."""
    end = place.start + len(coded.text(place).rstrip(" .,;:!?"))
    return any(
        opened <= place.start and end <= closed for opened, closed in quoted(coded.session[place.utterance].text)
    )


def _said_of_others(text: str, match: Match) -> bool:
    """Whether the words are reported ("you said …") or denied ("I wouldn't call you …")."""
    said = plain(text)
    before, own = said[: match.start], said[match.start : match.end]
    told = _SAYS["reported"].search(before) or _SAYS["denied"].search(before)
    return bool(told or _SAYS["denies_itself"].search(own))


def _client_said(coded: Coded, statement: Statement, said: str) -> bool:
    """Whether the client used these words shortly before, or words of an entry of the lexicon that they belong to."""
    told = " ".join(utterance.text for utterance in heard(coded, statement.utterance))
    meant, known = content_words(said), _entries(coded, said)
    return bool(meant and meant <= content_words(told)) or bool(known & _entries(coded, told))


def _entries(coded: Coded, text: str) -> set[str]:
    return {match.entry.id for match in lexicons.every("judgment", text, coded.lexicons)}
