"""The committed pages say what the definitions say."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcript_rapport.measures import pages

COMMITTED = Path(__file__).parents[2] / "docs" / "measures"


@pytest.mark.skipif(not COMMITTED.is_dir(), reason="docs/measures is not beside these tests")
def test_committed_pages_are_up_to_date(tmp_path):
    pages.write(tmp_path)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    committed = {path.name: path.read_text(encoding="utf-8") for path in COMMITTED.iterdir()}
    remedy = "run python -m transcript_rapport.measures.pages docs/measures, and delete pages of measures that are gone"
    assert committed == made, remedy


def test_a_page_tells_formula_range_base_interval_source_and_example():
    shown = pages.page(next(d for d in pages.definitions() if d.name == "listening.open_question_share"))
    for part in ("open questions ÷ questions", "0 to 1", "Wilson", "MITI 3.1.1", "6 ÷ 15", "no question was found"):
        assert part in shown
