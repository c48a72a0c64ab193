"""What subtitles and plain text share: clock times and escaped words."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from transcript_rapport.session import Session, Utterance


def cues(session: Session, payload: Callable[[Utterance], str], point: str) -> str:
    """Numbered cues with a blank line after each; ``point`` stands before the milliseconds."""
    return "".join(
        f"{number}\n{clock(u.start_ms or 0, point)} --> {clock(u.end_ms or 0, point)}\n{payload(u)}\n\n"
        for number, u in enumerate(session, start=1)
    )


def voiced(spoken: Utterance) -> str:
    """The words inside a voice tag that names the speaker."""
    return f"<v {escaped(spoken.speaker)}>{escaped(spoken.text)}</v>"


def escaped(words: str) -> str:
    """The words with what would be markup written as entities."""
    return escape(words, quote=False).replace("{", "&#123;").replace("\u200b", "&#8203;")


def clock(ms: int, point: str = ".") -> str:
    """The time as hours, minutes, seconds and, after ``point``, milliseconds."""
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"
