"""The words of a CHAT main tier as they were spoken: coding marks taken out, or turned into [remarks].

Source: MacWhinney, *Tools for analyzing talk, part 1: the CHAT transcription format* (TalkBank).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_MOST_REPEATS = 20
_CODES = re.compile(r"\[(?:[/<>*:^#!?+-][^\[\]]*|e|=(?:[? ][^\[\]]*)?)\]")
"""Retracings, overlaps, errors, replacements, stress, best guesses, postcodes, explanations, excluded words."""
_REMARK = re.compile(r"\[(?:=!|%)\s*([^\[\]]*)\]")
_REPEATED = re.compile(r"(<[^<>]{1,500}>|[^\s<>\[\]]{1,100})\s*\[x\s?(\d{1,4})\]")
_INTERPOSED = re.compile(r"&\*([A-Za-z0-9_]{1,20}):([^\s<>\[\]]+)")
_EVENT = re.compile(r"&=([^\s<>\[\]]+)")
_LONG_EVENT = re.compile(r"&([{}])[nl]=([^\s<>\[\]]+)")
_FRAGMENT = re.compile(r"&\+([^\s<>\[\]]+)")
_FILLER = re.compile(r"(?<![^\s\"“])&[-~]?(?=[^\W\d])")
_PAUSE = re.compile(r"(?<![^\s<])\((\.{1,3}|[\d:]{1,9}\.?\d{0,4})\)(?![^\s>])")
_UNSAID = re.compile(r"(?<=\w)\([^\W\d][\w']*\)|\([^\W\d][\w']*\)(?=\w)")
_OMITTED = re.compile(r"(?<!\S)0(?:[^\W\d]\w*+)?(?!\S)")
_FORM = re.compile(r"(?<=[\w'’])@[a-z]{1,3}(?:[:$][\w:$&+]*)?(?=[\s,.?!<>\[\]]|$)")
_HIDDEN = {"xxx": "[unintelligible]", "yyy": "[unintelligible]", "xx": "[unintelligible]", "www": "[not transcribed]"}
_HIDDEN_WORD = re.compile(r"(?<!\S)(xxx?|yyy|www)(?!\S)")
_PLUS = re.compile(r"(?<!\S)\+[^\s\w]+(?!\S)")
_ENDS = {
    "+...": "…",
    "+..?": "…?",
    "+/.": " –",
    "+//.": " –",
    "+/?": "?",
    "+//?": "?",
    "+!?": "?!",
    '+"/.': ".",
    '+".': ".",
    "+.": ".",
}
_JOINED = re.compile(r"(?<=[^\W\d_])[+_~](?=[^\W\d_])")
_LENGTHENED = re.compile(r"(?<=[^\W\d])[:^]+(?=\w|[\s,.?!]|$)")
_PROSODY = str.maketrans(dict.fromkeys("↑↓⇗↗→↘⇘∞≈≋∆∇⁎⌈⌉⌊⌋⁇°▁▔☺♋∬∮∾↻⤇∙↫ˈˌ≠≡", "") | {"‡": ",", "„": ","})
_BEFORE_POINT = re.compile(r"\s+(?=[,.;:?!…](?:[\s\"”’]|$|[.?!]))")
_ANY_WORD = re.compile(r"\w|\[")


def plain(tier: str, labels: Mapping[str, str] | None = None) -> str:
    """The words of a main tier without time bullets; empty where it holds none and no remark.

    ``labels`` maps speaker codes to labels, for words that somebody else puts in between.
    """
    known = labels or {}
    text = _REPEATED.sub(_repeat, tier)
    text = _INTERPOSED.sub(lambda found: f"[{known.get(found[1], found[1])}: {_spaced(found[2])}]", text)
    text = _EVENT.sub(lambda found: f"[{_spaced(found[1])}]", text)
    text = _LONG_EVENT.sub(lambda found: f"[{_spaced(found[2])}]" if found[1] == "{" else "", text)
    text = _words(_CODES.sub(" ", _REMARK.sub(_remark, text)))
    return text if _ANY_WORD.search(text) else ""


def _words(text: str) -> str:
    """The text with the marks inside and around words taken out; remarks in brackets are left as they stand."""
    pieces = re.split(r"(\[[^\[\]]*\])", text)
    pieces[::2] = [_unmarked(piece) for piece in pieces[::2]]
    return _BEFORE_POINT.sub("", " ".join("".join(pieces).split()))


def _unmarked(text: str) -> str:
    text = _PLUS.sub(lambda found: _ENDS.get(found[0], ""), text)
    text = _PAUSE.sub(_pause, text.replace("<", " ").replace(">", " "))
    text = _FILLER.sub("", _FRAGMENT.sub(r"\1-", text))
    text = _OMITTED.sub("", _FORM.sub("", _UNSAID.sub("", text)))
    text = _HIDDEN_WORD.sub(lambda found: _HIDDEN[found[1]], text)
    return _LENGTHENED.sub("", _JOINED.sub(" ", text.translate(_PROSODY)))


def _repeat(found: re.Match[str]) -> str:
    said = found[1].strip("<>")
    return " ".join([said] * max(1, min(int(found[2]), _MOST_REPEATS)))


def _remark(found: re.Match[str]) -> str:
    return f"[{found[1].strip()}]" if found[1].strip() else ""


def _pause(found: re.Match[str]) -> str:
    return "[pause]" if found[1].startswith(".") else f"[pause {found[1].rstrip('.')} s]"


def _spaced(mark: str) -> str:
    return " ".join(re.split(r"[_:]+", mark)).strip()
