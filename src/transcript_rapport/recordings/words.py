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
from transcript_rapport.recordings.sound import BLOCK, RATE, Sound
from transcript_rapport.session import Utterance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

LONGEST_MS = 28_000
"""Whisper hears 30 s at a time."""
MARGIN_MS = 200
SURE = 0.5
"""A language is believed from this probability on."""
ENGLISH = "en"


class Recogniser(Protocol):
    """Turns up to 30 s of sound into words."""

    def language(self, samples: Samples) -> tuple[str, float]:
        """The language heard, as a two-letter code, and how surely."""

    def words(self, samples: Samples) -> list[Word]:
        """The words with their times in milliseconds from the start of ``samples``."""


def spoken(
    sound: Sound,
    folder: str,
    segments: Sequence[Segment],
    progress: Callable[[str], None],
    recogniser: Recogniser | None = None,
) -> tuple[tuple[Utterance, ...], tuple[str, ...]]:
    """Utterances with their words, and notes on how they came about.

    A ReadError where the talk is not in English, for only English is coded.
    """
    ear = recogniser or load(folder)
    words: list[Word] = []
    spans = passages(segments)
    for number, ((start, _), samples) in enumerate(cut(sound, spans), 1):
        if number == 1:
            _only_english(sound.path, *ear.language(samples))
        words += [Word(w.text, start + w.start, start + w.end) for w in ear.words(samples)]
        progress(f"words: {number} of {len(spans)} passages")
    said, unheard = join(words, segments)
    if not said:
        remedy = "leave out --asr for a report on talk time alone, or try other weights"
        raise ReadError(sound.path, "the recogniser made out no words", "talk in English", remedy)
    return _utterances(said), (
        f"words recognised by Whisper from {folder}, and not checked by anybody",
        *_left(unheard),
    )


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
        kept = np.concatenate([kept, block.mean(axis=0)])
        while waiting and waiting[-1][1] * RATE // 1000 <= begins + len(kept):
            yield waiting[-1], _part(kept, begins, waiting.pop())
        drop = max(0, len(kept) - BLOCK)
        kept, begins = kept[drop:], begins + drop
    for span in reversed(waiting):
        yield span, _part(kept, begins, span)


def _part(kept: Samples, begins: int, span: Stretch) -> Samples:
    first, last = (max(0, moment * RATE // 1000 - begins) for moment in span)
    return kept[first:last]


def _only_english(path: str, language: str, surely: float) -> None:
    if language != ENGLISH and surely >= SURE:
        remedy = "leave out --asr for a report on talk time alone"
        raise ReadError(path, f"the talk sounds like language {language!r}", "English: only English is coded", remedy)


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
        try:
            from faster_whisper import WhisperModel
        except ImportError:
            remedy = "pip install faster-whisper, or name weights in transformers' form"
            raise SettingsError("--asr", "these weights need the library faster-whisper", "", remedy) from None
        try:
            self._model: Any = WhisperModel(folder, device="cpu", compute_type="int8", local_files_only=True)
        except (RuntimeError, ValueError, OSError) as error:
            raise _unusable(folder, error) from None

    def language(self, samples: Samples) -> tuple[str, float]:
        """The language heard, and how surely."""
        code, surely, _ = self._model.detect_language(samples)
        return str(code), float(surely)

    def words(self, samples: Samples) -> list[Word]:
        """The words with their times."""
        parts, _ = self._model.transcribe(samples, language=ENGLISH, word_timestamps=True, beam_size=5)
        return [
            Word(w.word.strip(), round(w.start * 1000), round(w.end * 1000)) for part in parts for w in part.words or ()
        ]


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

    def language(self, samples: Samples) -> tuple[str, float]:
        """The language heard, and how surely."""
        import torch

        config = self._model.generation_config
        codes = getattr(config, "lang_to_id", None)
        if not (config.is_multilingual and codes):
            return ENGLISH, 1.0
        begin = torch.tensor([[config.decoder_start_token_id]])
        with torch.inference_mode():
            logits = self._model(self._features(samples), decoder_input_ids=begin).logits[0, -1]
        surely = logits[list(codes.values())].softmax(-1)
        return list(codes)[int(surely.argmax())].strip("<|>"), float(surely.max())

    def words(self, samples: Samples) -> list[Word]:
        """The words with their times."""
        import torch

        asked = {"language": ENGLISH, "task": "transcribe"} if self._model.generation_config.is_multilingual else {}
        with torch.inference_mode():
            made = self._model.generate(self._features(samples), return_token_timestamps=True, **asked)
        tokens, times = made["sequences"][0].tolist(), made["token_timestamps"][0].tolist()
        return _whole_words(self._processor.tokenizer, tokens, times)

    def _features(self, samples: Samples) -> Any:
        return self._processor(samples, sampling_rate=RATE, return_tensors="pt").input_features


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
