"""The house rules that would decay without a test."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "transcript_rapport"
PYPROJECT = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
MODULES = sorted(PACKAGE.rglob("*.py"))

ORDER = (
    {"errors", "session", "codebook", "constructs", "timestamps", "placeholders"},
    {"report", "settings", "plugins"},
    {"lexicons", "statements", "norms", "english", "language", "medical"},
    {"readers", "roles", "coder", "detectors", "measures", "renderers"},
    {"recordings", "deidentification", "questionnaires"},
    {"analysis"},
    {"batch"},
    {"across"},
    {"writers"},
    {"training"},
    {"web"},
    {"cli"},
)
"""From the nouns to the doors: a module may import from its own room and from earlier rows only."""

ALLOWED = {
    ("report", "renderers"),  # a report draws itself in a notebook; loaded when that is asked for
    ("renderers", "measures"),  # the picture of talk over time shows the windows that the measures define
    ("measures", "detectors"),  # openings, moves and stacked questions are counted where they are found
}
HEAVY = ("torch", "spacy", "pandas", "transformers", "numpy", "altair", "jinja2", "rich", "typer")
VAGUE = {"utils", "util", "common", "helpers", "core", "base", "manager", "misc"}


def _room(path: Path) -> str:
    """The part of the package a file belongs to: its folder, or its own name; empty for the package itself."""
    first = path.relative_to(PACKAGE).parts[0]
    return "" if first == "__init__.py" else first.removesuffix(".py")


def _imported_rooms(path: Path) -> Iterator[str]:
    """The parts of the package that a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "transcript_rapport" and not rest.startswith("__"):
                yield rest.split(".")[0]


def _row(room: str) -> int:
    for row, rooms in enumerate(ORDER):
        if room in rooms:
            return row
    raise AssertionError(
        f"{room!r} has no place in the order yet: give it one in this test and in docs/architecture.md"
    )


@pytest.mark.parametrize("path", [p for p in MODULES if _room(p)], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    own = _room(path)
    for other in _imported_rooms(path):
        allowed = other == own or (own, other) in ALLOWED or _row(other) < _row(own) or _row(own) == _row(other) < 3
        assert allowed, f"{own} must not import {other}"


def test_importing_the_package_loads_nothing_heavy() -> None:
    look = f"import sys, transcript_rapport; print([m for m in {HEAVY!r} if m in sys.modules])"
    seen = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


def test_help_loads_no_model_library() -> None:
    look = "import sys, transcript_rapport.cli.commands; print({'torch', 'spacy', 'pandas'} & set(sys.modules))"
    seen = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "set()"


def test_no_module_has_a_vague_name() -> None:
    names = {part.removesuffix(".py") for path in MODULES for part in path.relative_to(PACKAGE).parts}
    assert not names & VAGUE


def _public(path: Path) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Public functions and classes of a module, and public methods of those classes."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                inner = (n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))
                yield from inner


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_everything_public_says_what_it_does(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path.name} has no docstring"
    silent = [node.name for node in _public(path) if not ast.get_docstring(node)]
    assert not silent, f"without a docstring: {', '.join(silent)}"


ENTRIES = {
    f"{group}: {name}": value
    for group, entries in PYPROJECT["project"]["entry-points"].items()
    for name, value in entries.items()
}


@pytest.mark.parametrize("value", ENTRIES.values(), ids=ENTRIES.keys())
def test_every_part_that_is_declared_exists(value: str) -> None:
    assert find_spec(value) is not None


def test_the_settings_name_parts_that_are_declared() -> None:
    from transcript_rapport.settings import DETECTORS, MEASURES

    points = PYPROJECT["project"]["entry-points"]
    assert set(DETECTORS) == set(points["transcript_rapport.detectors"])
    assert set(MEASURES) == set(points["transcript_rapport.measures"])
