"""What comes out: statements with their codes, findings, measures, and the report that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from transcript_rapport.codebook import OwnCode
from transcript_rapport.session import Role, Session, Utterance

if TYPE_CHECKING:
    import pandas as pd


SURE = 0.6
"""A label or code whose probability is lower is shown as unsure."""


class Share(NamedTuple):
    """A share (0 to 1) as people would have counted it in this session, and its 90 % interval."""

    value: float
    low: float
    high: float


class Span(NamedTuple):
    """A place in a session: characters ``start`` to ``end`` of the text of one utterance."""

    utterance: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One complete thought inside an utterance.

    ``probabilities`` holds every code the coder knows for this speaker's role (0 to 1);
    ``codes`` only those it asserts: above their calibrated thresholds, and of judgment the likeliest kind where all
    together are above theirs. ``left``: what of them counts where the
    statement's words speak against some; None where they speak against none. ``moves``: the moves of
    ``lexicons/moves.toml`` that it makes in whatever words, with their probabilities (``coder.moves``).
    """

    utterance: int
    start: int
    end: int
    codes: Mapping[str, float] = field(default_factory=dict)
    probabilities: Mapping[str, float] = field(default_factory=dict)
    left: Mapping[str, float] | None = None
    moves: Mapping[str, float] = field(default_factory=dict)

    @property
    def counted(self) -> Mapping[str, float]:
        """The codes that findings and measures rest on, with their probabilities."""
        return self.codes if self.left is None else self.left

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.utterance, self.start, self.end)

    def has(self, prefix: str) -> bool:
        """Whether a code counts that is ``prefix`` or belongs to its family."""
        return any(code == prefix or code.startswith(prefix + ".") for code in self.counted)


@dataclass(frozen=True, slots=True)
class Label:
    """What one whole utterance does: a practitioner's behaviour or a client's talk type.

    ``behaviour`` is ``question | reflection | input | other`` for practitioners, else None;
    ``talk_type`` is ``change | sustain | neutral`` for clients, else None; ``probability`` is the
    coder's for whichever of the two was given. ``remarks``: of a practitioner's utterance, how likely a supervisor
    would remark on it so (``coder.remarks``).
    """

    behaviour: str | None = None
    talk_type: str | None = None
    probability: float | None = None
    remarks: Mapping[str, float] = field(default_factory=dict)

    @property
    def unsure(self) -> bool:
        """Whether the coder would not lean on it: experts disagree about such utterances too."""
        return self.probability is not None and self.probability < SURE


@dataclass(frozen=True)
class Coded:
    """A session with its statements and labels: what detectors and measures work on.

    ``labels`` has one entry per utterance, in order; ``statements`` are in order of the transcript. ``shares``:
    behaviour or talk type → its share among the labels, corrected for the coder's known error. ``strays``: code, family
    or talk type → how many times more a count of it scatters because the coder miscounts. Both are empty where people
    coded. ``own``: codes of the user's own, by name. ``lexicons``: the user's own lexicons, as the TOML they are.
    ``shown``: remark → the probability from which it is sure enough to be shown.
    """

    session: Session
    statements: tuple[Statement, ...]
    labels: tuple[Label, ...]
    shares: Mapping[str, Share] = field(default_factory=dict)
    strays: Mapping[str, float] = field(default_factory=dict)
    own: Mapping[str, OwnCode] = field(default_factory=dict)
    lexicons: tuple[str, ...] = ()
    shown: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def _by_utterance(self) -> dict[int, tuple[Statement, ...]]:
        grouped: dict[int, list[Statement]] = {}
        for statement in self.statements:
            grouped.setdefault(statement.utterance, []).append(statement)
        return {index: tuple(members) for index, members in grouped.items()}

    def statements_of(self, utterance: int) -> tuple[Statement, ...]:
        """The statements of one utterance, in order (empty where it has no words)."""
        return self._by_utterance.get(utterance, ())

    @cached_property
    def _by_role(self) -> dict[Role, tuple[Statement, ...]]:
        grouped: dict[Role, list[Statement]] = {}
        for statement in self.statements:
            grouped.setdefault(self.session.role_of(statement.utterance), []).append(statement)
        return {role: tuple(members) for role, members in grouped.items()}

    def by_role(self, role: Role) -> tuple[Statement, ...]:
        """The statements of everyone with ``role``."""
        return self._by_role.get(role, ())

    def remarked(self, name: str) -> dict[int, float]:
        """The utterances that a supervisor would surely enough remark on so, each with its probability."""
        least = self.shown.get(name, 2.0)
        likely = ((n, label.remarks.get(name, 0.0)) for n, label in enumerate(self.labels))
        return {n: probability for n, probability in likely if probability >= least}

    def text(self, span: Statement | Span) -> str:
        """The words of a statement or span."""
        return self.session[span.utterance].text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Finding:
    """A place worth showing: what kind it is, the words, why, on whose authority, and what else to say.

    The quote is cut from the utterance it points at, so quote and offsets cannot differ.
    ``score`` is a probability (0 to 1). ``answers`` points at the words it answers, where there
    are any: the client's for a reflection or validation, the question for what is left open when asked.
    """

    kind: str
    of: Utterance
    start: int
    end: int
    why: str
    source: str
    suggestion: str = ""
    score: float = 1.0
    answers: Span | None = None

    @property
    def utterance(self) -> int:
        """The index of the utterance it stands in."""
        return self.of.index

    @property
    def quote(self) -> str:
        """The words, cut from the utterance."""
        return self.of.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.of.index, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A named threshold from a published source; ``good`` is None where the source gives one value."""

    name: str
    basic: float
    good: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One number, what it was counted on, and how sure it is.

    ``value`` is None where it cannot be measured, and ``note`` then says why. ``low`` and ``high``
    bound a 90 % interval (rates and ratios only). ``base`` is the count behind the number and
    ``base_of`` names what was counted. ``evidence`` lists the places it was counted on.
    """

    name: str
    title: str
    value: float | None
    unit: str
    base: int
    base_of: str
    low: float | None = None
    high: float | None = None
    threshold: Threshold | None = None
    note: str = ""
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Report:
    """A rapport report: the coded session, its findings and measures, and how it was made."""

    coded: Coded
    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]
    made_with: Mapping[str, object]

    @property
    def session(self) -> Session:
        """The session the report is on."""
        return self.coded.session

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Its statements, in order."""
        return self.coded.statements

    def __repr__(self) -> str:
        return f"<Report on {self.session.name!r}: {len(self.findings)} findings, {len(self.measures)} measures>"

    def measure(self, name: str) -> Measure:
        """The measure called ``name``; a KeyError lists the names there are."""
        for measure in self.measures:
            if measure.name == name:
                return measure
        raise KeyError(f"{name!r}; this report has {', '.join(m.name for m in self.measures)}")

    def of_kind(self, *prefixes: str) -> Iterator[Finding]:
        """Findings whose kind is one of ``prefixes`` or belongs to its family."""
        for finding in self.findings:
            if any(finding.kind == p or finding.kind.startswith(p + ".") for p in prefixes):
                yield finding

    def to_frame(self, table: str = "measures") -> pd.DataFrame:
        """A tidy pandas table: ``utterances``, ``statements``, ``findings`` or ``measures``; a SettingsError else."""
        from transcript_rapport.renderers.tables import frame, rows

        return frame(rows(self, table), table)

    def save(self, path: str | Path) -> Path:
        """Writes the report to ``path``, in the format of its ending, such as .html, .json, .csv or .txt.

        A SettingsError where no renderer writes that ending.
        """
        from transcript_rapport import plugins
        from transcript_rapport.errors import SettingsError

        known = {plugins.load("renderers", name).SUFFIX: name for name in sorted(plugins.available("renderers"))}
        name = known.get(Path(path).suffix.lower())
        if name is None:
            raise SettingsError(str(path), f"no format ends in {Path(path).suffix!r}", f"one of {', '.join(known)}")
        Path(path).write_text(plugins.load("renderers", name).render(self), encoding="utf-8")
        return Path(path)

    def _repr_html_(self) -> str:
        """The report's page inside a notebook cell, kept apart from the notebook's own styles."""
        from html import escape

        from transcript_rapport.renderers.html import render

        page = escape(render(self), quote=True)
        return f'<iframe srcdoc="{page}" style="width:100%;height:70vh;border:0" title="Rapport report"></iframe>'


def spans(statements: Sequence[Statement]) -> tuple[Span, ...]:
    """The places of ``statements``, as evidence for a measure."""
    return tuple(statement.span for statement in statements)
