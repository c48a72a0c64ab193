"""Recordings: from sound to a session, with who spoke when, and with words where the user names a recogniser.

Needs the extra ``audio``. Every recording stays where it is; nothing is copied, fetched or sent, and
nothing is inferred from a voice about feelings or about who somebody is.
"""

from __future__ import annotations

from transcript_rapport.recordings.consent import check, delete
from transcript_rapport.recordings.hearing import hear
from transcript_rapport.recordings.segments import Diariser, Heard, Segment
from transcript_rapport.recordings.sound import is_recording
from transcript_rapport.recordings.together import hear_all, hear_together

__all__ = ["Diariser", "Heard", "Segment", "check", "delete", "hear", "hear_all", "hear_together", "is_recording"]
