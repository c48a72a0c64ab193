"""Rev and Rev.ai: monologues of a speaker, made of words and of the marks and spaces between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transcript_rapport.readers.recognised.words import Object, Word, inside, moment, rows, speaker, text

_JOINTS = frozenset("-–'’/&@_.")


def form(document: object) -> str:
    """``Rev.ai`` where monologues have elements."""
    return "Rev.ai" if any(rows(row.get("elements")) for row in rows(inside(document, "monologues"))) else ""


def words(document: object) -> list[Word]:
    """The words of the monologues; speakers have their names where the file gives them."""
    names = {text(row.get("id")): speaker(row.get("name")) for row in rows(inside(document, "speakers"))}
    return [word for row in rows(inside(document, "monologues")) for word in _monologue(row, names)]


def _monologue(row: Object, names: Mapping[str, str]) -> Iterator[Word]:
    label = row.get("speaker")
    shown = speaker(inside(row, "speaker_info", "display_name"))
    who = shown or names.get(text(label), "") or speaker(label)
    begins, above = True, " "  # What stands above: the mark before a word; empty after a word.
    for element in rows(row.get("elements")):
        written = text(element.get("value"))
        if not written.strip():
            above = written or above
            continue
        is_word = element.get("type") != "punct"
        glued = not above.endswith((" ", "\n")) and (not is_word or above in _JOINTS) and not begins
        start, end = moment(element.get("ts")), moment(element.get("end_ts"))
        yield Word(written.strip(), start, end, who, begins=begins, glued=glued)
        begins, above = False, "" if is_word else written
