"""Damaged files of every kind: each gives sessions that hold together or one sentence, never anything else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.robustness.contract import outcome
from tests.robustness.seeds import seeds
from transcript_rapport import plugins
from transcript_rapport.errors import ReadError

OURS = [name for name, point in plugins.available("readers").items() if point.value.startswith("transcript_rapport.")]
SUFFIXES = sorted({suffix for name in OURS for suffix in plugins.load("readers", name).SUFFIXES} | {".dat", ""})
PUT_IN = (
    *(
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b"\x0c",
        b"\x1e",
        b"\t",
        b'"',
        b"'",
        b"<",
        b">",
        b"]]>",
        b"&#0;",
    ),
    *(
        b"\\ud800",
        b"\\u0000",
        b"&#xD800;",
        b"1e999",
        b"NaN",
        b"-1",
        b"99999999999999999999",
        b":",
        b": ",
        b"\\",
        b"{",
        b"}",
    ),
    *(
        "🙂".encode(),
        "\u202eabc\u202c".encode(),
        "\u2028".encode(),
        "\x85".encode(),
        "e\u0301".encode(),
        "\ufeff".encode(),
    ),
    *(b"00:00:01.000 --> 00:00:00.000", b"-->", b"WEBVTT", b"T: ", b"[00:99:99]", b"[99:59:59]", b"null", b"[]", b"{}"),
)
"""What is put into files: marks of every format, times that cannot be, characters that trip programs up."""

Damage = Callable[[bytes], bytes]


@st.composite
def damages(draw: st.DrawFn) -> Damage:
    """One way to spoil a file, at a place given as a share of its length."""
    share, length = draw(st.floats(0, 1)), draw(st.integers(1, 40))
    kind = draw(st.sampled_from(("flip", "cut", "tail", "double", "put in", "lines", "shuffle")))
    piece, bit = draw(st.sampled_from(PUT_IN)), draw(st.integers(0, 7))

    def spoil(data: bytes) -> bytes:
        at = int(share * len(data))
        before, there, after = data[:at], data[at : at + length], data[at + length :]
        lines = data.split(b"\n")
        line = int(share * (len(lines) - 1))
        match kind:
            case "flip":
                return before + bytes(byte ^ (1 << bit) for byte in there[:1]) + there[1:] + after
            case "cut":
                return before + after
            case "tail":
                return before
            case "double":
                return before + there * 3 + after
            case "lines":
                return b"\n".join((*lines[: line + 1], *lines[line:]))
            case "shuffle":
                return b"\n".join((*lines[line:], *lines[:line]))
        return before + piece + after

    return spoil


ENCODINGS = ("utf-8", "utf-16", "utf-16-be", "utf-32", "cp1252", "latin-1", "shift-jis")


@pytest.mark.parametrize("reader", OURS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_files_keep_the_contract(reader: str, data: st.DataObject) -> None:
    name, content = data.draw(st.sampled_from(seeds(reader)))
    for damage in data.draw(st.lists(damages(), min_size=1, max_size=4)):
        content = damage(content)
    outcome(name, content)


@pytest.mark.parametrize("reader", OURS)
def test_seeds_are_read_as_what_they_are(reader: str) -> None:
    assert seeds(reader), "every reader of ours has seeds: add one to tests/robustness/seeds.py"
    for name, content in seeds(reader):
        found = outcome(name, content)
        assert not isinstance(found, ReadError), found
        owner = "M" if reader == "sms" else ""  # "Me": whose telephone it was
        assert {label[0] for session in found for label in session.speakers} <= {*"TCSs", *owner}


@pytest.mark.parametrize("reader", OURS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), suffix=st.sampled_from(SUFFIXES), encoding=st.sampled_from(ENCODINGS))
def test_names_and_encodings_that_mislead(reader: str, data: st.DataObject, suffix: str, encoding: str) -> None:
    _, content = data.draw(st.sampled_from(seeds(reader)))
    with suppress(UnicodeDecodeError):  # Of a binary file only the name misleads.
        content = content.decode("utf-8").encode(encoding, "replace")
    outcome(f"a{suffix}", content)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=8, deadline=None)
@given(
    content=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
)
def test_anything_at_all(suffix: str, content: bytes) -> None:
    outcome(f"a{suffix}", content)
