import json

import pytest

from tests.readers.asking import one, times


@pytest.mark.parametrize("unit", [1, 1000, 16_000])
def test_offsets_in_whatever_unit(unit: int) -> None:
    transcripts = [
        {"transcript": "How was the week?", "start_offset": 1 * unit, "end_offset": 3 * unit, "speaker_id": 7},
        {"transcript": "Long.", "start_offset": 4 * unit, "end_offset": 5 * unit, "speaker_id": 9},
    ]
    content = json.dumps({"speech": {"transcripts": transcripts, "speakers": [{"id": 7, "speaker_name": "Dr Lee"}]}})
    assert times("a.json", content) == [("Dr Lee", 1_000, 3_000), ("Speaker 9", 4_000, 5_000)]
    assert one("a.json", content).format == "Otter JSON"
