from dataclasses import replace

from tests.renderers import reports
from transcript_rapport.renderers import strip


def test_each_row_has_its_name_and_its_picture() -> None:
    report = reports.full()
    whole, (larger,) = strip.overview(report), strip.strip(report)
    assert [row.name for row in whole.rows] == ["practitioner", "client", "went towards the client", "worth a look"]
    assert [row.name for row in larger.rows][:3] == ["practitioner", "client", "Reflections"]
    assert all(row.svg.startswith("<svg") for row in (*whole.rows, *larger.rows))


def test_every_utterance_is_a_block_and_every_mark_stands_in_the_row_of_its_family() -> None:
    report = reports.full()
    (larger,) = strip.strip(report)
    for spoken in report.session:
        (row,) = (r for r in larger.rows if r.name == report.session.role_of(spoken))
        assert f'href="#u{spoken.index}"' in row.svg
    (advice,) = (row for row in larger.rows if row.name == "Advice")
    assert advice.svg.count("<a ") == 1 and 'href="#u6"' in advice.svg


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
