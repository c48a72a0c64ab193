"""What goes wrong, said in one sentence: where, what was seen, what was expected, what to do."""

from __future__ import annotations


class RapportError(Exception):
    """An error a user can act on.

    Printed as ``where: seen; expected …; remedy``. The parts stay available as attributes and
    survive pickling, so a worker process can hand the error back whole.
    """

    def __init__(self, where: str, seen: str, expected: str = "", remedy: str = "") -> None:
        super().__init__(where, seen, expected, remedy)
        self.where = where
        self.seen = seen
        self.expected = expected
        self.remedy = remedy

    def __str__(self) -> str:
        return self._told(self.remedy)

    @property
    def option(self) -> str:
        """The remedy where it names options of the command line, which are told at a terminal only."""
        return self.remedy if " --" in self.remedy else ""

    @property
    def without_option(self) -> str:
        """The sentence for a page: whole, or without its remedy where that names options."""
        return self._told("" if self.option else self.remedy)

    def _told(self, remedy: str) -> str:
        expected = f"expected {self.expected}" if self.expected else ""
        told = "; ".join(part for part in (self.seen, expected, remedy) if part)
        return f"{self.where}: {told}" if self.where else told


class ReadError(RapportError):
    """A file cannot be read as a transcript."""


class RoleError(RapportError):
    """Who the practitioner is cannot be said with enough certainty."""


class SettingsError(RapportError):
    """A setting is unknown or has an impossible value."""


class ModelError(RapportError):
    """The coder's weights are missing, damaged or of another kind."""


class CorpusError(RapportError):
    """A training corpus is missing or is not the distribution its reader knows."""
