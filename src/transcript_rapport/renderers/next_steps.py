"""What to try next: at most three things, each with the words as said, the reason and another way to say it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from transcript_rapport.medical import is_medical
from transcript_rapport.renderers import goal, measured, visit
from transcript_rapport.renderers.audience import audience
from transcript_rapport.renderers.fits import TO_THE_CLIENT, around_feeling, worded
from transcript_rapport.renderers.highlights import Highlight, elsewhere_of
from transcript_rapport.renderers.kinds import DISCLOSED, FAINT, FIRST, LIMITS, SPOKEN, TO_TRY, kind_title, within
from transcript_rapport.renderers.making import spoken_again
from transcript_rapport.renderers.tact import is_instruction
from transcript_rapport.renderers.wording import ended, listed
from transcript_rapport.report import Finding, Report

Groups = Mapping[str, Sequence[Finding]]

RELATIONAL = ("judgment", "opening", "rupture.passed")
LABEL = "judgment.label"
ADVICE = "advice.directive"
MOST_SUGGESTIONS = 3
MOST_JUDGMENTS = 2
MAIN = 8
"""Different words of one kind from which it is the session's main matter, if it also stands
``OUTNUMBERS`` times as often as all that weighs more."""
OUTNUMBERS = 3
GRAVITY = {
    "judgment.label": 1.0,
    "judgment.criticise": 1.0,
    "rupture.passed": 0.9,
    "judgment.dismiss": 0.85,
    "judgment.confront": 0.8,
    "opening.missed": 0.8,
    "opening.named": 0.75,
    "judgment.warn": 0.65,
    "judgment.moralise": 0.55,
}
"""How much a kind may weigh on a client: beside how clear a place is, what decides which card comes first."""
PLAIN = 0.5
"""Least score of a judgment that is held up on a card; it has to be a whole sentence too."""
REACTED, LIKELY = 0.15, 0.5
"""What it adds that the client protests or withdraws in the next words, and how likely that has to be."""
ADDRESSED = 0.15
"""What it adds to a judgment that it is said to the client, and again that it says what they are."""
BROKEN, FRAGMENT = 0.3, 0.5
"""What a sentence that breaks off takes away, and what too few words to be one do."""
FEW, BARE = 4, 6
"""Words below which it is none: at all, and where it is not said to the client."""
LONG = 15
"""Words from which a judgment is more than a page shows at a glance."""
TO_DO = {
    "judgment.criticise": "Say what happened, without a verdict",
    "judgment.moralise": "Leave the “should” to them",
    "judgment.label": "Describe, rather than label",
    "judgment.confront": "Start from their side",
    "judgment.warn": "Ask what worries them, rather than warn",
    "judgment.dismiss": "Take it as seriously as they do",
    "opening.missed": "Stay with what they said",
    "opening.named": "Let it stand before you go on",
    "rupture.passed": "Turn towards the strain",
    ADVICE: "Ask before advising",
    "jargon.unexplained": "Say it in plain words",
    "question.stacked": "Ask one question at a time",
    "question.row": "Reflect before the next question",
    "telling.long": "Offer it in pieces, and hand over in between",
    "self_disclosure.long": "Bring it back to them",
    "transparency.overclaim": "Say how sure one can be",
    "praise.generic": "Say what the praise is for",
    "partnership.understanding_question": "Let them say it in their own words",
}
"""Titles that say what to do; other kinds keep their name."""
TAKE, READ = "Take this to supervision today", "Read this place first, and talk about it today"
SHARED = "This is routine, and no criticism."
_BREAKS_OFF = re.compile(r"--|[-–—]\W*$|\[[^\]]*$|inaudible|unintelligible", re.IGNORECASE)
_BUT = re.compile(r"(?<!\bnothing )(?<!\banything )\bbut\b", re.IGNORECASE)
_YOU_KNOW = re.compile(r"\byou know\b,?", re.IGNORECASE)
_SAYS_WHO = re.compile(
    r"\byou(?:['’]re| are| were| always| never)\b|\b(?:people|kids|someone|somebody) like you\b", re.IGNORECASE
)


def suggestions(report: Report) -> tuple[Highlight, ...]:
    """At most three things to try next, the weightiest first; never two of a kind, nor two at one utterance.

    What may have hurt or was passed over comes first, by how grave and clear it is, then what shaped the whole
    session, as advice does that was given more than once, then single words. Where nothing weighty is marked, a
    step that follows from what was measured stands before them; nothing where too little was. Where a client spoke
    of dying or harm, that place comes before all, and alone for a trainee; no number makes a step beside it.
    """
    first = list(_spoken(report))
    if first and audience(report).goals == 1:
        return tuple(first)
    groups = _groups(report)
    if goal.knows(report):
        return (*first, *goal.ranked(report, candidates(report, groups), MOST_SUGGESTIONS - len(first)))
    main = [kind for kind in groups if not within(kind, *RELATIONAL, ADVICE) and _is_main(groups, kind)]
    advised = _within(groups, ADVICE)
    often = len({finding.utterance for finding in groups.get(ADVICE, ())}) > 1
    relational = _relational(report, groups)
    apart = (*RELATIONAL, ADVICE, *main)
    single = [kind for prefix in TO_TRY for kind in _within(groups, prefix) if not within(kind, *apart)]
    single += [LABEL] if any(_is_a_word(report, f) for f in groups.get(LABEL, ())) and LABEL not in relational else []
    told = _cards(report, groups, [*relational, *main], first)
    told += [] if first else measured.their_own(report, _utterances(told))
    told = _cards(report, groups, advised if often else (), told)
    told += [] if first else _measured(report, told, weighty=bool(told or advised))
    told = _cards(report, groups, () if often else advised, told)
    if not told and not is_medical(report) and all(within(kind, "jargon", LABEL) for kind in single):
        told += measured.lasting(report)  # a word is no goal by itself, and one alone not even where nothing else is
        terms = {f.quote.lower() for kind in single for f in groups[kind] if kind != LABEL}
        single = single if told or len(terms) > 1 else []
    return tuple(_cards(report, groups, single, told))


def candidates(report: Report, groups: Groups | None = None) -> list[Highlight]:
    """Every step there are words for: a card of each kind that is marked, and what follows from measures.

    A word is no goal by itself: terms stand among the steps where there are several.
    """
    marked = _groups(report) if groups is None else groups
    cards = [_card(report, marked, found) for found in marked.values()]
    if any(report.of_kind(*FIRST[:-1])):
        return cards
    held = set(measured.praised(report))
    if is_medical(report):
        return [*cards, *visit.steps(report, held)]
    return [*cards, *measured.every(report, held)]


def _measured(report: Report, told: Sequence[Highlight], *, weighty: bool) -> list[Highlight]:
    """Steps for the whole session, each at words of it; where there is none and nothing is weighty, a gentle one."""
    besides = {*measured.praised(report), *_utterances(told)}
    if is_medical(report):
        return visit.steps(report, besides)
    steps = list(measured.clear(report, besides))
    return steps if steps or weighty else list(measured.gentle(report, besides))


def _spoken(report: Report) -> Iterator[Highlight]:
    """Where a client first spoke of dying or harm, or the surest of fainter words, without another wording."""
    found = sorted(report.of_kind(*FIRST), key=lambda finding: (FIRST.index(finding.kind), -finding.score))
    if found and not (goal.knows(report) and all(finding.kind == LIMITS for finding in found)):
        place, title = found[0], READ if audience(report).review else TAKE
        why = f"{SHARED} {spoken_again(report, place)}".strip()
        others = elsewhere_of(found, place)
        yield Highlight(place.kind, title, why, place.source, quote=place.quote, place=place.span, others=others)


def _utterances(told: Sequence[Highlight]) -> set[int]:
    return {step.place.utterance for step in told if step.place}


def _groups(report: Report) -> Groups:
    """The practitioner's findings that could be said otherwise, by kind.

    From the first to the last place where dying or harm may be meant only those that may have hurt or passed it over.
    Where a sign of strain is passed over, its own answer counts, not that the answer also judged; a single term
    counts for nothing in words that met an opening.
    """
    groups: dict[str, list[Finding]] = defaultdict(list)
    signs = [finding.utterance for finding in report.of_kind(SPOKEN, FAINT, DISCLOSED)]
    stretch = range(min(signs), max(signs) + 1) if signs else range(0)
    strained = {finding.utterance for finding in report.of_kind("rupture.passed")}
    packed = _packed(report.of_kind("jargon.unexplained"))
    receiving = {utterance for utterance in _receiving(report) if packed[utterance] == 1}
    for finding in report.of_kind(*TO_TRY):
        answers = finding.utterance in strained and within(finding.kind, "judgment")
        spoken = report.session.role_of(finding.utterance) == "practitioner"
        instructs = within(finding.kind, "advice") and is_instruction(finding.quote)
        trivial = finding.utterance in stretch and not within(finding.kind, *RELATIONAL)
        trivial |= finding.utterance in receiving and within(finding.kind, "jargon")
        if spoken and not (answers or trivial or instructs or _asks_to_agree(report, finding)):
            groups[finding.kind].append(finding)
    return groups


def _receiving(report: Report) -> set[int]:
    """The practitioner's next utterance after each opening that was met."""
    met = (cue.utterance for m in report.measures if m.name == measured.OPENINGS for cue in m.evidence)
    roles = [report.session.role_of(utterance) for utterance in report.session]
    return {roles.index("practitioner", cue) for cue in met if "practitioner" in roles[cue:]}


def _packed(findings: Iterable[Finding]) -> Counter[int]:
    """How many different words of these findings each utterance has."""
    return Counter(utterance for utterance, _ in {(f.utterance, f.quote.lower()) for f in findings})


def _asks_to_agree(report: Report, finding: Finding) -> bool:
    """Whether “does that make sense?” follows words about the session itself, so that nothing was explained."""
    before = [s for s in report.coded.statements_of(finding.utterance) if s.end <= finding.start]
    framed = (any(map(s.has, ("partnership", "structure", "facilitation"))) for s in before)
    return finding.kind == "partnership.understanding_question" and bool(before) and all(framed)


def _within(groups: Groups, prefix: str) -> list[str]:
    """The kinds of one family, the most frequent and surest first."""
    return sorted(
        (kind for kind in groups if within(kind, prefix)), key=lambda kind: -sum(f.score for f in groups[kind])
    )


def _relational(report: Report, groups: Groups) -> list[str]:
    """What may have hurt or was passed over, by its gravest place; few judgments, so that there is room for more."""

    def gravity(kind: str) -> float:
        return GRAVITY.get(kind, PLAIN) * max(_clear(report, finding) for finding in groups[kind])

    kinds = sorted((kind for kind in groups if within(kind, *RELATIONAL)), key=gravity, reverse=True)
    plain = [k for k in kinds if within(k, "judgment") and any(is_plain(report, f) for f in groups[k])]
    return [kind for kind in kinds if kind in plain[:MOST_JUDGMENTS] or not within(kind, "judgment")]


def is_plain(report: Report, finding: Finding) -> bool:
    """Whether a judgment is sure, and a whole sentence; no word that stands alone or is said of somebody else."""
    return finding.score >= PLAIN and not _lacks(_sentence(report, finding)) and not _is_a_word(report, finding)


def _is_a_word(report: Report, finding: Finding) -> bool:
    """Whether a label weighs like a term: in counselling, where it says of no client what they are, alone or of others.

    “You are …” with it is said to the client's face, and weighs wherever it stands.
    """
    if finding.kind != LABEL or is_medical(report) or _SAYS_WHO.search(said := _sentence(report, finding)):
        return False
    return not TO_THE_CLIENT.search(said) or sum(1 for _ in report.of_kind(LABEL)) == 1


def _is_main(groups: Groups, kind: str) -> bool:
    """Whether a kind that weighs little occurs with so many different words that it is what the session is about."""
    often = len({f.quote.lower() for f in groups[kind]})
    weighty = sum(len(group) for k, group in groups.items() if within(k, *RELATIONAL, ADVICE))
    return often >= MAIN and often >= OUTNUMBERS * weighty


def _clear(report: Report, finding: Finding) -> float:
    """How clear a place is: how sure, to whom it is said, whether the client reacted, whether it is a sentence."""
    said = _sentence(report, finding)
    to_whom = bool(TO_THE_CLIENT.search(said)) + bool(_SAYS_WHO.search(said))
    judges = to_whom * within(finding.kind, "judgment")
    return finding.score + REACTED * _reacted(report, finding) + ADDRESSED * judges - _lacks(said)


def _sentence(report: Report, finding: Finding) -> str:
    """The words marked, or the sentence they stand in, without “you know”, which is said to nobody."""
    return _YOU_KNOW.sub("", _around(report, finding) or finding.quote)


def _lacks(said: str) -> float:
    """What takes from words that break off, or that are too few to be a sentence."""
    words = worded(said)
    least = FEW - bool(_SAYS_WHO.search(said))  # “You're being difficult” is a whole sentence.
    few = words < least or (words < BARE and not TO_THE_CLIENT.search(said))
    return BROKEN * bool(_BREAKS_OFF.search(said)) + FRAGMENT * few


def _reacted(report: Report, finding: Finding) -> bool:
    """Whether the client protests or withdraws in their next words."""
    session = report.session
    after = (u.index for u in session[finding.utterance + 1 :] if session.role_of(u) == "client")
    said = report.coded.statements_of(next(after, len(session)))
    return any(s.counted.get(f"client.{how}", 0) >= LIKELY for s in said for how in ("confrontation", "withdrawal"))


def _cards(report: Report, groups: Groups, kinds: Sequence[str], told: Sequence[Highlight]) -> list[Highlight]:
    """The steps told so far and one of each kind that has a place at another utterance: as many as are shown."""
    cards = list(told)
    for kind in kinds:
        free = [finding for finding in groups[kind] if finding.utterance not in _utterances(cards)]
        cards += [_card(report, groups, free)] if free else []
    return cards[:MOST_SUGGESTIONS]


def _card(report: Report, groups: Groups, free: Sequence[Finding]) -> Highlight:
    """One kind, shown at its clearest place; what else is marked in the same utterance is named in it.

    Of terms the utterance with most of them is shown, in it the one said most often, and of each other its first place.
    """
    group = groups[free[0].kind]
    said = Counter(f.quote.lower() for f in group if within(f.kind, "jargon"))
    packed = _packed(group if said else ())
    best = max(
        free,
        key=lambda f: (
            *(packed[f.utterance], said[f.quote.lower()], goal.pointed_at(report, f), _clear(report, f)),
            *(-f.utterance, -f.start),
        ),
    )
    terms = {f.quote.lower(): f for f in reversed(group) if f.quote.lower() != best.quote.lower()}
    others = (k for k in groups if k != best.kind and any(f.utterance == best.utterance for f in groups[k]))
    beside_it = dict.fromkeys(f.quote for f in group if said and f.utterance == best.utterance and f.span != best.span)
    also = [f"“{told}”" for told in (*beside_it, *map(kind_title, others))]
    often = f"It is one of {len(group)} such places here." if _is_main(groups, best.kind) else ""
    beside = f"Also marked in this utterance: {listed(also)}." if also else ""
    shown = _to_the_point(best)
    return Highlight(
        best.kind,
        TO_DO.get(best.kind, kind_title(best.kind)),
        " ".join(filter(None, (best.why, often, beside))),
        best.source,
        quote=shown.quote,
        place=shown.span,
        suggestion=best.suggestion,
        around=_around(report, best),
        heard=ended(around_feeling(report.coded.text(best.answers))) if best.answers else "",
        others=elsewhere_of(list(terms.values()) if said else group, best),
    )


def _to_the_point(finding: Finding) -> Finding:
    """A long judgment from its last “but” on: what stands before is only the way there."""
    but = max((found.start() for found in _BUT.finditer(finding.quote)), default=0)
    long = within(finding.kind, "judgment") and worded(finding.quote) > LONG
    return replace(finding, start=finding.start + but) if long and worded(finding.quote[but:]) >= BARE else finding


def _around(report: Report, finding: Finding) -> str:
    """The statement a short quote stands in, so that a single word is not shown without its sentence."""
    if len(finding.quote.split()) > FEW:
        return ""
    for statement in report.coded.statements_of(finding.utterance):
        if statement.start <= finding.start and finding.end <= statement.end and statement.span != finding.span:
            return report.coded.text(statement)
    return ""
