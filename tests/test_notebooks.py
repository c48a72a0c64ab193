"""The notebooks: short, ending with a picture, running from the first cell to the last, and showing what they keep."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

MISSING = "needs nbformat, nbclient and ipykernel: pip install '.[dev]'"
for module in ("nbformat", "nbclient", "ipykernel"):
    pytest.importorskip(module, reason=MISSING)

ROOT = Path(__file__).parents[1]
MAKE = runpy.run_path(str(ROOT / "notebooks" / "make.py"))
NAMES = MAKE["NAMES"]
NUMBER = re.compile(r"\d+(?:\.\d+)?")
AGAIN = "run python notebooks/make.py, look at what came out, and keep what it writes"


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    books: dict[str, Any] = MAKE["read"]()
    return books


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if not any((ROOT / "models").glob("*/config.json")):
        pytest.skip("needs the trained coder, and models/ holds none yet")
    pytest.importorskip("sklearn", reason="training a new code needs scikit-learn: pip install '.[dev]'")
    books: dict[str, Any] = MAKE["read"]()
    MAKE["run"](list(books.values()), tmp_path_factory.mktemp("notebooks"))
    return books


def _code(book: Any) -> list[Any]:
    return [cell for cell in book["cells"] if cell["cell_type"] == "code"]


def _told(output: Any) -> str:
    """The words and numbers of an output: of a picture its labels, of a table its cells."""
    data = output.get("data", {})
    if "image/svg+xml" in data:
        return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", data["image/svg+xml"]))
    if "text/html" in data:
        return re.sub(r"<style.*?</style>|<[^>]+>", " ", data["text/html"], flags=re.DOTALL)
    return str(data.get("text/plain", output.get("text", "")))


def _words(outputs: list[Any]) -> list[str]:
    return NUMBER.sub(" # ", " ".join(map(_told, outputs))).split()


def _numbers(outputs: list[Any]) -> list[float]:
    return [float(number) for output in outputs for number in NUMBER.findall(_told(output))]


def test_these_are_all_there_are() -> None:
    assert sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_short_and_ends_with_a_picture_drawn_on_this_machine(kept: dict[str, Any], name: str) -> None:
    code = _code(kept[name])
    assert 5 <= len(code) <= 10
    assert kept[name]["cells"][0]["source"].startswith(f"# {name[0]} · ")
    assert 'alt.renderers.enable("svg")' in code[0]["source"]
    assert "<svg" in code[-1]["outputs"][-1]["data"]["image/svg+xml"]
    assert "title=" in code[-1]["source"]


@pytest.mark.parametrize("name", NAMES)
def test_it_names_no_machine_and_fetches_nothing(kept: dict[str, Any], name: str) -> None:
    shown = str([cell["outputs"] for cell in _code(kept[name])])
    for strange in (str(ROOT), str(Path.home()) + "/", "/tmp", "cdn.jsdelivr.net", "<script", "'stderr'"):
        assert strange not in shown


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_and_shows_what_it_keeps(kept: dict[str, Any], fresh: dict[str, Any], name: str) -> None:
    for before, now in zip(_code(kept[name]), _code(fresh[name]), strict=True):
        assert _words(now["outputs"]) == _words(before["outputs"]), AGAIN
        assert _numbers(now["outputs"]) == pytest.approx(_numbers(before["outputs"]), rel=0.02, abs=0.02), AGAIN
