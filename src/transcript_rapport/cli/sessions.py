"""What the commands across sessions do: gather, work out, write; a bad file is told and the others go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from transcript_rapport import english, questionnaires
from transcript_rapport.across import caseload as caseloads
from transcript_rapport.across import compare as comparing
from transcript_rapport.across import stored, told
from transcript_rapport.across import trend as moving
from transcript_rapport.across.gather import Gathered, gather, inside
from transcript_rapport.across.tables import as_csv, as_json, plain
from transcript_rapport.batch import pool
from transcript_rapport.batch.work import nameless
from transcript_rapport.cli.door import SOME_FAILED, keep_quiet, say, write
from transcript_rapport.cli.output import save, tally
from transcript_rapport.cli.progress import steps
from transcript_rapport.deidentification import NAME, RESIDUAL
from transcript_rapport.errors import RapportError, ReadError, SettingsError
from transcript_rapport.report import Report
from transcript_rapport.settings import Settings

if TYPE_CHECKING:
    from transcript_rapport.across.agree import Agreement


def gathered(paths: Sequence[str | Path], settings: Settings) -> Gathered:
    """The reports of the files or of everything in a folder; what could not be used is told on standard error.

    A ReadError where nothing at all could be used.
    """
    keep_quiet()
    files = [file for path in paths for file in (inside(path) if Path(path).is_dir() else [Path(path)])]
    with steps(len(files)) as shown:

        def begins(name: str) -> None:
            shown.tell(name)
            shown.step()

        found = gather(_fitting(files) if settings.deidentify else files, settings, begins, pool.cores())
    for problem in found.problems:
        say(problem.sentence)
    if settings.english == "american":
        found = replace(found, reports=tuple(map(english.respelt, found.reports)))
    if settings.deidentify:
        found = _numbered(found)
        say(RESIDUAL)
    if settings.questionnaires:
        names = [(report.session.name, report.session.source) for report in found.reports]
        others = questionnaires.told_of_others(settings.questionnaires, names)
        if others:
            say(others)
    if not found.reports:
        raise ReadError(", ".join(map(str, paths)), "no session could be used", "transcripts or written reports")
    return found


def _fitting(files: Sequence[Path]) -> list[Path]:
    """The files without reports that still hold direct identifiers, which is said of each."""
    kept = []
    for path in files:
        if stored.is_report(path) and not _is_plain(path):
            say(f"{path}: left out, for this report was written with names in it; write it again with --deidentify")
        else:
            kept.append(path)
    return kept


def _is_plain(path: Path) -> bool:
    """Whether every report in a file was made without direct identifiers; what cannot be read is told later."""
    try:
        made = [report.made_with.get("settings") for report in stored.load(path)]
    except RapportError:
        return True
    return all(isinstance(settings, dict) and bool(settings.get("deidentify")) for settings in made)


def _numbered(found: Gathered) -> Gathered:
    """The sessions, which have lost their names, called by their order, and problems without files' names."""
    width = len(str(len(found.reports)))
    named = (
        replace(report, coded=replace(report.coded, session=replace(report.session, name=f"{NAME} {number:0{width}}")))
        for number, report in enumerate(found.reports, 1)
    )
    return replace(found, reports=tuple(named), problems=tuple(nameless(found.problems)))


def _ended(found: Gathered) -> int:
    return SOME_FAILED if found.problems else 0


def _put(text: str, out: Path | None, given: str = "--out") -> None:
    if out is None:
        write(text)
        return
    if not out.parent.is_dir():
        raise SettingsError(
            given, f"there is no folder {out.parent}", "a file in a folder that exists", "make it first"
        )
    save({out: text})


def _form(form: str | None, out: Path | None) -> str:
    """What to write: the form asked for, else what the file's name says; a SettingsError where the two do not fit."""
    said = {".html": "html", ".htm": "html", ".csv": "csv", ".txt": "text"}.get(out.suffix.lower()) if out else None
    if out and form and said and said != form:
        raise SettingsError("--out", f"{out.name} is the name of another form than {form}", "a name that fits it")
    if out and not form and not said and out.suffix:
        raise SettingsError(
            "--out", f"{out.name} does not say what to write", "a name that ends in .html, .csv or .txt"
        )
    return form or said or "text"


def compare(a: str, b: str, settings: Settings, form: str | None, out: Path | None, whole: bool = False) -> int:
    """Two sessions side by side."""
    form = _form(form, out)
    sides = [_single(path, settings) for path in (a, b)]
    comparison = comparing.compare(*sides)
    if form == "html":
        from transcript_rapport.across import page

        text = page.compare(comparison)
    else:
        text = as_csv(comparing.rows(comparison)) if form == "csv" else told.compared(comparison, whole)
    _put(text, out)
    return 0


def _single(path: str, settings: Settings) -> Report:
    reports = gathered([path], settings).reports
    if len(reports) != 1:
        raise SettingsError("rapport compare", f"{path} holds {len(reports)} sessions", "a file of one session")
    return reports[0]


def trend(
    folder: str, person: str | None, settings: Settings, form: str | None, out: Path | None, whole: bool = False
) -> int:
    """One person's sessions over time."""
    form = _form(form, out)
    found = gathered(inside(folder), settings)
    label, reports = moving.of_person(found.reports, person)
    trends = moving.trends(reports, label)
    if form == "html":
        from transcript_rapport.across import page

        text = page.trend(trends)
    else:
        text = as_csv(moving.rows(trends)) if form == "csv" else told.moved(trends, whole)
    _put(text, out)
    return _ended(found)


def caseload(folder: str, settings: Settings, out: Path) -> int:
    """A page (or, where the name ends in .csv, a table) over a folder."""
    found = gathered(inside(folder), settings)
    load = caseloads.caseload(found)
    if out.suffix.lower() == ".csv":
        _put(as_csv(caseloads.rows(load)), out)
    else:
        from transcript_rapport.across import page

        _put(page.caseload(load), out)
    say(tally(out, len(load.cases), len(load.problems)))
    return _ended(found)


def norms(folder: str, name: str, limits: str, settings: Settings, out: Path | None) -> int:
    """Percentiles of a folder's sessions."""
    from transcript_rapport.norms import compute, written

    found = gathered(inside(folder), settings)
    _put(written(compute([report.measures for report in found.reports], name, limits)), out)
    return _ended(found)


def agree(human: str, reports: Sequence[str], settings: Settings, form: str, out: Path | None) -> int:
    """A person's codes against reports."""
    from transcript_rapport.across import agree as agreeing
    from transcript_rapport.across import human as table
    from transcript_rapport.across.alignment import align

    rows = table.read(human)
    if table.holds_ours(human):
        say(told.HOLDS_OURS.format(human))
    found = gathered(reports, settings)
    aligned = align(rows, found.reports)
    if not aligned.units:
        names = ", ".join(report.session.name for report in found.reports)
        strange = ", ".join(filter(None, aligned.strangers))
        seen = f"none of {len(rows)} rows found a place in {names}"
        seen += f" (no report is called {strange})" if strange else ""
        raise ReadError(
            human, seen, "utterance numbers from 0, or the texts as they stand there", "see docs/agreement.md"
        )
    result = agreeing.agree(aligned)
    if form == "csv":
        _put(as_csv(agreeing.rows(result), agreeing.COLUMNS), out)
        say(told.LEARNED)
    else:
        _put(as_json(_document(result)) if form == "json" else told.agreed(result), out)
    return _ended(found)


def sheet(human: str, reports: Sequence[str], settings: Settings) -> int:
    """An empty table for a person's codes; one that is there is never replaced, for it may hold their work."""
    from transcript_rapport.across import human as table

    if Path(human).exists():
        raise SettingsError(human, "there is such a file already", "a new name for the empty table")
    found = gathered(reports, settings)
    _put(table.sheet(found.reports), Path(human), human)
    return _ended(found)


def _document(result: Agreement) -> dict[str, object]:
    from transcript_rapport.across.agree import rows

    confusion = {
        coding.name: [{"human": a, "report": b, "units": n} for (a, b), n in coding.confusion.items()]
        for coding in result.codings
    }
    return {
        "matched": dict(result.aligned.found),
        "unmatched_rows": list(result.aligned.unmatched),
        "rows_of_another_coder": list(result.aligned.twice),
        "sessions_without_a_report": list(result.aligned.strangers),
        "places_without_a_row": result.aligned.uncoded,
        "intervals_over": result.over,
        "about": told.LEARNED,
        "agreement": plain(rows(result)),
        "confusion": confusion,
        "not_compared": {coding.name: list(coding.left_out) for coding in result.codings},
    }
