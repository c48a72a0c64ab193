"""The command line: a door that reads what was asked, calls the package, and says how it went."""

from __future__ import annotations


def main() -> None:
    """Run ``rapport``: what the console command and ``python -m transcript_rapport.cli`` call."""
    from transcript_rapport.cli.commands import app

    app(prog_name="rapport")
