"""Reports made by hand from invented sessions: one that has much to show, one that has little."""

from __future__ import annotations

from tests import invented
from transcript_rapport.codebook import codes
from transcript_rapport.renderers import priority
from transcript_rapport.report import Coded, Finding, Measure, Report, Span, Threshold, spans

MADE_WITH: dict[str, object] = {
    "transcript_rapport": "0.1.0",
    "model": {"name": "invented", "checksum": "abc"},
    "lexicons": "def",
    "settings": {"practitioner": None, "detectors": ["listening"], "windows": 4},
}
LINES: list[invented.Line] = [
    ("T", "What would you like to use today for?", ["question.open", "behaviour=question"]),
    ("C", "My sister stopped calling, and I am sad about it.", ["client.emotion", "talk=neutral"]),
    (
        "T",
        "So the phone stays silent, and it tells you something about where you stand with her.",
        ["reflection.complex", "behaviour=reflection"],
    ),
    ("C", "Yes, that is exactly it.", ["client.understood"]),
    ("T", "You kept writing to her although it hurt, and that takes courage.", ["validation.affirm"]),
    ("C", "Maybe. I want to call her – naïve, I know 🙂.", ["talk=change"]),
    ("T", "You should just call her tonight, it is only a mild dysthymia.", ["advice.directive", "behaviour=input"]),
    ("C", "Hm.", []),
    ("T", "It is up to you whether you call, write or wait.", ["partnership.autonomy"]),
    ("C", "<script>alert('hello')</script> & so on", []),
]


def finding(coded: Coded, kind: str, index: int, start: int = 0, end: int | None = None, **more: object) -> Finding:
    """A finding with the codebook's words, over the whole utterance unless told otherwise."""
    spoken, code = coded.session[index], codes().get(kind)
    told = (code.why, code.source, code.suggestion) if code else ("Not everyone knows this.", "CDC", "Say it plainly.")
    return Finding(kind, spoken, start, len(spoken.text) if end is None else end, *told, **more)  # type: ignore[arg-type]


def full(times: bool = False) -> Report:
    """Ten utterances with findings of most families, nested ones too, and measures of most rooms."""
    when = [(i * 5000, i * 5000 + 4500) for i in range(len(LINES))] if times else None
    coded = invented.coded(LINES, when)
    term = LINES[6][1].index("dysthymia")
    findings = (
        finding(coded, "reflection.complex", 2, score=0.91, answers=Span(1, 0, 23)),
        finding(coded, "validation.affirm", 4),
        finding(coded, "advice.directive", 6, score=0.8),
        finding(coded, "judgment.dismiss", 6, 34, score=0.7),
        finding(coded, "jargon.unexplained", 6, term, term + 9),
        finding(coded, "partnership.autonomy", 8),
    )
    return Report(coded, tuple(sorted(findings, key=lambda f: (f.span, f.kind))), measures(coded), MADE_WITH)


def measures(coded: Coded) -> tuple[Measure, ...]:
    """A share with a threshold, a ratio, a rate, and one that cannot be measured."""
    said = coded.by_role("practitioner")
    band = Threshold("MITI 4.2.1: fair 40 %, good 50 %", 0.4, 0.5, "MITI 4.2.1")
    return (
        Measure("talk.practitioner_time_share", "Share of talk time", None, "share", 0, "seconds", note="no times"),
        Measure("talk.practitioner_word_share", "Share of words", 2 / 3, "share", 81, "words", evidence=spans(said)),
        Measure(
            "listening.complex_reflection_share", "Complex reflections", 1.0, "share", 1, "reflections", 0.2, 1.0, band
        ),
        Measure("listening.reflection_to_question_ratio", "Reflections a question", 1.0, "ratio", 2, "both", 0.1, 9.0),
        Measure(
            "validation.per_ten_turns",
            "Validation",
            2.0,
            "per 10 practitioner turns",
            5,
            "practitioner turns",
            0.1,
            9.5,
        ),
    )


def bare() -> Report:
    """Two lines, no codes, no findings, no measures."""
    return Report(invented.coded([("T", "Hello.", []), ("C", "Hello.", [])]), (), (), MADE_WITH)


def moving() -> tuple[Measure, ...]:
    """What the review priority looks at: all at the reference, but for one measure that surely moves it up."""
    mean = {
        term.measure: Measure(term.measure, term.measure, term.mean, "per 10 turns", 40, "turns", term.mean, term.mean)
        for term in priority.load().terms
    }
    name = "partnership.advice_without_permission_per_ten_turns"
    return tuple({**mean, name: Measure(name, "Advice", 6.0, "per 10 turns", 40, "turns", 4.0, 8.0)}.values())
