"""Lines that transcription services write beside the talk, and how they spell out times."""

from __future__ import annotations

import re

NOTICES = (
    ("Otter", re.compile(r"transcribed by (https?://)?(www\.)?otter\.ai/?\.?", re.IGNORECASE)),
    ("Teams", re.compile(r".{1,80} (started|stopped) transcription\.?")),
    ("Rev", re.compile(r"this transcript was exported on .{1,80}", re.IGNORECASE)),
    ("Rev", re.compile(r"(transcribed|transcript) by (https?://)?(www\.)?rev(\.com)?/?\.?", re.IGNORECASE)),
    ("Sonix", re.compile(r"(transcribed|transcript) (by|with) (https?://)?(www\.)?sonix(\.ai)?/?\.?", re.IGNORECASE)),
    ("Trint", re.compile(r"(transcribed|transcript) (by|with) (https?://)?(www\.)?trint(\.com)?/?\.?", re.IGNORECASE)),
    ("Google Meet", re.compile(r"this editable transcript was computer generated.{1,120}", re.IGNORECASE)),
    ("Google Meet", re.compile(r"(meeting|transcription) ended (after|at) \d\d:\d\d(:\d\d)?.{0,5}", re.IGNORECASE)),
)
"""A service, and the whole line that only it writes."""
_LONGEST = 160
_RECORD = "(?:transcript(?:ion)?|recording|session|interview|audio|tape|video|file)"
_END = re.compile(
    rf"\W*(?:the )?(?:end(?:s|ed)?(?: of)?(?: the)? {_RECORD}"
    rf"|{_RECORD} (?:has )?(?:ends?|ended|stops|stopped))\b[\W\d]*",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"\W*(?:confidential(?:ity)?|disclaimer|copyright|©|transcribed by|transcript by)\b.*", re.IGNORECASE
)


def notice(line: str) -> str | None:
    """The service that wrote ``line`` as a notice of its own, or None."""
    if len(line) > _LONGEST:
        return None
    return next((name for name, pattern in NOTICES if pattern.fullmatch(line)), None)


def ends(line: str, *, apart: bool) -> bool:
    """Whether a line says that the talk is over (``[End of recording]``), or heads a foot, which stands ``apart``."""
    return bool(not line[:1].islower() and _END.fullmatch(line)) or (apart and bool(_FOOT.fullmatch(line)))
