"""A coverage-guided fuzzer over every reader, with atheris (`pip install transcript-rapport[fuzz]`).

    python fuzz/readers.py FOLDER text -max_total_time=120
    python fuzz/readers.py FOLDER --all 60

FOLDER keeps the corpus that grows, a folder a reader, and what broke the contract. Seeds are made from an invented
session (tests/robustness/seeds.py); the contract is tests/robustness/contract.py, and a reader that takes longer than
two seconds and more than 2 s a megabyte is a find too. Without atheris, `one` still runs a single input.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from types import FunctionType, ModuleType
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.robustness.contract import outcome
from tests.robustness.seeds import seeds, zipped

from transcript_rapport import plugins

LIMIT_S, LONGEST = 2.0, 1 << 16
"""Seconds of processor time an input may take, and the bytes of the longest one."""
WORDS = ("word/document.xml", "content.xml", "xl/worksheets/sheet1.xml")
"""The parts of packages that hold the words: changed bytes inside a package would only break its checksum."""
Target = tuple[str, bytes, Callable[[bytes], bytes]]
"""A file's name, a seed, and how bytes like the seed become the file."""


@cache
def targets(reader: str) -> list[Target]:
    """The reader's seeds as they are, and of those that are packages the part that holds the words."""
    found: list[Target] = []
    for name, data in seeds(reader):
        found.append((name, data, bytes))
        if data.startswith(b"PK") and reader != "archive":
            with ZipFile(BytesIO(data)) as archive:
                parts = {member: archive.read(member) for member in archive.namelist()}
            words = next(part for part in parts if part in WORDS)
            found.append((name, parts[words], partial(_packed, parts, words)))
    return found


def _packed(parts: dict[str, bytes], words: str, data: bytes) -> bytes:
    return zipped(*(parts | {words: data}).items())


def one(reader: str, data: bytes) -> None:
    """Hold the contract on one input: its first byte chooses among the reader's targets, the rest is the file."""
    name, _, wrap = targets(reader)[data[0] % len(targets(reader)) if data else 0]
    begun = time.process_time()
    outcome(name, wrap(data[1:]))
    taken = time.process_time() - begun
    if taken > LIMIT_S:
        raise TimeoutError(f"{taken:.1f} s for {len(data):,} bytes")


def plant(reader: str, folder: Path) -> None:
    """Write the reader's seeds into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, data, _) in enumerate(targets(reader)):
        (folder / f"seed-{number}-{name}").write_bytes(bytes([number]) + data)


def fuzz(reader: str, folder: Path, arguments: list[str]) -> None:
    """Fuzz one reader from its seeds; ``arguments`` are libFuzzer's. Does not return."""
    import atheris

    for name in plugins.available("readers"):  # Loaded before anything is instrumented: only ours matter.
        plugins.load("readers", name)
    _warm(reader)
    for module in [module for name, module in sys.modules.items() if name.startswith("transcript_rapport.readers")]:
        _instrument(module)
    plant(reader, folder / reader)
    limits = [f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=2500", f"-artifact_prefix={folder}/{reader}-"]
    atheris.Setup([sys.argv[0], str(folder / reader), *limits, *arguments], lambda data: one(reader, data))
    atheris.Fuzz()


def _instrument(module: ModuleType) -> None:
    """Count branches in the functions of one module."""
    import atheris

    for value in list(vars(module).values()):
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            atheris.instrument_func(value)


def _warm(reader: str) -> None:
    """Read every seed once, so that what loads late is not timed."""
    for name, data in seeds(reader):
        outcome(name, data)


def main() -> None:
    """The command line: one reader with libFuzzer's arguments, or all of them for so many seconds each."""
    folder, reader, *arguments = sys.argv[1:]
    if reader != "--all":
        fuzz(reader, Path(folder), arguments)
    for name in sorted(plugins.available("readers")):
        limit = f"-max_total_time={arguments[0] if arguments else 60}"
        subprocess.run([sys.executable, __file__, folder, name, limit], check=False)  # noqa: S603


if __name__ == "__main__":
    main()
