import json
import math
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.invented import remarked
from tests.renderers import reports
from transcript_rapport.renderers import json as json_renderer
from transcript_rapport.renderers import jsonl
from transcript_rapport.report import Measure, Report

SCHEMA = json.loads(files("transcript_rapport.renderers").joinpath("report.schema.json").read_text(encoding="utf-8"))


def strict(schema: Any) -> Any:
    """The schema with every object closed, so that an undocumented key is seen."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if "properties" in schema:
        closed["additionalProperties"] = False
    return closed


READ_SO = replace(reports.full(), coded=remarked(reports.full().coded, {4: {"well": 0.81239}, 6: {"advice": 0.7}}))
"""A report in which a supervisor would likely remark on two utterances."""


@pytest.mark.parametrize("report", [reports.full(), reports.full(times=True), reports.bare(), READ_SO])
def test_real_output_meets_the_published_schema_and_has_no_undocumented_key(report: Report) -> None:
    document = json.loads(json_renderer.render(report))
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(strict(SCHEMA)).validate(document)
    assert json.loads(jsonl.render(report)) == document


def test_every_key_of_the_contract_is_there() -> None:
    document = json.loads(jsonl.render(reports.full()))
    assert list(document) == ["schema", "session", "utterances", "findings", "measures", "made_with"]
    assert document["schema"] == "transcript-rapport/report/1"
    assert document["session"]["source"] == "invented.txt"
    assert document["session"]["practitioner"] == ["T"]
    assert {"name", "source", "duration_ms", "practitioner", "client", "role_certainty"} <= set(document["session"])
    assert {"kind", "utterance", "start", "end", "quote", "why", "source", "suggestion", "score"} <= set(
        document["findings"][0]
    )
    assert {"name", "value", "low", "high", "unit", "base", "threshold", "note"} <= set(document["measures"][0])


def test_utterances_are_all_there_and_quotes_equal_their_slices() -> None:
    document = json.loads(jsonl.render(reports.full()))
    utterances = document["utterances"]
    assert [u["index"] for u in utterances] == list(range(len(reports.LINES)))
    assert [u["text"] for u in utterances] == [text for _, text, _ in reports.LINES]
    for finding in document["findings"]:
        assert finding["quote"] == utterances[finding["utterance"]]["text"][finding["start"] : finding["end"]]


def test_labels_stand_only_where_they_belong() -> None:
    utterances = json.loads(jsonl.render(reports.full()))["utterances"]
    assert utterances[0]["behaviour"] == "question"
    assert utterances[0]["talk_type"] is None
    assert utterances[5]["talk_type"] == "change"
    assert utterances[5]["behaviour"] is None


def test_remarks_stand_where_there_are_any() -> None:
    utterances = json.loads(jsonl.render(READ_SO))["utterances"]
    assert {u["index"]: u["remarks"] for u in utterances if "remarks" in u} == {4: {"well": 0.8124}, 6: {"advice": 0.7}}
    assert "remarks" not in jsonl.render(reports.full())


def test_jsonl_is_one_line_whatever_the_text_holds_and_keeps_its_letters() -> None:
    report = reports.full()
    odd = "one\ntwo\u2028three\x85four – ü"
    spoken = replace(report.session[1], text=odd)
    session = replace(report.session, utterances=(report.session[0], spoken, *report.session[2:]))
    line = jsonl.render(replace(report, coded=replace(report.coded, session=session)))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["utterances"][1]["text"] == odd
    assert "– ü" in line
    assert "🙂" in line


def test_numbers_are_rounded_and_never_nan() -> None:
    odd = Measure("talk.odd", "Odd", math.nan, "share", 3, "things", low=-math.inf, high=2 / 3)
    document = json_renderer.document(replace(reports.full(), measures=(odd,)))
    measure = document["measures"][0]  # type: ignore[index]
    assert (measure["value"], measure["low"], measure["high"]) == (None, None, 0.6667)


def test_the_same_report_renders_to_the_same_bytes() -> None:
    assert json_renderer.render(reports.full()) == json_renderer.render(reports.full())
