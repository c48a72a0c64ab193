"""What a report says about itself: how it was made, what it cannot know, and what it is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transcript_rapport.language import NOTICE
from transcript_rapport.renderers.tact import names_danger
from transcript_rapport.renderers.wording import listed, who
from transcript_rapport.report import Finding, Report

NOTHING_MARKED = (
    "The coder marked little that it could point at in these words. That does not mean nothing went well: presence, "
    "patience and a warm voice leave few traces in a transcript."
)
NONE_CLEAR = (
    "Some statements were marked as {marked} (see the transcript); none stands clearly enough on its own to be held up "
    "here."
)
HELD_BACK = "In a session with words like these nothing is held up as praise. That says nothing against what was said."
NOT_CODED = "No words are known here, so nothing was coded and nothing is marked: only the timing of talk was measured."
QUOTED = 3
"""Places where a client spoke of dying or harm that are quoted before everything else; the others are numbered."""
NOT_A_VERDICT = "It describes words in one session; it is not a verdict on a person."


def nothing_marked(report: Report) -> str:
    """What to say where nothing is held up: nothing was coded, no mark is clear, or what was good left few traces."""
    if not report.statements:
        return NOT_CODED
    if any(report.of_kind("safety")):
        return HELD_BACK
    kinds = {"reflection": "reflecting", "validation": "validating"}
    theirs = report.coded.by_role("practitioner")
    marked = [told for family, told in kinds.items() if any(s.has(family) for s in theirs)]
    return NONE_CLEAR.format(marked=" or ".join(marked)) if marked else NOTHING_MARKED


def notices(report: Report) -> list[str]:
    """What a reader should see before anything else: words about dying or harm, then answers in questionnaires."""
    answers = (m for m in report.measures if m.name.startswith("questionnaires.") and "_item_" in m.name and m.value)
    return [*_spoken(report), *(f"{m.title}: {m.note}." for m in answers)]


def cautions(report: Report) -> list[str]:
    """What takes the ground from under the whole report: talk that seems to be in another language."""
    return [f"Please note: {NOTICE}."] if NOTICE in report.session.notes else []


def _spoken(report: Report) -> Iterator[str]:
    """Where a client spoke of dying or harm, with the words of the first few places, as said."""
    found = list(report.of_kind("safety"))
    if found:
        places = list(dict.fromkeys(str(finding.utterance) for finding in found))
        said = "; ".join(f"“{_ended(finding.quote)}”" for finding in found[:QUOTED])
        yield f"Utterance{'s' if len(places) > 1 else ''} {listed(places)}: {said}. {found[0].why}"


def spoken_again(report: Report, finding: Finding) -> str:
    """Whether words about dying or harm come up again in the practitioner's later turns: a fact of words."""
    session = report.session
    later = [u for u in session[finding.utterance + 1 :] if session.role_of(u) == "practitioner"]
    again = next((str(u.index) for u in later if names_danger(u.text)), "")
    if again:
        return f"In the practitioner's later turns words about dying or harm come up at utterance {again}."
    return "In the practitioner's later turns it is not spoken of again in such words." if later else ""


def _ended(quote: str) -> str:
    return " ".join(quote.split()).rstrip(".,;:")


def certainty(report: Report) -> str:
    """Who was taken for the practitioner, how surely and why, in one sentence."""
    session = report.session
    sure = (
        "" if session.role_certainty in (None, 1.0) else f", certainty {session.role_certainty:.0%}".replace("%", " %")
    )
    # Where the labels themselves say who is who, their list stands here already.
    reason = session.role_reason.replace(f": {_as_labelled(report)}", "", 1)
    why = f" ({reason}{sure})" if reason else ""
    return f"Practitioner: {who(report, 'practitioner')}; client: {who(report, 'client')}{why}."


def _as_labelled(report: Report) -> str:
    return f"{who(report, 'practitioner')} as practitioner, {who(report, 'client')} as client"


def made_in_short(report: Report) -> str:
    """How the report was made, for a terminal's last lines."""
    made = report.made_with
    model = made.get("model")
    named = f", coder {model.get('name', 'unnamed')}" if isinstance(model, Mapping) else ""
    version = f"Transcript Rapport {made.get('transcript_rapport', '')}".strip()
    return f"{certainty(report)} Made by {version}{named}, on this machine."


def made_rows(report: Report) -> list[tuple[str, str]]:
    """Everything ``made_with`` holds as pairs of name and text, nested names joined."""
    return list(_flat("", report.made_with))


def _flat(prefix: str, held: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, value in held.items():
        name = f"{prefix}{key}".replace("_", " ")
        if isinstance(value, Mapping):
            yield from _flat(f"{name}: ", {str(k): v for k, v in value.items()})
        elif isinstance(value, list | tuple):
            yield name, listed(str(item) for item in value) or "none"
        else:
            yield name, "not set" if value is None else str(value)
