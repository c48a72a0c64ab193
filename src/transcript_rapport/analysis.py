"""One function that knows the order: roles, statements and codes, findings, measures, report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from transcript_rapport import english, language, medical, norms, plugins, questionnaires
from transcript_rapport.report import Coded, Measure, Report
from transcript_rapport.session import Session
from transcript_rapport.settings import DEFAULTS, Settings


def analyse(session: Session, settings: Settings = DEFAULTS) -> Report:
    """The rapport report of one session.

    Decides who the practitioner is (RoleError where that is too uncertain), codes every
    statement with the trained coder, and runs the detectors and measures the settings name.
    Nothing is written, logged or fetched.
    """
    from transcript_rapport.coder import load, tasks
    from transcript_rapport.recordings import wordless
    from transcript_rapport.roles import assign

    if wordless.is_wordless(session):
        coded, timed = wordless.measured(_plain(wordless.decided(session, settings), settings), settings)
        report = Report(coded, (), _among_norms(timed, settings), made_with(settings, {"name": "not used"}))
        return questionnaires.beside(report, settings.questionnaires, session)
    given, session = session, language.noticed(_plain(assign(session, settings), settings), session)
    coder = load(settings.model, settings.engine)
    own = tasks.fitting(settings.tasks, coder.identity) if settings.tasks else ()
    report = report_on(coder.code(session, tasks=own), settings, coder.identity)
    return questionnaires.beside(report, settings.questionnaires, given)


def _plain(session: Session, settings: Settings) -> Session:
    """The session as it was, or without direct identifiers where the settings ask for that."""
    if not settings.deidentify:
        return session
    from transcript_rapport.deidentification import deidentified

    return deidentified(session)


def report_on(coded: Coded, settings: Settings = DEFAULTS, model: Mapping[str, str] | None = None) -> Report:
    """The report of a session that is coded already, by the coder or by people.

    ``model``: who the coder was; left out where people coded.
    """
    from transcript_rapport.detectors import judgment, listening, partnership, remarked, safety, validation
    from transcript_rapport.lexicons import own as lexicons

    if settings.lexicons:
        coded = replace(coded, lexicons=lexicons.texts(settings.lexicons))
    for room in (judgment, validation, listening, partnership):
        coded = room.settled(coded)
    detectors = [plugins.load("detectors", name) for name in settings.detectors]
    found = [finding for detector in detectors for finding in detector.detect(coded)]
    findings = safety.kept_apart(
        sorted(remarked.weighed(coded, found), key=lambda finding: (finding.span, finding.kind))
    )
    marked = medical.fitted(Report(coded, findings, (), made_with(settings, model or {})))
    rooms = [plugins.load("measures", name) for name in settings.measures]
    measures = (measure for room in rooms for measure in room.measure(coded, marked.findings, settings))
    valued = _among_norms(tuple(medical.unvalued(marked, measures)), settings)
    return english.own_words(replace(marked, measures=valued))


def _among_norms(measures: tuple[Measure, ...], settings: Settings) -> tuple[Measure, ...]:
    return norms.placed(measures, norms.load(settings.norms)) if settings.norms else measures


def made_with(settings: Settings, model: Mapping[str, str]) -> dict[str, object]:
    """What a reader needs to make the same report again: version, settings, model and lexicon checksums."""
    from dataclasses import asdict

    from transcript_rapport import __version__
    from transcript_rapport.coder import tasks
    from transcript_rapport.lexicons import checksum, own

    added: dict[str, object] = {"tasks": tasks.checksums(settings.tasks)} if settings.tasks else {}
    added |= {"norms": norms.described(settings.norms)} if settings.norms else {}
    added |= {"own_lexicons": own.checksums(settings.lexicons)} if settings.lexicons else {}
    made: dict[str, object] = {
        "transcript_rapport": __version__,
        "model": dict(model),
        "lexicons": checksum(),
        **added,
        "settings": {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(settings).items()},
    }
    if settings.deidentify:
        from transcript_rapport.deidentification.making import withheld

        return withheld(made)
    return made
