"""The notebooks: as their script writes them, outputs cleared, and running from the first cell to the last."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="needs nbformat, nbclient and ipykernel: pip install '.[dev]'")

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"
NAME = "researchers.ipynb"


def _cells(book: Any) -> list[tuple[str, str, str]]:
    return [(cell["id"], cell["cell_type"], cell["source"]) for cell in book["cells"]]


def _read() -> Any:
    return nbformat.read(FOLDER / NAME, as_version=4)


def test_the_notebook_is_as_its_script_writes_it() -> None:
    made = runpy.run_path(str(FOLDER / "make.py"))["notebook"]()
    assert _cells(_read()) == _cells(made), "run notebooks/make.py and keep what it writes"


def test_its_outputs_are_cleared() -> None:
    code = [cell for cell in _read()["cells"] if cell["cell_type"] == "code"]
    assert code and not any(cell["outputs"] or cell["execution_count"] for cell in code)


@pytest.mark.skipif(
    not any((ROOT / "models").glob("*/config.json")), reason="needs the trained coder, and models/ holds none yet"
)
def test_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = "needs nbclient and ipykernel: pip install '.[dev]'"
    nbclient = pytest.importorskip("nbclient", reason=missing)
    pytest.importorskip("ipykernel", reason=missing)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))  # nothing of ours in the user's history
    shutil.copy(FOLDER / "human-codes.csv", tmp_path)
    book = _read()
    nbclient.NotebookClient(book, timeout=900, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [out for cell in book["cells"] for out in cell.get("outputs", ())]
    printed = "".join(out.get("text", "") for out in shown)
    assert "60 rows of the table found a place" in printed
    assert "kappa" in printed
    assert {p.stem for p in (tmp_path / "all-tables").iterdir()} == {
        "measures",
        "findings",
        "statements",
        "utterances",
    }
    picture = shown[-1]["data"]
    assert "<svg" in picture["image/svg+xml"]
    assert not any("cdn.jsdelivr.net" in str(out) for out in shown), "a picture that fetches its drawing program"
