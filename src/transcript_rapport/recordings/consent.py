"""Consent: nobody's recording is opened before somebody confirmed that those who speak agreed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from transcript_rapport.errors import ReadError, SettingsError
from transcript_rapport.recordings.sound import is_recording, refuse_others
from transcript_rapport.settings import Settings


def check(paths: Iterable[str], settings: Settings, together: bool = False) -> None:
    """A SettingsError where recordings are among ``paths`` and nobody confirmed consent; no recording is opened.

    What is only named as one passes: it is refused when its turn comes, and the others go on.
    """
    given = list(paths)
    recordings = [path for path in given if is_recording(path)]
    if together and recordings and len(recordings) < len(given):
        expected = "recordings only, or transcripts only"
        raise SettingsError(recordings[0], "--together was given transcripts as well", expected, "give one kind")
    for path in recordings:
        with suppress(ReadError):
            confirmed_by(path, settings)


def confirmed_by(path: str, settings: Settings) -> str:
    """Who confirmed that everyone heard agreed to this; a SettingsError where nobody did.

    A ReadError where nobody did and nobody needs to, since the file is no recording.
    """
    name = " ".join((settings.consent or "").split())
    if not name:
        refuse_others(path)
        seen = "nobody has confirmed yet that everyone heard agreed to have this recording analysed"
        remedy = 'add --consent NAME with the name of whoever confirms it (or consent = "NAME" in the settings)'
        raise SettingsError(path, seen, "", remedy)
    return name


def delete(path: str) -> None:
    """Remove a recording for good; a ReadError where the system does not allow it."""
    try:
        Path(path).unlink()
    except OSError as error:
        seen = f"the report was written, but the recording could not be deleted ({error.strerror})"
        raise ReadError(path, seen, "", "delete it by hand") from None
