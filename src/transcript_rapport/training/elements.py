"""Whether a report shows what a short exchange holds, and does not show what it only looks like.

``python -m transcript_rapport.training.elements FOLDER [--each]`` reads exchanges (``corpora/moves/exchanges``), makes
a report of each, and prints for every element in how many of those that hold it its measure or finding is there, and
in how many of those that only look like it. With ``--each`` also the ones that went wrong.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from transcript_rapport.analysis import analyse
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.report import Report
from transcript_rapport.training import as_command
from transcript_rapport.training.marked import Exchange, exchanges
from transcript_rapport.training.scores import bootstrap

MEASURES = {
    "language.stigma_label": "acceptance.label_findings",
    "advice.without_permission": "partnership.advice_without_permission_per_ten_turns",
    "advice.with_permission": "partnership.advice_with_permission_share",
    "partnership.autonomy": "partnership.autonomy_per_ten_turns",
    "partnership.collaborate": "partnership.collaborate_per_ten_turns",
    **{f"validation.{way}": f"validation.{way}_per_hundred_statements" for way in ("affirm", "normalise", "support")},
    "question.stacked": "clarity.stacked_question_share",
    "jargon.unexplained": "language.unexplained_jargon_per_ten_turns",
    "jargon.explained": "language.explained_jargon_share",
    "self_disclosure": "frame.self_disclosures_per_ten_turns",
    "client.insight": "dynamics.insight_per_hundred_statements",
    "client.rupture": "responsiveness.rupture_markers_per_hundred_statements",
    "client.change_talk": "client.change_talk_utterances",
    "client.disclosure": "client.disclosure_per_hundred_statements",
    **{kind: f"{move.room}.{kind.partition('.')[2]}_per_ten_turns" for kind, move in moves().items()},
}
"""The measure that counts each element; those that are not here are findings, told by their family."""
FINDINGS = ("judgment", "opening.missed")


@dataclass(frozen=True)
class Shown:
    """An exchange, and whether its report shows the element."""

    exchange: Exchange
    shown: bool

    @property
    def right(self) -> bool:
        """Whether what is held is shown, or what is not held is not."""
        return self.shown == self.exchange.holds


def shows(report: Report, element: str) -> bool:
    """Whether a measure of the element is above nought, or its finding is there (of judgment, any kind); anywhere."""
    if element.startswith(FINDINGS):
        family = next(name for name in FINDINGS if element.startswith(name))
        return any(finding.kind.startswith(family) for finding in report.findings)
    return any(measure.name == MEASURES[element] and measure.value for measure in report.measures)


def table(every: Sequence[Shown]) -> str:
    """Found and wrongly found, an element a row and all together, in Markdown; intervals of 90 %."""
    by_element: dict[str, list[Shown]] = defaultdict(list)
    for one in every:
        by_element[one.exchange.element].append(one)
    rows = ["| element | found where it is held | found where it only looks so |", "|---|---|---|"]
    rows += [f"| {element} | {_of(own, True)} | {_of(own, False)} |" for element, own in by_element.items()]
    return "\n".join([*rows, f"| all | {_share(every, True)} | {_share(every, False)} |"]) + "\n"


def _of(own: Iterable[Shown], holds: bool) -> str:
    asked = [one.shown for one in own if one.exchange.holds == holds]
    return f"{sum(asked)} of {len(asked)}"


def _share(own: Iterable[Shown], holds: bool) -> str:
    asked = [one.shown for one in own if one.exchange.holds == holds]
    value, low, high = bootstrap(asked, lambda drawn: sum(drawn) / max(1, len(drawn)))
    within = "" if low is None or high is None else f" ({low:.2f} to {high:.2f})"
    return f"{value:.2f}{within} of {len(asked)}"


def each(one: Shown) -> str:
    """An exchange that went wrong, with its words."""
    said = (f"  {'>' if u.index == one.exchange.at else ' '} {u.speaker} {u.text}" for u in one.exchange.session)
    return "\n".join([f"{'missed' if one.exchange.holds else 'wrong'}: {one.exchange.element}", *said, ""])


def main(arguments: Sequence[str]) -> int:
    """FOLDER [--each]."""
    folders = [Path(argument) for argument in arguments if argument != "--each"]
    if len(folders) != 1:
        sys.stderr.write("elements: expected FOLDER, with exchanges, and perhaps --each\n")
        return 2
    every = [Shown(one, shows(analyse(one.session), one.element)) for one in exchanges(folders[0])]
    wrong = [one for one in every if not one.right] if "--each" in arguments else []
    sys.stdout.write("".join(map(each, wrong)) + table(every))
    return 0


if __name__ == "__main__":
    as_command(main)
