"""Every construct of rapport has its place: shown by parts that exist, or named as not measurable, with what to use."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcript_rapport import constructs, plugins
from transcript_rapport.measures import pages
from transcript_rapport.settings import DETECTORS

COMMITTED = Path(__file__).parents[1] / "docs" / "constructs.md"
MEASURES = {definition.name for definition in pages.definitions()}
KINDS = {kind for name in DETECTORS for kind in plugins.load("detectors", name).KINDS}


@pytest.mark.parametrize("construct", constructs.constructs(), ids=lambda c: c.name)
def test_a_construct_is_shown_by_parts_that_exist_or_says_what_to_use_instead(construct):
    assert set(construct.measures) <= MEASURES
    assert set(construct.findings) <= KINDS
    assert all(letter in constructs.GRADES for letter in construct.grade.split(", "))
    if construct.measurable:
        assert construct.measures or construct.findings
        assert construct.instrument
    else:
        assert construct.why
        assert construct.instead


def test_every_kind_of_finding_belongs_to_a_construct_but_for_codes_of_the_users_own():
    named = {kind for construct in constructs.constructs() for kind in construct.findings}
    assert KINDS - named == {"own"}


def test_what_is_shown_by_a_weak_sign_alone_has_its_caveat():
    assert constructs.weakly_shown()
    assert all(construct.why and construct.measures for construct in constructs.weakly_shown())


def test_what_is_not_measurable_is_named_once():
    names = [construct.name for construct in constructs.not_measurable()]
    assert len(names) == len(set(names)) > 5
    assert any("Trust" in name for name in names)
    assert not any("Balance" in name for name in names)


@pytest.mark.skipif(not COMMITTED.is_file(), reason="docs/constructs.md is not beside these tests")
def test_the_committed_page_is_up_to_date():
    remedy = "run python -m transcript_rapport.constructs docs/constructs.md"
    assert COMMITTED.read_text(encoding="utf-8") == constructs.page(), remedy
