import re
from dataclasses import replace

from tests import invented
from tests.renderers import reports
from transcript_rapport.renderers import pictures, strip
from transcript_rapport.report import Report


def test_each_row_has_its_name_and_its_picture() -> None:
    report = reports.full()
    whole, (larger,) = strip.overview(report), strip.strip(report)
    assert [row.name for row in whole.rows] == ["practitioner", "client", "3 went towards the client", "3 worth a look"]
    assert [row.name for row in larger.rows][:3] == ["practitioner", "client", "Reflections"]
    assert all(row.svg.startswith("<svg") for row in (*whole.rows, *larger.rows))


def test_every_utterance_is_a_block_and_every_mark_stands_in_the_row_of_its_family() -> None:
    report = reports.full()
    (larger,) = strip.strip(report)
    for spoken in report.session:
        (row,) = (r for r in larger.rows if r.name == report.session.role_of(spoken))
        assert f'href="#u{spoken.index}"' in row.svg
    (advice,) = (row for row in larger.rows if row.name == "Advice and information")
    assert advice.svg.count("<a ") == 1 and 'href="#u6"' in advice.svg


def test_words_about_dying_have_a_lane_and_a_shape_of_their_own_above_all_marks() -> None:
    report = reports.full()
    told = replace(report, findings=(reports.finding(report.coded, "safety.spoken", 3), *report.findings))
    names = [row.name for row in strip.overview(told).rows]
    assert names[2:] == ["1 to be read first", "3 went towards the client", "3 worth a look"]
    assert strip.strip_rows(told)[1][0] == strip.SAFETY
    assert f'd="{pictures.SHAPES["safety"]}"' in strip.overview(told).rows[2].svg


def crowd(marks: int, utterances: int) -> Report:
    """So many marks in the first of so many utterances, a word each."""
    said = " ".join(["tired"] * marks)
    coded = invented.coded([("T", said, ["reflection.simple"])] + [("C", said, [])] * (utterances - 1))
    return Report(coded, tuple(reports.finding(coded, "reflection.simple", 0, 6 * i) for i in range(marks)), (), {})


def lane(report: Report) -> str:
    return next(row.svg for row in strip.overview(report).rows if row.name.endswith("went towards the client"))


def test_marks_that_would_cover_each_other_stand_above_each_other() -> None:
    found = re.findall(r'<svg x="([\d.]+)%" y="([\d.]+)"', lane(crowd(3, 60)))
    (_, first), (_, second), (_, third) = found
    assert float(first) == float(second) + strip.STEP == float(third) + 2 * strip.STEP
    apart = re.findall(r'<svg x="([\d.]+)%" y="([\d.]+)"', lane(crowd(3, 1)))
    assert len({y for _, y in apart}) == 1


def test_marks_too_close_for_a_phone_are_drawn_smaller_there() -> None:
    assert 'class="strip lane-of"' in lane(crowd(20, 1))
    assert 'class="strip lane-of close"' in lane(crowd(40, 1))


def test_the_keyboard_comes_to_the_first_mark_of_a_lane_and_each_mark_has_a_name() -> None:
    told = lane(crowd(3, 60))
    assert re.findall(r'tabindex="(-?\d)"', told) == ["0", "-1", "-1"]
    assert told.count("><title>Simple reflection, 0: ") == 3 and "aria-hidden" not in told


def test_more_marks_than_can_be_told_apart_are_columns_that_lead_to_the_first_of_theirs() -> None:
    n = 4
    told = lane(crowd(n, 60))
    counted = [int(told) for told in re.findall(r"<title>(\d+) marks?,", told)]
    assert sum(counted) == n and len(counted) <= strip.COLUMNS
    assert 'href="#u0"' in told and "mark reflection" not in told


def test_a_strip_ends_by_the_clock_or_by_the_number_of_its_utterance() -> None:
    untimed, timed = strip.overview(reports.full()), strip.overview(reports.full(times=True))
    assert (untimed.begins, untimed.ends) == ("utterance 0", "utterance 9")
    assert (timed.begins, timed.ends) == ("0:00", "0:49")


def test_nothing_said_is_an_empty_strip() -> None:
    bare = reports.bare()
    nobody = replace(
        bare, coded=replace(bare.coded, session=replace(bare.session, utterances=()), statements=(), labels=())
    )
    assert strip.overview(nobody).rows == ()
