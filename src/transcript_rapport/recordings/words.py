"""What was said: Whisper from a folder of weights the user names; nothing is ever fetched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from transcript_rapport.errors import ReadError, SettingsError
from transcript_rapport.measures.times import Stretch, union
from transcript_rapport.recordings.activity import bridged
from transcript_rapport.recordings.joining import Said, Word, join
from transcript_rapport.recordings.segments import Segment, label
from transcript_rapport.recordings.sound import BLOCK, RATE, Sound, as_one
from transcript_rapport.recordings.stages import Stages, fingerprint
from transcript_rapport.session import Utterance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

LONGEST_MS = 28_000
"""Whisper hears 30 s at a time."""
MARGIN_MS = 200
TELLING_MS = 5000
SURE = 0.5
"""A language is believed from this probability on."""
ENGLISH = "en"


class Recogniser(Protocol):
    """Turns up to 30 s of sound into words."""

    def language(self, samples: Samples) -> tuple[str, float] | None:
        """The language heard, as a two-letter code, and how surely; None where the weights know only English."""

    def words(self, samples: Samples) -> list[Word]:
        """The words with their times in milliseconds from the start of ``samples``."""


def spoken(
    sound: Sound,
    folder: str,
    segments: Sequence[Segment],
    progress: Callable[[str], None],
    recogniser: Recogniser | None = None,
    kept: Stages | None = None,
) -> tuple[tuple[Utterance, ...], tuple[str, ...]]:
    """Utterances with their words, and notes on how they came about; none where no words were made out.

    Passages that an earlier run recognised are taken from ``kept``. A ReadError where the talk is not
    in English, for only English is coded.
    """
    stage = (kept or Stages()).stage("words", {"asr": fingerprint(folder)})
    spans = passages(segments)
    known = {(start, end) for start, end, _ in stage.entries}
    left = [span for span in spans if span not in known]
    ear = (recogniser or load(folder)) if left else None
    told = [f"words recognised by Whisper from {folder}, and not checked by anybody"]
    for number, (span, samples) in enumerate(cut(sound, left), len(spans) - len(left) + 1):
        if ear and span == _judged(spans):
            _only_english(sound.path, ear.language(samples))
        stage.add([*span, [list(word) for word in ear.words(samples)] if ear else []])
        progress(f"words: {number} of {len(spans)} passages")
    wanted = set(spans)
    heard = [(start, words) for start, end, words in stage.entries if (start, end) in wanted]
    said, unheard = join([Word(text, at + a, at + b) for at, words in heard for text, a, b in words], segments)
    return _utterances(said), (*told, *_left(unheard))


def _judged(spans: Sequence[Stretch]) -> Stretch:
    """The passage by which the language is told: the first of some length, for "mm" is much the same in any."""
    long = (span for span in spans if span[1] - span[0] >= TELLING_MS)
    return next(long, max(spans, key=lambda span: span[1] - span[0]))


def passages(segments: Sequence[Segment]) -> list[Stretch]:
    """All speech cut into passages of at most 28 s, at pauses where there are any."""
    speech = union((max(0, s.start - MARGIN_MS), s.end + MARGIN_MS) for s in segments)
    found: list[Stretch] = []
    for start, end in bridged(speech, 1000):
        parts = -(-(end - start) // LONGEST_MS)
        edges = [start + (end - start) * part // parts for part in range(parts + 1)]
        found += list(pairwise(edges))
    return found


def cut(sound: Sound, spans: Sequence[Stretch]) -> Iterator[tuple[Stretch, Samples]]:
    """Each span with its samples, channels heard as one; the recording streams by once."""
    import numpy as np

    kept, begins = np.zeros(0, np.float32), 0
    waiting = list(spans)[::-1]
    for block in sound.blocks():
        kept = np.concatenate([kept, as_one(block)])
        while waiting and waiting[-1][1] * RATE // 1000 <= begins + len(kept):
            yield waiting[-1], _part(kept, begins, waiting.pop())
        drop = max(0, len(kept) - BLOCK)
        kept, begins = kept[drop:], begins + drop
    for span in reversed(waiting):
        yield span, _part(kept, begins, span)


def _part(kept: Samples, begins: int, span: Stretch) -> Samples:
    first, last = (max(0, moment * RATE // 1000 - begins) for moment in span)
    return kept[first:last]


def _only_english(path: str, heard: tuple[str, float] | None) -> None:
    if heard and heard[0] != ENGLISH and heard[1] >= SURE:
        seen = f"the talk sounds like language {heard[0]!r} ({heard[1]:.0%} sure)"
        remedy = "leave out --asr for a report on talk time alone"
        raise ReadError(path, seen, "English: only English is coded", remedy)


def _utterances(said: Sequence[Said]) -> tuple[Utterance, ...]:
    return tuple(Utterance(i, label(s.speaker), s.text, s.start, s.end) for i, s in enumerate(said))


def _left(unheard: Sequence[Word]) -> list[str]:
    if not unheard:
        return []
    first = unheard[0]
    places = f"the first, {first.text!r}, at {first.start / 1000:.1f} s"
    return [f"left out because nobody was heard speaking then: words recognised in silence, {len(unheard)} ({places})"]


def load(folder: str) -> Recogniser:
    """The recogniser in ``folder``: CTranslate2 weights for faster-whisper, or transformers' own."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    path = Path(folder)
    if not path.is_dir():
        raise SettingsError(
            "--asr", f"{folder!r} is not a folder", "a folder of Whisper weights", "see docs/recordings.md"
        )
    return FasterWhisper(folder) if (path / "model.bin").is_file() else TransformersWhisper(folder)


class FasterWhisper:
    """Whisper through faster-whisper, from a folder in CTranslate2's form."""

    def __init__(self, folder: str) -> None:
        # Without this file the library would look for one elsewhere.
        if not (Path(folder) / "tokenizer.json").is_file():
            raise _unusable(folder, ValueError("tokenizer.json is missing"))
        try:
            from faster_whisper import WhisperModel
        except ImportError:
            remedy = "pip install 'transcript-rapport[audio,asr]', or name weights in transformers' form"
            raise SettingsError("--asr", "these weights need the library faster-whisper", "", remedy) from None
        try:
            self._model: Any = WhisperModel(folder, device="cpu", compute_type="int8", local_files_only=True)
        # A damaged tokenizer is a bare Exception of the library behind it.
        except Exception as error:
            raise _unusable(folder, error) from None

    def language(self, samples: Samples) -> tuple[str, float] | None:
        """The language heard, and how surely; None where the weights know only English."""
        if not self._model.model.is_multilingual:
            return None
        code, surely, _ = self._model.detect_language(samples)
        return str(code), float(surely)

    def words(self, samples: Samples) -> list[Word]:
        """The words with their times; always the same for the same sound."""
        # Other temperatures draw by chance, and a report has to come out the same again.
        asked = {"temperature": 0.0, "beam_size": 5, "condition_on_previous_text": False}
        parts, _ = self._model.transcribe(samples, language=ENGLISH, word_timestamps=True, **asked)
        found = ((w.word.strip(), w.start, w.end) for part in parts for w in part.words or ())
        return [Word(text, round(start * 1000), round(end * 1000)) for text, start, end in found if text]


class TransformersWhisper:
    """Whisper through transformers, from a folder of its weights, processor and tokenizer."""

    def __init__(self, folder: str) -> None:
        from transformers import WhisperForConditionalGeneration, WhisperProcessor

        try:
            self._processor: Any = WhisperProcessor.from_pretrained(folder, local_files_only=True)
            model = WhisperForConditionalGeneration.from_pretrained(folder, local_files_only=True)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _unusable(folder, error) from None
        self._model: Any = model
        self._model.train(False)
        if not getattr(model.generation_config, "alignment_heads", None):
            raise _unusable(
                folder, ValueError("generation_config.json names no alignment_heads, so words have no times")
            )

    def language(self, samples: Samples) -> tuple[str, float] | None:
        """The language heard, and how surely; None where the weights know only English."""
        import torch

        config = self._model.generation_config
        codes = getattr(config, "lang_to_id", None)
        if not (config.is_multilingual and codes):
            return None
        begin = torch.tensor([[config.decoder_start_token_id]])
        with torch.inference_mode():
            logits = self._model(**self._features(samples), decoder_input_ids=begin).logits[0, -1]
        surely = logits[list(codes.values())].softmax(-1)
        return list(codes)[int(surely.argmax())].strip("<|>"), float(surely.max())

    def words(self, samples: Samples) -> list[Word]:
        """The words with their times."""
        import torch

        asked = {"language": ENGLISH, "task": "transcribe"} if self._model.generation_config.is_multilingual else {}
        with torch.inference_mode():
            # The mask says where the sound ends; without it words reach into the empty rest of the 30 s.
            made = self._model.generate(**self._features(samples), return_token_timestamps=True, **asked)
        tokens, times = made["sequences"][0].tolist(), made["token_timestamps"][0].tolist()
        return _whole_words(self._processor.tokenizer, tokens, [min(t, len(samples) / RATE) for t in times])

    def _features(self, samples: Samples) -> Any:
        return self._processor(samples, sampling_rate=RATE, return_tensors="pt", return_attention_mask=True)


def _whole_words(tokenizer: Any, tokens: Sequence[int], times: Sequence[float]) -> list[Word]:
    """Tokens joined to words, each from its first token's time to the time of the token after it."""
    special = set(tokenizer.all_special_ids)
    pieces: list[tuple[list[int], float, float]] = []
    for place, token in enumerate(tokens):
        text = tokenizer.decode([token]) if token not in special else ""
        if token in special or tokenizer.timestamp_ids()[0] <= token:
            continue
        end = times[place + 1] if place + 1 < len(times) else times[place]
        if text.startswith(" ") or not pieces:
            pieces.append(([token], times[place], end))
        else:
            pieces[-1] = ([*pieces[-1][0], token], pieces[-1][1], end)
    found = ((tokenizer.decode(ids).strip(), start, end) for ids, start, end in pieces)
    return [Word(text, round(start * 1000), round(max(start, end) * 1000)) for text, start, end in found if text]


def _unusable(folder: str, error: Exception) -> SettingsError:
    told = " ".join(str(error).split())[:160]
    return SettingsError(
        "--asr", f"{folder!r} cannot be used ({told})", "a folder of Whisper weights", "see docs/recordings.md"
    )
