"""``rapport deidentify``: one transcript into another file, without direct identifiers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from transcript_rapport.cli.convert import Convert
from transcript_rapport.cli.door import say
from transcript_rapport.deidentification import NAME, RESIDUAL, deidentified
from transcript_rapport.errors import RoleError
from transcript_rapport.roles import assign
from transcript_rapport.session import Session
from transcript_rapport.settings import DEFAULTS
from transcript_rapport.writers.reports import Marked


@dataclass(frozen=True)
class Deidentify(Convert):
    """How to convert, with placeholders for direct identifiers; ``practitioner``: the label of theirs, if named."""

    practitioner: str | None = None

    def prepared(self, given: str, marked: Marked) -> Marked:
        """The session without direct identifiers, and without marks, which point at words as they were."""
        session, marks = marked
        if marks:
            say(f"{given}: codes and findings stay behind, for they point at words as they were")
        return deidentified(self._with_roles(session)), ()

    def written(self, out: str) -> None:
        """Say that some identifiers will be missed."""
        say(f"{out}: {RESIDUAL}")

    def file_name(self, session: Session) -> str:
        """A plain name: a session's own often holds somebody's."""
        del session
        return NAME

    def _with_roles(self, session: Session) -> Session:
        """The session with its roles where they can be told, so that labels keep saying who the practitioner is."""
        bare = replace(session, roles={}) if self.practitioner else session
        try:
            return assign(bare, DEFAULTS.with_changes({"practitioner": self.practitioner}))
        except RoleError:
            if self.practitioner:
                raise
            return session
