"""pyannote.audio as the diariser, with a pipeline of the same shape standing in for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.recordings import sounds
from transcript_rapport.errors import ReadError, SettingsError
from transcript_rapport.recordings import Heard, Segment, hear
from transcript_rapport.recordings.pyannote import Pyannote, load
from transcript_rapport.settings import DEFAULTS

pytest.importorskip("av", reason="needs the extra 'audio'")
TURNS = sounds.conversation(6)
TRACKS = sounds.talk(TURNS, TURNS[-1].end / 1000 + 1)


class Annotation:
    def itertracks(self, yield_label: bool) -> Iterator[tuple[Any, str, str]]:
        assert yield_label
        for turn in reversed(TURNS):
            yield SimpleNamespace(start=turn.start / 1000, end=turn.end / 1000), "_", f"SPEAKER_0{turn.speaker}"


class Pipeline:
    """Answers as pyannote.audio 4 does, and remembers what it was asked."""

    asked: dict[str, Any]

    @classmethod
    def from_pretrained(cls, checkpoint: str) -> Pipeline | None:
        if "damaged" in checkpoint:
            raise KeyError("segmentation")
        return None if "elsewhere" in checkpoint else cls()

    def __call__(self, file: dict[str, Any], **asked: object) -> Any:
        type(self).asked = {**file, **asked}
        return SimpleNamespace(speaker_diarization=Annotation())


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("pyannote.audio")
    module.Pipeline = Pipeline  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyannote", ModuleType("pyannote"))
    monkeypatch.setitem(sys.modules, "pyannote.audio", module)
    monkeypatch.setenv("PYANNOTE_METRICS_ENABLED", "true")
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")


def folder(tmp_path: Path, name: str) -> str:
    (tmp_path / name).mkdir()
    (tmp_path / name / "config.yaml").write_text("pipeline: {}")
    return str(tmp_path / name)


@pytest.mark.usefixtures("there")
def test_a_session_by_pyannote(tmp_path: Path) -> None:
    path = sounds.wav(tmp_path / "a.wav", TRACKS.sum(axis=0, keepdims=True))
    named = {"consent": "Ada Hart", "diarisation": folder(tmp_path, "pipeline"), "speakers": 2}
    session = hear(path, DEFAULTS.with_changes(named), activity=sounds.Loud)
    assert [(u.start_ms, u.end_ms) for u in session] == [(t.start, t.end) for t in TURNS]
    assert Pipeline.asked["waveform"].shape == (1, TRACKS.shape[1])
    assert (Pipeline.asked["sample_rate"], Pipeline.asked["num_speakers"]) == (16_000, 2)


@pytest.mark.usefixtures("there")
def test_nothing_is_fetched_and_nothing_told_to_anybody() -> None:
    load("pyannote")
    assert (os.environ["HF_HUB_OFFLINE"], os.environ["PYANNOTE_METRICS_ENABLED"]) == ("1", "false")


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("name", ["damaged", "elsewhere"])
def test_a_pipeline_that_cannot_be_used(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=r"cannot be used \(.*nothing is fetched"):
        load(folder(tmp_path, name))


def test_no_folder() -> None:
    with pytest.raises(SettingsError, match=r"'there/is/none' is not a folder with a pipeline"):
        load("there/is/none")


def test_a_missing_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyannote.audio", None)
    with pytest.raises(SettingsError, match=r"pip install 'transcript-rapport\[audio,pyannote\]'"):
        load("pyannote")


def test_an_earlier_release_answers_with_the_annotation_itself(tmp_path: Path) -> None:
    path = sounds.wav(tmp_path / "a.wav", TRACKS)
    heard = Heard(path, 1000, ((),), np.zeros((1, 1), np.float32), np.zeros((0, 30), np.float32))
    assert Pyannote(lambda _, **__: Annotation())(heard, 0) == [Segment(*turn) for turn in TURNS]


def test_a_pipeline_that_stops(tmp_path: Path) -> None:
    def stops(_: object) -> None:
        raise RuntimeError("out of\nmemory")

    path = sounds.wav(tmp_path / "a.wav", TRACKS)
    heard = Heard(path, 1000, ((),), np.zeros((1, 1), np.float32), np.zeros((0, 30), np.float32))
    with pytest.raises(ReadError, match=r"could not tell the voices apart \(out of memory\)"):
        Pyannote(stops)(heard, 0)
