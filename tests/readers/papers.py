"""Small documents made on the spot: Word, OpenDocument, rich text and PDF of invented talk."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

BOLD, ITALIC = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"~~(.+?)~~")
FACES = re.compile(f"{BOLD.pattern}|{ITALIC.pattern}")
"""In the lines given to the makers, ``**…**`` is bold, ``~~…~~`` italic, ``\\n`` a soft line break, ``\\t`` a tab."""

TALK = [("Therapist", "How was the week?"), ("Client", "Long. Very long."), ("Therapist", "Long, and you got here.")]

STYLES = {
    "typed": ["Therapist: How was the week?", "Client: Long.", "Very long.", "Therapist: Long, and you got here."],
    "Otter": [
        *("Therapist  0:03", "How was the week?", "", "Client  0:07", "Long. Very long.", ""),
        *("Therapist  0:12", "Long, and you got here.", "", "Transcribed by https://otter.ai"),
    ],
    "Rev": [
        *("Therapist (00:03):", "How was the week?", "Client (00:07):", "Long. Very long."),
        *("Therapist (00:12):", "Long, and you got here."),
    ],
    "Sonix": [
        *("[00:00:03] Therapist: How was the week?", "[00:00:07] Client: Long. Very long."),
        "[00:00:12] Therapist: Long, and you got here.",
    ],
    "Trint": [
        *("Therapist [00:00:03]", "How was the week?", "Client [00:00:07]", "Long. Very long."),
        *("Therapist [00:00:12]", "Long, and you got here."),
    ],
    "bold": [
        *("**Therapist** How was the week?", "**Client** Long.", "Very long."),
        "**Therapist** Long, and you got here.",
    ],
    "bold above": [
        *("**Therapist**", "How was the week?", "**Client**", "Long.", "Very long."),
        *("**Therapist**", "Long, and you got here."),
    ],
    "bold with a colon": [
        *("**Therapist:** How was the week?", "**Client**: Long. Very long."),
        "**Therapist:** Long, and you got here.",
    ],
}
"""One talk as people and services lay it out; the times, where there are any, are 3, 7 and 12 s."""

TIMED = {"Otter", "Rev", "Sonix", "Trint"}
TABLES: dict[str, Sequence[Sequence[str]]] = {
    "header": [("Time", "Speaker", "Words"), ("0:03", *TALK[0]), ("0:07", *TALK[1]), ("0:12", *TALK[2])],
    "time first": [("0:03", *TALK[0]), ("0:07", *TALK[1]), ("0:12", *TALK[2])],
    "numbered": [("1", "0:03", *TALK[0]), ("2", "0:07", *TALK[1]), ("3", "0:12", *TALK[2])],
    "time last": [(TALK[0][0], "0:03", TALK[0][1]), (TALK[1][0], "0:07", TALK[1][1]), (TALK[2][0], "0:12", TALK[2][1])],
    "label inside": [
        ("0:03", "Therapist: How was the week?"),
        ("0:07", "Client: Long. Very long."),
        ("0:12", "Therapist: Long, and you got here."),
    ],
}


def word(lines: Sequence[str] = (), tables: Sequence[Sequence[Sequence[str]]] = (), head: str = "") -> bytes:
    import docx

    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        for index, piece in enumerate(FACES.split(line)):
            run = paragraph.add_run(piece)
            run.bold, run.italic = (True if index % 3 == at else None for at in (1, 2))
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    document.sections[0].header.paragraphs[0].text = head
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(f'xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "text", "table", "style"))
STYLE = (
    '<office:automatic-styles><style:style style:name="T1" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="T2" style:family="text">'
    '<style:text-properties fo:font-style="italic"/></style:style></office:automatic-styles>'
)


def _odf(line: str) -> str:
    words = BOLD.sub(r'<text:span text:style-name="T1">\1</text:span>', escape(line))
    words = ITALIC.sub(r'<text:span text:style-name="T2">\1</text:span>', words)
    words = words.replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    return re.sub("  +", lambda blanks: f' <text:s text:c="{len(blanks[0]) - 1}"/>', words)


def flat_odt(body: str) -> str:
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    root = f'{NAMESPACES} xmlns:fo="{ODF}xsl-fo-compatible:1.0" {kind}'
    return (
        f"<office:document {root}>{STYLE}<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def odt_body(lines: Sequence[str] = (), tables: Sequence[Sequence[Sequence[str]]] = ()) -> str:
    body = "".join(f"<text:p>{_odf(line)}</text:p>\n" for line in lines)
    for rows in tables:
        cells = (
            "".join(f"<table:table-cell><text:p>{_odf(words)}</text:p></table:table-cell>" for words in row)
            for row in rows
        )
        body += (
            "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells) + "</table:table>"
        )
    return body


def odt(body: str, **members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", flat_odt(body), zipfile.ZIP_DEFLATED)
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return made.getvalue()


def _rich(line: str) -> str:
    words = re.sub(r"([\\{}])", r"\\\1", line)
    words = ITALIC.sub(r"{\\i \1}", BOLD.sub(r"{\\b \1}", words)).replace("\n", r"\line ").replace("\t", r"\tab ")
    return "".join(c if ord(c) < 128 else _unicode(c) for c in words)


def _unicode(character: str) -> str:
    units = character.encode("utf-16-le")
    halves = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(rf"\u{half}?" for half in halves)


def rtf(lines: Sequence[str] = (), tables: Sequence[Sequence[Sequence[str]]] = ()) -> bytes:
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fswiss\fcharset0 Arial;}}{\header Page head\par}\f0 "
    body = "\n".join(_rich(line) + r"\par" for line in lines)
    for rows in tables:
        cells = ("".join(_rich(words) + r"\cell " for words in row) for row in rows)
        body += "".join(rf"\trowd\pard\intbl {row}\row " for row in cells) + r"\pard "
    return f"{head}{body}}}".encode("ascii")


def pdf(
    lines: Sequence[str], *, numbered: bool = False, head: str = "", foot: str = "", columns: bool = False
) -> bytes:
    """Lines as they are given, 40 a page (20 in each of two columns); ``{page}`` in head and foot is the page."""
    from fpdf import FPDF

    made = FPDF(format="A4", unit="pt")
    made.set_auto_page_break(False)
    made.set_font("Helvetica", size=10)
    size = 40
    for number, at in enumerate(range(0, len(lines), size), start=1):
        made.add_page()
        made.text(60, 30, head.format(page=number))
        made.text(290, 820, foot.format(page=number))
        for place, line in enumerate(lines[at : at + size]):
            column, row = divmod(place, 20) if columns else (0, place)
            x, y = 60 + 260 * column, 80 + 16 * row
            if numbered:
                made.text(35, y, str(place + 1))
            _write(made, x, y, line)
    return bytes(made.output())


def _write(made: object, x: float, y: float, line: str) -> None:
    """Words with bold ones in bold; a tab leads to a place of its own."""
    from fpdf import FPDF

    assert isinstance(made, FPDF)
    for index, piece in enumerate(BOLD.split(line)):
        made.set_font("Helvetica", style="B" if index % 2 else "", size=10)
        for part, words in enumerate(piece.split("\t")):
            x = x if not part else max(x + 20, 140)
            made.text(x, y, words)
            x += made.get_string_width(words)
    made.set_font("Helvetica", size=10)
