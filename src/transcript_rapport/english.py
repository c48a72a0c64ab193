"""British or American spelling of the report's own words; words that the session itself holds are never touched.

The project writes British English. One small table turns it American, at two doors: the own words of findings and
measures when a report is made, and the finished page or text. A word that also occurs in the session stays as it is
everywhere in that report, so a quote cannot change. Pages over several sessions are American where every report
is; names of columns, keys, codes and measures in CSV and JSON are identifiers and never change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from transcript_rapport.report import Finding, Measure, Report
from transcript_rapport.session import Session

_WHOLE = {
    "ageing": "aging",
    "analyse": "analyze",
    "analysed": "analyzed",
    "behaviour": "behavior",
    "behaviours": "behaviors",
    "centre": "center",
    "centres": "centers",
    "centred": "centered",
    "colour": "color",
    "colours": "colors",
    "counselling": "counseling",
    "counsellor": "counselor",
    "counsellors": "counselors",
    "defence": "defense",
    "favour": "favor",
    "honour": "honor",
    "humour": "humor",
    "judgement": "judgment",
    "judgements": "judgments",
    "labelled": "labeled",
    "labelling": "labeling",
    "licence": "license",
    "modelling": "modeling",
    "neighbour": "neighbor",
    "neighbours": "neighbors",
    "offence": "offense",
    "paediatric": "pediatric",
    "practise": "practice",
    "practised": "practiced",
    "practising": "practicing",
    "programme": "program",
    "programmes": "programs",
    "towards": "toward",
    "tumour": "tumor",
    "anaemia": "anemia",
    "coeliac": "celiac",
    "diarrhoea": "diarrhea",
    "dyspnoea": "dyspnea",
    "leukaemia": "leukemia",
    "oedema": "edema",
    "oesophagus": "esophagus",
}
_ISE = (
    "apologi authori catastrophi critici emphasi generali hospitali immuni individuali internali externali maximi "
    "metaboli minimi morali normali optimi organi personali rationali reali recogni sensiti standardi stigmati "
    "summari utili"
).split()
_ENDINGS = {"se": "ze", "sed": "zed", "ses": "zes", "sing": "zing", "sation": "zation", "sations": "zations"}


@cache
def table() -> dict[str, str]:
    """British → American, in lower case."""
    return _WHOLE | {stem + ending: stem + other for stem in _ISE for ending, other in _ENDINGS.items()}


@cache
def _words() -> re.Pattern[str]:
    # Names of codes and anchors (``reflection.x``, ``#m-…``) are no words.
    return re.compile(
        rf"(?<![\w.#/-])(?:{'|'.join(sorted(table(), key=len, reverse=True))})(?![\w/-]|\.\w)", re.IGNORECASE
    )


def american(text: str, kept: frozenset[str] = frozenset()) -> str:
    """The text in American spelling, but for the words ``kept`` (lower case)."""

    def told(found: re.Match[str]) -> str:
        word = found[0]
        if word.lower() in kept:
            return word
        other = table()[word.lower()]
        return other.upper() if word.isupper() else other[0].upper() + other[1:] if word[0].isupper() else other

    return _words().sub(told, text)


def kept(session: Session) -> frozenset[str]:
    """The words of the table that the session holds, in its talk, its labels or its names: they stay as they are."""
    texts: Iterable[str] = (session.name, session.source, *session.speakers, *session.notes, *(u.text for u in session))
    return _held(texts)


def _held(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(found.lower() for text in texts for found in re.findall(r"[^\W\d_]+", text)) & table().keys()


def is_american(report: Report) -> bool:
    """Whether the settings ask for American spelling."""
    settings = report.made_with.get("settings")
    return isinstance(settings, dict) and settings.get("english") == "american"


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the project's own words are spelt, and the words of the sessions that stay as they are."""

    american: bool = False
    kept: frozenset[str] = frozenset()

    def __call__(self, text: str, *names: str) -> str:
        """The text so spelt; words in ``names`` (of files, of people) stay as they are too."""
        return american(text, self.kept | _held(names)) if self.american else text


BRITISH = Spelling()


def spelling(*reports: Report) -> Spelling:
    """How words about these reports are spelt: American where each of them asks for it."""
    if not reports or not all(map(is_american, reports)):
        return BRITISH
    return Spelling(True, frozenset().union(*(kept(report.session) for report in reports)))


def page(text: str, report: Report) -> str:
    """A finished page or text of a report, spelt as its settings ask."""
    return spelling(report)(text)


def respelt(report: Report) -> Report:
    """A report in American spelling, whatever its settings asked when it was made."""
    settings = report.made_with.get("settings")
    asked = {**(settings if isinstance(settings, dict) else {}), "english": "american"}
    return own_words(replace(report, made_with={**report.made_with, "settings": asked}))


def own_words(report: Report) -> Report:
    """The report with the own words of its findings and measures spelt as its settings ask."""
    if not is_american(report):
        return report
    own = kept(report.session)
    return replace(
        report,
        findings=tuple(_finding(finding, own) for finding in report.findings),
        measures=tuple(_measure(measure, own) for measure in report.measures),
    )


def _finding(of: Finding, own: frozenset[str]) -> Finding:
    return replace(of, why=american(of.why, own), suggestion=american(of.suggestion, own))


def _measure(of: Measure, own: frozenset[str]) -> Measure:
    return replace(of, title=american(of.title, own), base_of=american(of.base_of, own), note=american(of.note, own))
