"""Judgment is found by the coder and by the words, and never in the client's words or a quotation of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.invented import Line, coded
from transcript_rapport import lexicons
from transcript_rapport.detectors import judgment, readings
from transcript_rapport.report import Finding, Statement


def _found(*lines: Line, leaning: float = 0.0) -> list[Finding]:
    """Findings, where the coder leans towards criticism that strongly without asserting it."""
    session = coded(lines)
    leant = (
        replace(s, probabilities={"judgment.criticise": leaning, **s.probabilities}) if leaning else s
        for s in session.statements
    )
    return list(judgment.detect(replace(session, statements=tuple(leant))))


def test_what_the_coder_asserts_is_one_finding_over_the_statement() -> None:
    text = "You brought this on yourself, did you not?"
    (found,) = _found(("T", text, ["judgment.criticise", "question.closed"]))
    assert (found.kind, found.quote, found.score) == ("judgment.criticise", text, 0.9)
    assert found.why
    assert found.suggestion


def _leaning(p: float, times: int) -> list[str | None]:
    """What is shown of a session in which the coder leans towards warning that strongly, that many times."""
    leant = {"judgment.warn": p}
    return readings.shown([Statement(0, 0, 0, leant, leant)] * times + [Statement(0, 0, 0, {}, {})] * 50)


def test_a_lone_lean_is_not_shown_but_one_that_recurs_is() -> None:
    assert set(_leaning(0.5, 7)) == {None}
    assert _leaning(0.5, 8) == ["judgment.warn"] * 8 + [None] * 50


def test_what_recurs_only_because_there_is_much_talk_is_not_shown() -> None:
    assert set(_leaning(0.5, 8)) == {"judgment.warn", None}
    leant = {"judgment.warn": 0.5}
    assert set(readings.shown([Statement(0, 0, 0, leant, leant)] * 8 + [Statement(0, 0, 0, {}, {})] * 500)) == {None}


def test_many_faint_leans_do_not_add_up() -> None:
    assert set(_leaning(readings.LIKELY - 0.01, 100)) == {None}


def _recurring(*lines: Line, likely: float = 0.6) -> list[Finding]:
    """Findings over these lines, which the coder is unsure of, in a session where judgment keeps recurring."""
    elsewhere: list[Line] = [("T", f"You always do that on a day like number {n}.", ["judgment.warn"]) for n in "abcd"]
    session = coded([*lines, ("C", "Hm.", []), *elsewhere])
    weaker = {line[1] for line in lines}
    statements = (
        replace(s, codes=dict.fromkeys(s.codes, likely), probabilities=dict.fromkeys(s.codes, likely))
        if session.text(s) in weaker
        else s
        for s in session.statements
    )
    return [f for f in judgment.detect(replace(session, statements=tuple(statements))) if f.quote in weaker]


@pytest.mark.parametrize("text", ["But as a nurse", "Uh, well- well, not really.", "I'm, okay, but you see --"])
def test_a_fragment_is_no_remark(text: str) -> None:
    assert _recurring(("T", text, ["judgment.confront"])) == []
    assert len(_recurring(("T", "You never gave it a chance.", ["judgment.confront"]))) == 1


@pytest.mark.parametrize(
    "text", ["So why don't you keep a list for a week?", "Now then, just open your mouth wide for me."]
)
def test_a_suggestion_and_an_examination_are_no_judgment(text: str) -> None:
    assert _recurring(("T", text, ["judgment.confront"])) == []


@pytest.mark.parametrize(
    "text",
    [
        "and even if we start you on it today",
        "So it sounds like the rum is what everyone there drinks.",
        "So why do you think you stay up like that?",
        "It doesn't sound silly to me at all.",
        "The shame that you carry belongs to somebody else.",
    ],
)
def test_what_is_supposed_mirrored_asked_for_or_lifted_is_no_remark(text: str) -> None:
    assert _recurring(("T", text, ["judgment.dismiss"])) == []
    assert len(_recurring(("T", "If you stay up like that, you will lose the job.", ["judgment.warn"]))) == 1


def test_words_lent_to_the_client_are_theirs() -> None:
    assert _recurring(("T", "I don't want to wake up in that ditch.", ["judgment.warn"]))
    text = "You can say, no thanks. I don't want to wake up in that ditch."
    session = coded([("T", text, []), *[("T", f"You did that on day {n}.", ["judgment.warn"]) for n in "abcd"]])
    lent = Statement(0, 24, len(text), {"judgment.warn": 0.7}, {"judgment.warn": 0.7})
    found = judgment.detect(replace(session, statements=(lent, *session.statements[1:])))
    assert [f.utterance for f in found] == [1, 2, 3, 4]


def test_what_is_likelier_to_be_kind_or_a_plain_question_is_no_remark() -> None:
    line: Line = ("T", "You kept it up for all of a week then.", ["judgment.confront"])
    for other in ("validation.affirm", "reflection.simple", "question.closed", "partnership.transparency"):
        session = coded([line, *[("T", f"You did that to her on day {n}.", ["judgment.warn"]) for n in "abcd"]])
        unlike = {"judgment.confront": 0.6, other: 0.7}
        first = replace(session.statements[0], codes=unlike, probabilities=unlike)
        found = list(judgment.detect(replace(session, statements=(first, *session.statements[1:]))))
        assert [f.utterance for f in found] == [1, 2, 3, 4]


def test_neighbours_of_one_kind_are_one_finding_as_sure_as_the_surest() -> None:
    text = "You could lose the flat. You could lose the dog. Nobody will come."
    session = coded([("T", text, [])])
    ends = (24, 48, len(text))
    sure = ({"judgment.warn": 0.91}, {"judgment.warn": 0.97}, {"judgment.dismiss": 0.95})
    statements = tuple(Statement(0, start, end, p, p) for start, end, p in zip((0, 25, 49), ends, sure, strict=True))
    warned, dismissed = judgment.detect(replace(session, statements=statements))
    assert (warned.quote, warned.score) == (text[:48], 0.97)
    assert (dismissed.kind, dismissed.quote) == ("judgment.dismiss", "Nobody will come.")


def test_sure_words_make_the_coders_reading_surer() -> None:
    (found,) = _found(("T", "You really should be ashamed of yourself.", ["judgment.moralise"]))
    assert found.score == pytest.approx(1 - 0.1 * (1 - readings.SURE))


def test_sure_words_decide_the_kind_where_the_coder_is_not_sure() -> None:
    (found,) = _recurring(("T", "I think you're overreacting to this.", ["judgment.confront"]))
    assert found.kind == "judgment.dismiss"
    assert found.score > readings.SURE


@pytest.mark.parametrize(
    "text", ["You should not feel guilty looking for another clinic.", "Please don't blame yourself for the fire."]
)
def test_taking_guilt_off_somebody_is_never_judgment(text: str) -> None:
    assert _found(("T", text, ["judgment.moralise"])) == []


def test_why_dont_you_is_a_suggestion_unless_it_asks_for_reasons() -> None:
    assert _found(("T", "Why don't you just wait until the spring?", ["advice.directive"])) == []
    assert len(_found(("T", "Why don't you just quit?", ["question.open"]))) == 1


def test_a_label_without_a_known_word_is_told_as_what_it_is() -> None:
    (found,) = _found(("T", "You will never be any different.", ["judgment.label"]))
    assert (found.why, found.suggestion) == (judgment.WORDLESS_WHY, judgment.WORDLESS_TRY)
    assert "people-first" not in found.why


def test_a_label_is_narrowed_to_its_words_and_told_by_the_lexicon() -> None:
    (found,) = _found(("T", "So your cousin is a junkie too.", ["judgment.label"]))
    assert found.quote == "junkie"
    assert found.suggestion == "A person who uses drugs."
    assert found.source.startswith("NIDA")


def test_sure_words_are_found_without_the_coder() -> None:
    (found,) = _found(("T", "So how long have you been an addict?", ["question.closed"]))
    assert (found.kind, found.quote, found.score) == ("judgment.label", "addict", readings.SURE)


def test_words_that_are_not_sure_need_the_coder_to_lean_that_way() -> None:
    line: Line = ("T", "Well, you're lazy in the mornings.", ["information"])
    assert _found(line) == []
    (found,) = _found(line, leaning=judgment.HINT + 0.1)
    assert found.kind == "judgment.label"
    assert found.score == pytest.approx(judgment.HINT + 0.1)


def test_a_kind_statement_silences_hints() -> None:
    line: Line = ("T", "You worry that it means you're lazy.", ["reflection.complex"])
    assert _found(line, leaning=0.4) == []


def test_the_clients_own_words_are_never_judgment() -> None:
    assert _found(("C", "I am an addict and a junkie.", [])) == []


@pytest.mark.parametrize(
    "text",
    [
        "You said “I am an addict” a moment ago.",
        'They wrote "addict" on the form.',
        "Earlier you said you were an addict.",
        "You told me they call you a junkie.",
        "I wouldn't call you an addict.",
        "You're not an addict to me.",
        "That doesn’t make you a junkie.",
    ],
)
def test_quoting_and_denying_are_not_judgment(text: str) -> None:
    assert _found(("T", text, ["information"])) == []
    assert _found(("T", text, ["judgment.label"])) == []


def test_handing_back_the_clients_word_is_a_reflection() -> None:
    said: Line = ("C", "I guess I am just an addict.", [])
    assert _found(said, ("T", "An addict, and tired of it.", ["reflection.simple"])) == []
    assert len(_found(said, ("T", "When did you become an addict?", ["question.closed"]))) == 1


def test_but_ends_the_report() -> None:
    assert len(_found(("T", "You said you would come, but an addict never does.", ["information"]))) == 1


def test_a_quotation_may_run_over_several_statements() -> None:
    text = "He wrote “I tried. I am an addict. I know.” on the card."
    session = coded([("T", text, [])])
    cut = text.index("I am"), text.index(" I know")
    places = ((0, cut[0] - 1), cut, (cut[1] + 1, len(text)))
    statements = tuple(
        Statement(0, start, end, {"judgment.label": 0.9} if start == cut[0] else {}) for start, end in places
    )
    assert list(judgment.detect(replace(session, statements=statements))) == []


@pytest.mark.parametrize("codes", [[], ["judgment.criticise"], ["judgment.label", "judgment.confront"]])
def test_no_words_are_found_twice(codes: list[str]) -> None:
    found = _found(("T", "Stop making excuses, you junkie, you should be ashamed of yourself.", codes))
    places = sorted((f.start, f.end) for f in found)
    assert found
    assert all(left[1] <= right[0] for left, right in pairwise(places))


@pytest.mark.parametrize(
    "text",
    [
        "You're right, nobody asked you first.",
        "I'm so sorry I called you lazy.",
        "That was the wrong question, and I take it back.",
        "I meant to help, and then I blamed you.",
        "I got that wrong.",
        "That was unfair of me.",
        "You've been let down by all of us, and you've no reason to trust me.",
    ],
)
def test_a_repair_an_apology_and_a_point_granted_are_never_judgment(text: str) -> None:
    said: Line = ("T", text, ["judgment.criticise", "judgment.confront"])
    assert _found(said) == []
    cleared = judgment.settled(replace(coded([said]), strays={"judgment": 2.0}))
    assert not cleared.statements[0].has("judgment")
    assert cleared.statements[0].probabilities["judgment.confront"] == 0.9


@pytest.mark.parametrize("text", ["I'm sorry, but you did this to her.", "You are not right in the head, you know."])
def test_an_apology_with_a_but_still_judges(text: str) -> None:
    assert len(_found(("T", text, ["judgment.criticise"]))) == 1


@pytest.mark.parametrize(
    "text", ["You dont need to know what to call it here.", "Really, you don't have to settle it tonight."]
)
def test_lifting_a_duty_is_no_should(text: str) -> None:
    assert _recurring(("T", text, ["judgment.moralise"])) == []
    assert _found(("T", text, ["judgment.moralise"])) == []
    assert len(_recurring(("T", text, ["judgment.dismiss"]))) == 1


def test_only_what_is_near_vouches() -> None:
    faint = {"judgment.confront": 0.5}
    harsh: list[Line] = [("T", f"You did that to her on day {n}.", ["judgment.warn"]) for n in "abcde"]
    quiet: list[Line] = [("T", f"The bus was late on day {n}.", []) for n in range(readings.STRETCH)]

    def shown(*lines: Line) -> bool:
        session = coded(lines)
        weaker = (replace(s, codes=faint, probabilities=faint) if s.utterance == 0 else s for s in session.statements)
        found = judgment.detect(replace(session, statements=tuple(weaker)))
        return any(f.utterance == 0 for f in found)

    first: Line = ("T", "You never gave it a chance.", ["judgment.confront"])
    assert shown(first, *quiet[1:], *harsh)
    assert not shown(first, *quiet, *harsh)


def test_an_order_to_stop_being_something_is_sure() -> None:
    (found,) = _found(("T", "So stop being lazy about the stairs.", ["advice.directive"]))
    assert (found.kind, found.quote) == ("judgment.criticise", "stop being lazy")
    (heard,) = _recurring(("T", "So stop being lazy about the stairs.", ["judgment.moralise"]))
    assert heard.kind == "judgment.criticise"


def test_a_wish_that_presses_is_a_duty_and_no_warning() -> None:
    (found,) = _recurring(("T", "I'm hoping that you will have rung them by then.", ["judgment.warn"]))
    assert found.kind == "judgment.moralise"


def test_a_fact_the_client_told_is_not_held_against_them() -> None:
    assert _recurring(("T", "You mentioned before that you have a bike.", ["judgment.confront"])) == []
    assert len(_recurring(("T", "You mentioned that you have to go, but you stayed.", ["judgment.confront"]))) == 1


def test_a_dark_forecast_is_a_warning_and_no_reassurance() -> None:
    (found,) = _recurring(("T", "Frankly it is only going to get worse.", ["judgment.dismiss"]))
    assert found.kind == "judgment.warn"


def test_an_answer_in_the_clients_own_reassurance_makes_nothing_small() -> None:
    answer: Line = ("T", "No, nothing to worry about there.", ["information"])
    assert _found(("C", "So I don't need to worry about the rash?", []), answer, leaning=0.4) == []
    assert len(_found(("C", "I worry about the rash a lot.", []), answer, leaning=0.4)) == 1


def test_what_repairs_does_not_vouch_for_what_else_is_said() -> None:
    assert _recurring(("T", "You never gave it a chance.", ["judgment.confront"]))
    repairs: list[Line] = [("T", f"I'm sorry for what I said on day {n}.", ["judgment.confront"]) for n in "abcdefg"]
    session = coded([*repairs, ("T", "You never gave it a chance.", ["judgment.confront"])])
    leant = {"judgment.confront": 0.5}
    faint = replace(session.statements[-1], codes=leant, probabilities=leant)
    assert list(judgment.detect(replace(session, statements=(*session.statements[:-1], faint)))) == []


def test_a_word_the_client_has_for_themselves_is_handed_back_not_said() -> None:
    said: Line = ("C", "He thinks I'm useless with the bills.", [])
    for codes in (["reflection.simple"], ["information"], ["judgment.criticise"]):
        assert _found(said, ("T", "You hear that you're useless.", codes)) == []
    assert len(_found(("C", "I forgot the bills.", []), ("T", "You're useless.", ["information"]))) == 1


def test_handing_back_what_was_said_in_order_to_object_is_an_argument() -> None:
    text = "You said it is your choice but you never chose."
    session = coded([("C", "It is my choice.", []), ("T", text, [])])
    cut, sure = text.index(" but"), {"judgment.confront": 0.95}
    parts = (Statement(1, 0, cut, sure, sure), Statement(1, cut + 1, len(text), sure, sure))
    (found,) = judgment.detect(replace(session, statements=(session.statements[0], *parts)))
    assert found.quote == text


def test_a_hint_stands_with_the_sentence_it_takes_up() -> None:
    text = "You can't leave him on his own all night, can you? That's cruel."
    session = coded([("T", text, [])])
    leads, names = {"judgment.confront": 0.5, "question.closed": 0.8}, {"judgment.criticise": 0.3}
    cut = text.index(" That's")
    parts = (Statement(0, 0, cut, {"question.closed": 0.8}, leads), Statement(0, cut + 1, len(text), {}, names))
    (found,) = judgment.detect(replace(session, statements=parts))
    assert (found.kind, found.quote) == ("judgment.criticise", text)
    assert found.score == pytest.approx(1 - 0.5 * 0.7)
    alone = replace(session, statements=(replace(parts[0], probabilities={"question.closed": 0.8}), parts[1]))
    (hint,) = judgment.detect(alone)
    assert (hint.quote, hint.score) == ("That's cruel", pytest.approx(0.3))


def test_a_tag_is_no_plain_question() -> None:
    line: Line = ("T", "You never gave it a chance, did you?", ["judgment.confront"])
    session = coded([line, *[("T", f"You did that to her on day {n}.", ["judgment.warn"]) for n in "abcd"]])
    asks = {"judgment.confront": 0.6, "question.closed": 0.8}
    first = replace(session.statements[0], codes=asks, probabilities=asks)
    found = list(judgment.detect(replace(session, statements=(first, *session.statements[1:]))))
    assert [f.utterance for f in found] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("said", "before"),
    [
        ("I still lay two places.", "It's Ben, from the bereavement line."),
        ("My brother died at Easter.", "Hello."),
        ("[crying] I know.", "Hello."),
        ("I'm so lonely in this house.", "Hello."),
    ],
)
def test_cheer_is_sure_after_grief_and_pain(said: str, before: str) -> None:
    text = "Now don't cry, chin up."
    (found,) = _found(("T", before, []), ("C", said, []), ("T", text, ["validation.support"]))
    assert (found.kind, found.quote, found.score) == ("judgment.dismiss", text, readings.SURE)
    assert _found(("C", "I lost my keys.", []), ("T", text, ["validation.support"])) == []


def test_what_others_say_to_console_is_handed_back() -> None:
    grief: Line = ("C", "My brother died at Easter.", [])
    assert _found(grief, ("T", "Everyone tells you that at least he's not in pain.", [])) == []


def test_words_that_console_are_entries_of_the_lexicon() -> None:
    assert {entry.id for entry in lexicons.entries("judgment")} >= readings.CONSOLES


def test_what_is_owned_as_harm_next_was_judging() -> None:
    line: Line = ("T", "You had promised that, right?", ["judgment.confront"])
    owned: Line = ("T", "I'm sorry, I was lecturing you.", ["validation.support"])
    for after, found in ((owned, ["judgment.confront"]), (("T", "And the shed?", ["question.open"]), [])):
        session = coded([line, ("C", "Hm.", []), after])
        leant = {"judgment.confront": 0.4}
        unsure = replace(session.statements[0], codes=leant, probabilities=leant)
        left = replace(session, statements=(unsure, *session.statements[1:]))
        assert [told.kind for told in judgment.detect(left) if told.score > readings.SURE] == found
