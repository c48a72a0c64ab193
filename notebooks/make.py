"""Writes ``researchers.ipynb`` from the cells below, outputs cleared: ``python notebooks/make.py``."""

# mypy: disable-error-code="no-untyped-call,no-any-return"
# nbformat says nothing about the types of these functions.

from __future__ import annotations

from pathlib import Path

import nbformat

PLACE = Path(__file__).with_name("researchers.ipynb")

CELLS = (
    (
        "text",
        """\
# From transcripts to tables

Read sessions, analyse them, look at the numbers with their intervals, compare the codes with a person's own, and
put many sessions into one set of tables. Nothing leaves this machine.

The practice sessions are invented, and so are the human codes: what comes out here is no evidence of accuracy.""",
    ),
    (
        "code",
        """\
from pathlib import Path

import altair as alt
import pandas as pd

from transcript_rapport import analyse, read
from transcript_rapport.across import agree, frames, human, told
from transcript_rapport.across.gather import gather, inside
from transcript_rapport.cli import practice
from transcript_rapport.settings import Settings

alt.renderers.enable("svg")  # drawn on this machine; Altair's usual way fetches its drawing program from the internet
pd.set_option("display.max_colwidth", 90)

FOLDER = practice.folder()  # or your own: Path("my-sessions")
OUT = Path("all-tables")
settings = Settings()  # for example Settings(practitioner="Dr Lee")""",
    ),
    (
        "text",
        """\
## One session

A session is the file as it stood: utterances, speakers, times.""",
    ),
    (
        "code",
        """\
(session,) = read(FOLDER / "alcohol_brief_intervention.csv")
session""",
    ),
    (
        "text",
        """\
`analyse` decides who is who, codes every statement, and measures. A report shows itself as its page.""",
    ),
    (
        "code",
        """\
report = analyse(session, settings)
report""",
    ),
    (
        "text",
        """\
## Tables

Four of them, tidy: `utterances`, `statements`, `findings`, `measures`. The columns are in `docs/frames.md`.""",
    ),
    (
        "code",
        """\
statements = report.to_frame("statements")
statements[["utterance", "role", "text", "codes", "probabilities"]].head(8)""",
    ),
    (
        "code",
        """\
report.to_frame("findings")[["kind", "utterance", "quote", "why", "source"]].head(8)""",
    ),
    (
        "text",
        """\
## Measures with their intervals

Each says what it was counted on (`base`) and between which values it plausibly lies (`low`, `high`: 90 %). A missing
value is not 0: the note says why it cannot be measured.""",
    ),
    (
        "code",
        """\
measures = report.to_frame("measures")
measures[["title", "value", "low", "high", "unit", "base", "base_of", "note"]].head(20)""",
    ),
    (
        "text",
        """\
## A person's codes beside ours

`human-codes.csv` has a row an utterance with the behaviour or talk type a person would give. Codes of single
statements go into a column `codes`; see `docs/agreement.md`. Two people who code the same session differ too: compare
these figures with theirs.""",
    ),
    (
        "code",
        """\
rows = human.read("human-codes.csv")
agreement = agree.agree(human.align(rows, [report]))
print(told.agreed(agreement))""",
    ),
    (
        "text",
        """\
## Many sessions in one set of tables

A file that cannot be used is told, and the others go on. Parquet keeps the types and is read by pandas, polars, R and
DuckDB. On the command line: `rapport analyse my-sessions/* --format parquet --out all-tables`.""",
    ),
    (
        "code",
        """\
found = gather(inside(FOLDER), settings)
for problem in found.problems:
    print(problem.sentence)
frames.to_parquet(found.reports, OUT)""",
    ),
    (
        "code",
        """\
together = pd.read_parquet(OUT / "measures.parquet")
together.pivot_table(index="session", columns="name", values="value")[
    [
        "talk.practitioner_word_share",
        "listening.open_question_share",
        "listening.complex_reflection_share",
    ]
].round(2)""",
    ),
    (
        "text",
        """\
## A picture

How much of the words the practitioner speaks in each session; the line is the 90 % interval. Where two lines overlap
widely, the sessions may not differ at all.""",
    ),
    (
        "code",
        """\
shares = together[together["name"] == "talk.practitioner_word_share"].dropna(subset=["value"]).sort_values("value")
sessions = alt.Y("session:N", sort=shares["session"].tolist(), title=None)
whole = alt.Scale(domain=[0, 1])
words = alt.X("low:Q", title="practitioner's share of the words", axis=alt.Axis(format="%"), scale=whole)
base = alt.Chart(shares).encode(y=sessions)
intervals = base.mark_rule(strokeWidth=2).encode(x=words, x2="high:Q")
values = base.mark_point(filled=True, size=80, opacity=1).encode(x="value:Q")
half = alt.Chart().mark_rule(strokeDash=[4, 4], color="grey").encode(x=alt.datum(0.5))
(half + intervals + values).properties(width=480, title="Who speaks how much")""",
    ),
)
"""Kind and words of each cell, in order."""
NEW = {"text": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}


def notebook() -> nbformat.NotebookNode:
    """The notebook, with numbered cell names so that the file only changes where a cell does."""
    cells = [NEW[kind](words, id=f"cell-{number}") for number, (kind, words) in enumerate(CELLS)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


if __name__ == "__main__":
    nbformat.write(notebook(), PLACE)
