"""What people reported in questionnaires, laid beside the measures of their sessions; never a diagnosis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from transcript_rapport.questionnaires.definitions import Questionnaire, questionnaires
from transcript_rapport.questionnaires.scoring import ROOM, measures
from transcript_rapport.questionnaires.table import Filled, belongs, read
from transcript_rapport.report import Measure, Report
from transcript_rapport.session import Session

__all__ = ["Filled", "Questionnaire", "beside", "measured", "questionnaires", "read", "told_of_others"]


def measured(session: Session, path: str | None) -> tuple[Measure, ...]:
    """The measures of the questionnaires in the table at ``path`` that belong to ``session``."""
    filled = (f for f in (read(path) if path else ()) if belongs(f, session.name, session.source))
    return tuple(measure for f in filled for measure in measures(f))


def beside(report: Report, path: str | None, session: Session | None = None) -> Report:
    """A report with the questionnaires of this table, in place of any it had; the same without a table.

    ``session``: what the report was made from, where its own session goes by other names since.
    """
    if path is None:
        return report
    others = tuple(m for m in report.measures if not m.name.startswith(ROOM + "."))
    return replace(report, measures=(*others, *measured(session or report.session, path)))


def told_of_others(path: str, sessions: Iterable[tuple[str, str]]) -> str:
    """One sentence on the questionnaires that belong to none of these sessions (name and file); empty where all do."""
    known = list(sessions)
    others: Sequence[Filled] = [f for f in read(path) if not any(belongs(f, *names) for names in known)]
    if not others:
        return ""
    first = ", ".join(f"{f.of.title} of {f.session!r} in line {f.line}" for f in others[:5])
    more = f" and {len(others) - 5} more" if len(others) > 5 else ""
    return f"{path}: {len(others)} of {len(read(path))} questionnaires match no session here: {first}{more}"
