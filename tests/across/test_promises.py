"""Promises across sessions: where one comes up again, where it does not, and that neither is called kept or broken."""

from __future__ import annotations

from dataclasses import replace

from tests.across import sessions
from transcript_rapport.across import page, told, trend
from transcript_rapport.across.promises import LAST, NOT_FOUND, content, promises
from transcript_rapport.detectors import moves
from transcript_rapport.report import Report


def report(name: str, *said: str) -> Report:
    held = sessions.with_measures(
        name, sessions.share(5, 20), lines=[("T" if n % 2 == 0 else "C", s, ()) for n, s in enumerate(said)]
    )
    return replace(held, findings=tuple(moves.detect(held.coded)))


FIRST = report("s1", "I'll send you the leaflet about sleep.", "Thanks.", "I will talk to your teacher.", "Good.")
SECOND = report(
    "s2", "Did the leaflets on sleeping reach you?", "They did.", "I'm going to refer you to the clinic.", "Yes."
)


def test_what_comes_up_again_is_quoted_and_the_rest_is_worth_asking() -> None:
    sleep, teacher, clinic = promises([FIRST, SECOND])
    assert (sleep.session, sleep.later) == ("s1", "s2") and sleep.quote.startswith("Did the leaflets")
    assert (teacher.told, clinic.told) == (NOT_FOUND, LAST)


def test_the_client_or_an_earlier_session_does_not_count() -> None:
    client = report("s2", "How was your week?", "I read the leaflet about sleep.")
    assert promises([FIRST, client])[0].told == NOT_FOUND
    assert promises([SECOND, FIRST])[1].told == LAST


def test_content_words_meet_in_their_forms() -> None:
    assert content("the leaflets on sleeping") == content("A leaflet about sleep") == {"leaflet", "sleep"}


def test_they_are_shown_and_never_called_kept() -> None:
    trends = trend.trends([FIRST, SECOND], "T")
    for text in (told.moved(trends), page.trend(trends)):
        assert "taken up again in s2" in text and "worth asking" in text
        assert "kept" not in text and "broken" not in text
