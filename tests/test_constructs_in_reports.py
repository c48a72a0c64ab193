"""Every construct is found in the report of a session that holds it, and not in that of one that lacks it.

The sessions and how they are read stand in ``constructs_in_reports.toml``.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import get_args

import pytest

from tests import invented
from transcript_rapport import analysis, constructs
from transcript_rapport.renderers import html
from transcript_rapport.renderers import json as machine
from transcript_rapport.settings import DEFAULTS, Reader

PAIRS = tomllib.loads(Path(__file__).with_suffix("").with_name("constructs_in_reports.toml").read_text("utf-8"))
SHOWN = [c for c in constructs.constructs() if c.grade != "N"]
NAMED = {c.name: (*c.measures, *c.findings) for c in SHOWN}

every = pytest.mark.parametrize("pair", PAIRS.items(), ids=lambda pair: pair[0])


def report_of(lines):
    times = [tuple(round(1000 * second) for second in line[3:]) or (None, None) for line in lines]
    return analysis.report_on(invented.coded([tuple(line[:3]) for line in lines], times))


class Seen:
    """What the report of one session shows, read from what is given to machines and from the page."""

    def __init__(self, lines):
        report = report_of(lines)
        told = json.loads(machine.render(report))
        self.measures = {measure["name"]: measure for measure in told["measures"]}
        self.quotes = {finding["kind"]: finding["quote"] for finding in told["findings"]}
        self.page = html.render(report)
        self.text = plain(self.page)

    def value(self, name):
        return self.measures[name]["value"]

    def holds(self, part):
        """Whether a measure is above nought, or a finding is there; the page tells it in either case."""
        if part not in self.measures:
            assert part not in self.quotes or self.quotes[part] in self.text
            return part in self.quotes
        measure = self.measures[part]
        assert f'id="m-{part}"' in self.page
        assert measure["title"] in self.text
        if measure["value"] is None:
            assert measure["note"]
            _, _, told = self.text.partition(f"Not measurable, because {measure['note']}: ")
            assert measure["title"] in told
        return bool(measure["value"])


@cache
def seen(name, which):
    return Seen(PAIRS[name][which])


def plain(page):
    """The words of a page, without its script and style."""
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", "", page, flags=re.DOTALL)
    return " ".join(unescape(bare).split())


def test_every_construct_that_a_report_shows_has_its_two_sessions():
    assert list(PAIRS) == [construct.name for construct in SHOWN]


@every
def test_the_pair_speaks_of_parts_that_the_construct_names(pair):
    name, given = pair
    apart = [part for key in ("against", "more", "less") for part in given.get(key, ())]
    assert set(given) <= {"holds", "lacks", "against", "more", "less"}
    assert set(apart) <= set(NAMED[name])
    assert len(set(apart)) == len(apart)


@every
def test_a_construct_is_found_where_it_is_held_and_not_where_it_is_lacked(pair):
    name, given = pair
    held, lacked = seen(name, "holds"), seen(name, "lacks")
    against = set(given.get("against", ()))
    found = set(NAMED[name]) - against - {*given.get("more", ()), *given.get("less", ())}
    assert {part for part in found if not held.holds(part)} == set(), "not found where the construct is held"
    assert {part for part in found if lacked.holds(part)} == set(), "found where the construct is lacked"
    assert {part for part in against if held.holds(part)} == set(), "found although the construct is held"
    assert {part for part in against if not lacked.holds(part)} == set(), "not found although it is lacked"


@every
def test_an_amount_differs_between_the_two(pair):
    name, given = pair
    held, lacked = seen(name, "holds"), seen(name, "lacks")
    assert [part for part in given.get("more", ()) if not held.value(part) > lacked.value(part)] == []
    assert [part for part in given.get("less", ()) if not held.value(part) < lacked.value(part)] == []


@pytest.mark.parametrize("reader", get_args(Reader))
def test_what_no_transcript_shows_is_on_the_page_with_what_to_use_instead_and_a_weak_sign_with_its_caveat(reader):
    coded = invented.coded([("T", "Hello.", []), ("C", "Hello.", [])])
    text = plain(html.render(analysis.report_on(coded, replace(DEFAULTS, reader=reader))))
    for construct in constructs.not_measurable():
        why = construct.why[0].upper() + construct.why[1:]
        assert f"{construct.name}{why}. Use instead: {construct.instead}." in text
    for construct in constructs.weakly_shown():
        why = construct.why[0].upper() + construct.why[1:]
        assert f"{construct.name}{why}. Signs:" in text
