"""Small files of every kind that a reader takes, made on the spot from one invented session."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from tests.readers import papers
from transcript_rapport import writers
from transcript_rapport.session import Session, Utterance

LINES = (
    ("Therapist", "How was the week, café and all?"),
    ("Client", "Long. Very long: I sat there [sighs] and — nothing."),
    ("Therapist", "Long, and you got here."),
    ("Client", "Mm-hmm. 🙂"),
    ("Therapist", "So at 12:30 you went back, and it was harder than you thought."),
    ("Client", "שלום, it was."),
)
SESSION = Session(
    "seed",
    tuple(
        Utterance(number, who, said, 4000 * number + 1000, 4000 * number + 3500)
        for number, (who, said) in enumerate(LINES)
    ),
    "seed.txt",
)
Seed = tuple[str, bytes]
"""A file's name and its bytes."""

_TYPED = "\n".join(f"{who}: {said}" for who, said in LINES)
_STAMPED = "\n".join(f"[00:00:{4 * n + 1:02}] {who[0]}{n}: {said}" for n, (who, said) in enumerate(LINES))
_SERVICE = "\n\n".join(f"{who}  0:{4 * n + 1:02}\n{said}" for n, (who, said) in enumerate(LINES))
_SBV = "\n\n".join(
    f"0:00:{4 * n + 1:02}.000,0:00:{4 * n + 3:02}.500\n{who}: {said}" for n, (who, said) in enumerate(LINES)
)
_EXB = (
    '<?xml version="1.0" encoding="UTF-8"?><basic-transcription><head><speakertable>'
    '<speaker id="S0"><abbreviation>Therapist</abbreviation></speaker>'
    '<speaker id="S1"><abbreviation>Client</abbreviation></speaker></speakertable></head><basic-body><common-timeline>'
    + "".join(f'<tli id="T{n}" time="{n}.5"/>' for n in range(7))
    + "</common-timeline>"
    + "".join(
        f'<tier id="TIE{s}" speaker="S{s}" category="v" type="t">'
        + "".join(f'<event start="T{n}" end="T{n + 1}">{LINES[n][1]} </event>' for n in range(s, 6, 2))
        + "</tier>"
        for s in (0, 1)
    )
    + "</basic-body></basic-transcription>"
)
_TRS = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE Trans SYSTEM "trans-14.dtd"><Trans><Speakers>'
    '<Speaker id="s1" name="Therapist"/><Speaker id="s2" name="Client"/></Speakers><Episode><Section>'
    + "".join(
        f'<Turn speaker="s{n % 2 + 1}" startTime="{n}" endTime="{n + 1}"><Sync time="{n}"/>{said}</Turn>'
        for n, (_, said) in enumerate(LINES)
    )
    + "</Section></Episode></Trans>"
)

_TEI = (
    '<?xml version="1.0" encoding="UTF-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><particDesc>'
    '<person xml:id="A"><persName>Therapist</persName></person><person xml:id="B" role="Client"/></particDesc></teiHeader>'  # noqa: E501
    '<text><timeline unit="s" origin="#T0">'
    + "".join(f'<when xml:id="T{n}" interval="{n}.5" since="#T0"/>' for n in range(8))
    + "</timeline><body>"
    + "".join(
        f'<u who="#{"AB"[n % 2]}" start="#T{n}" end="#T{n + 1}">{said} <vocal><desc>sighs</desc></vocal></u>'
        for n, (_, said) in enumerate(LINES)
    )
    + "</body></text></TEI>"
)


def _words(who: str, said: str, begun: float) -> list[dict[str, object]]:
    return [
        {"word": word, "start": begun + 0.3 * n, "end": begun + 0.3 * n + 0.2, "speaker": who}
        for n, word in enumerate(said.split())
    ]


def _recognised() -> Iterator[Seed]:
    """A file in the shape of each family of recognisers."""
    timed = [(number * 4.0, who, said) for number, (who, said) in enumerate(LINES)]
    words = [(word, n % 2) for n, (at, who, said) in enumerate(timed) for word in _words(who, said, at)]
    clocks = [(w["word"], str(w["start"]), str(w["end"]), who) for w, who in words]
    documents: dict[str, object] = {
        "whisperx": {
            "segments": [
                {"start": at, "end": at + 3, "text": said, "speaker": who, "words": _words(who, said, at)}
                for at, who, said in timed
            ],
            "word_segments": [],
        },
        "deepgram": {"results": {"channels": [{"alternatives": [{"words": [{**w, "speaker": s} for w, s in words]}]}]}},
        "assemblyai": {
            "utterances": [
                {
                    "speaker": who[0],
                    "text": said,
                    "start": int(at * 1000),
                    "end": int(at * 1000) + 3000,
                    "confidence": 0.9,
                    "words": [],
                }
                for at, who, said in timed
            ],
            "audio_url": "x",
            "audio_duration": 30,
        },
        "amazon": {
            "results": {
                "items": [
                    {
                        "type": "pronunciation",
                        "start_time": a,
                        "end_time": b,
                        "speaker_label": f"spk_{s}",
                        "alternatives": [{"content": w}],
                    }
                    for w, a, b, s in clocks
                ]
            }
        },
        "google": {
            "results": [
                {
                    "alternatives": [
                        {
                            "words": [
                                {"word": w, "startTime": f"{a}s", "endTime": f"{b}s", "speakerTag": s + 1}
                                for w, a, b, s in clocks
                            ]
                        }
                    ]
                }
            ]
        },
        "azure": {
            "phrases": [
                {"offsetMilliseconds": int(at * 1000), "durationMilliseconds": 2500, "speaker": n % 2, "text": said}
                for n, (at, _, said) in enumerate(timed)
            ]
        },
        "rev": {
            "monologues": [
                {
                    "speaker": n % 2,
                    "elements": [{"type": "text", "value": said, "ts": at, "end_ts": at + 2}],
                }
                for n, (at, _, said) in enumerate(timed)
            ]
        },
        "speechmatics": {
            "results": [
                {
                    "type": "word",
                    "start_time": float(a),
                    "end_time": float(b),
                    "alternatives": [{"content": w, "speaker": f"S{s}"}],
                }
                for w, a, b, s in clocks
            ]
        },
        "otter": {
            "speech": {
                "transcripts": [
                    {"transcript": said, "start_offset": int(at), "end_offset": int(at) + 3, "speaker_name": who}
                    for at, who, said in timed
                ]
            }
        },
    }
    for name, document in documents.items():
        yield f"{name}.json", json.dumps(document, ensure_ascii=False).encode()


def _tables() -> Iterator[Seed]:
    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    head = ("speaker", "start", "end", "text")
    rows = [(u.speaker, (u.start_ms or 0) / 1000, (u.end_ms or 0) / 1000, u.text) for u in SESSION]
    for name, mark in (("a.csv", ","), ("semicolons.csv", ";"), ("a.tsv", "\t")):
        lines = [mark.join(f'"{cell}"' for cell in row) for row in (head, *rows)]
        yield name, "\n".join(lines).encode()
    book, held = openpyxl.Workbook(), io.BytesIO()
    for row in (head, *rows):
        book.active.append(row)
    book.save(held)
    yield "a.xlsx", held.getvalue()
    packed = io.BytesIO()
    pq.write_table(pa.table({name: [row[at] for row in rows] for at, name in enumerate(head)}), packed)
    yield "a.parquet", packed.getvalue()
    yield "a.ods", _ods([head, *rows])


def _ods(rows: list[tuple[object, ...]]) -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="S">{cells}</table:table></office:spreadsheet>'
    content = f"<office:document-content {papers.NAMESPACES}>{body}</office:body></office:document-content>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return made.getvalue()


def zipped(*members: Seed, compress: bool = False) -> bytes:
    """A zip archive of files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def _written(*formats: str) -> list[Seed]:
    """What our own writers make of the session."""
    made = [writers.for_name(name) for name in formats]
    return [(f"a{writer.SUFFIX}", writers.write(SESSION, writer).text.encode()) for writer in made]


def _talk() -> list[str]:
    return [f"{who}: {said}" for who, said in LINES]


def _sms() -> str:
    said = "".join(
        f'<sms address="1" contact_name="Cara" date="{n + 1}" type="{1 + n % 2}" body={quoteattr(text)} />'
        for n, (_, text) in enumerate(LINES)
    )
    return f"<?xml version='1.0'?><smses>{said}</smses>"


def _ttml() -> str:
    cues = "".join(f'<p begin="{n}s" end="{n + 1}s">{escape(line)}</p>' for n, line in enumerate(_talk()))
    return f'<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"><body><div>{cues}</div></body></tt>'


def _stm() -> str:
    return "\n".join(
        f"a {'AB'[n % 2]} {who} {4 * n}.5 {4 * n + 3}.0 <o,f0> {said}" for n, (who, said) in enumerate(LINES)
    )


def _ctm() -> str:
    said = enumerate((n, word) for n, (_, text) in enumerate(LINES) for word in text.split())
    return "\n".join(f"a {('Therapist', 'Client')[n % 2]} {at + 4 * n}.25 0.3 {word} 0.9" for at, (n, word) in said)


@cache
def seeds(reader: str) -> tuple[Seed, ...]:
    """The files made for the reader called ``reader`` in pyproject.toml; none for a reader we do not know."""
    made = {
        "archive": lambda: [("a.zip", zipped(("a.txt", _TYPED.encode()), *_written("vtt")))],
        "asr": _recognised,
        "chat": lambda: _written("chat"),
        "ctm": lambda: [("a.ctm", _ctm().encode())],
        "elan": lambda: _written("elan"),
        "exmaralda": lambda: [("a.exb", _EXB.encode())],
        "json": lambda: [*_written("json"), ("a.jsonl", "\n".join(map(json.dumps, _rows())).encode())],
        "html": lambda: [("a.html", "".join(["<html><body>", *(f"<p><b>{line}</b>" for line in _talk())]).encode())],
        "odt": lambda: [("a.odt", papers.odt(papers.odt_body(_talk()))), ("a.fodt", _flat())],
        "pdf": lambda: [
            ("a.pdf", papers.pdf([line.encode("latin-1", "replace").decode("latin-1") for line in _talk()]))
        ],
        "rtf": lambda: [("a.rtf", papers.rtf(_talk())), ("b.rtf", papers.rtf(tables=[LINES]))],
        "sms": lambda: [("a.xml", _sms().encode())],
        "stm": lambda: [("a.stm", _stm().encode())],
        "subtitles": lambda: [*_written("vtt", "srt"), ("a.sbv", _SBV.encode())],
        "table": _tables,
        "tei": lambda: [("a.xml", _TEI.encode())],
        "text": lambda: [(f"{n}.txt", text.encode()) for n, text in enumerate((_TYPED, _STAMPED, _SERVICE))],
        "textgrid": lambda: _written("textgrid"),
        "transcriber": lambda: [("a.trs", _TRS.encode())],
        "ttml": lambda: [("a.ttml", _ttml().encode())],
        "word": lambda: [("a.docx", papers.word(_talk())), ("b.docx", papers.word(tables=[papers.TABLES["header"]]))],
    }
    return tuple(made[reader]()) if reader in made else ()


def _flat() -> bytes:
    return papers.flat_odt(papers.odt_body(_talk())).encode()


def _rows() -> list[dict[str, object]]:
    return [{"speaker": u.speaker, "text": u.text, "start": (u.start_ms or 0) / 1000} for u in SESSION]
