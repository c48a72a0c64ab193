"""Who reads a report, and what that changes: the order of things stays, how much stands open does not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from transcript_rapport.report import Report


@dataclass(frozen=True, slots=True)
class Audience:
    """What a page shows one kind of reader.

    ``goals`` is how many things to try stand open (the rest are folded under ``later``); ``reasons``:
    whether the reason behind each stands open; ``review``: whether there is a list of places to listen
    to; ``codes``: whether codes and probabilities are printed.
    """

    kicker: str
    intro: str = ""
    well: str = "What went well"
    next: str = "To try next"
    goals: int = 3
    reasons: bool = False
    review: bool = False
    codes: bool = False


AUDIENCES = {
    "anyone": Audience("Rapport report"),
    "trainee": Audience(
        "Rapport report for a trainee",
        "For you to learn from. Nobody is graded here, and one session is one session: keep what fits what you "
        "remember, and take the rest to supervision as a question.",
        well="What you did well",
        next="One goal for your next session",
        goals=1,
    ),
    "supervisor": Audience(
        "Rapport report for a supervisor",
        "Marks are pointers for listening together, not conclusions: each opens to the words it stands on.",
        reasons=True,
        review=True,
    ),
    "researcher": Audience(
        "Rapport report for a researcher",
        "Everything the coder and the measures say, with codes, probabilities and 90 % intervals. The same as tables: "
        "rapport analyse --format csv --out DIR.",
        reasons=True,
        review=True,
        codes=True,
    ),
}


def audience(report: Report) -> Audience:
    """The reader that the report's settings name; anyone where they name none.

    A trainee's one goal gives way where a client spoke of dying or harm.
    """
    settings = report.made_with.get("settings")
    named = settings.get("reader") if isinstance(settings, dict) else None
    reader = AUDIENCES.get(str(named), AUDIENCES["anyone"])
    put_first = reader.goals == 1 and any(report.of_kind("safety"))
    return replace(reader, next="Before your next session") if put_first else reader
