"""Runs the notebooks and keeps what they show: ``python notebooks/make.py``.

Change a notebook in Jupyter (or as the JSON it is), run this, and look at what came out. The tests run them again and
compare: outputs are never stale.
"""

# mypy: disable-error-code="no-untyped-call,no-any-return"
# nbformat says nothing about the types of these functions.

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent
NAMES = ("1-first-session", "2-why-flagged", "3-caseload", "4-agreement", "5-new-code", "6-talk-time")
METADATA = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}


def read() -> dict[str, nbformat.NotebookNode]:
    """Every notebook by name, with the outputs it keeps."""
    return {name: nbformat.read(FOLDER / f"{name}.ipynb", as_version=4) for name in NAMES}


def run(books: Sequence[nbformat.NotebookNode], place: Path) -> None:
    """Run them from first to last cell in ``place``, beside copies of their files; outputs are those a reader keeps.

    All in one kernel, so that the coder is loaded once; every notebook begins without the names of the one before.
    """
    shutil.copytree(FOLDER, place, ignore=shutil.ignore_patterns("*.ipynb", "*.py", "__*"), dirs_exist_ok=True)
    cells = [cell for book in books for cell in (nbformat.v4.new_code_cell("%reset -f"), *book["cells"])]
    for n, cell in enumerate(cells):
        cell["id"] = f"cell-{n}"
    together = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    where = {"metadata": {"path": str(place)}}
    own_place = {**os.environ, "IPYTHONDIR": str(place / ".ipython")}  # nothing of ours in the user's history
    NotebookClient(together, timeout=900, record_timing=False, resources=where).execute(env=own_place)
    for book in books:
        _settle(book)


def _settle(book: nbformat.NotebookNode) -> None:
    """What stays the same from run to run: numbered cells, and no report pages, which are long and need no keeping."""
    book["metadata"] = METADATA
    numbers = count(1)
    for n, cell in enumerate(book["cells"]):
        cell["id"], cell["metadata"] = f"cell-{n}", {}
        for output in cell.get("outputs", ()):
            if "<iframe" in output.get("data", {}).get("text/html", ""):
                del output["data"]["text/html"]
        if cell["cell_type"] == "code":
            cell["execution_count"] = next(numbers)
            for output in cell["outputs"]:
                if "execution_count" in output:
                    output["execution_count"] = cell["execution_count"]


def main() -> None:
    """Run all notebooks and write them with what they show."""
    books = read()
    with TemporaryDirectory() as place:
        run(list(books.values()), Path(place))
    for name, book in books.items():
        nbformat.write(book, FOLDER / f"{name}.ipynb")


if __name__ == "__main__":
    main()
