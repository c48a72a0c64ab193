from io import BytesIO

import pytest

from tests.readers.asking import complaint, one, said, sessions, times
from transcript_rapport.errors import RoleError
from transcript_rapport.roles import assign


def test_a_plain_table() -> None:
    table = 'speaker,text\nT,"Hello, you."\nC,"Two\nlines."\n,And more.\nT,\nC,n/a\n'
    session = one("a.csv", table)
    assert [(u.speaker, u.text) for u in session] == [
        ("T", "Hello, you."),
        ("C", "Two lines."),
        ("C", "And more."),
        ("C", "n/a"),
    ]
    assert session.notes == ("line 6: no text, left out",)
    assert (session.name, session.source, session.format) == ("a", "a.csv", "CSV")


@pytest.mark.parametrize(
    "header",
    [
        "speaker,start,end,text",
        "Speaker,Start Time,End Time,Utterance",
        "interlocutor,timestamp,stop,utterance_text",
        "who,begin,end_time,content",
        "Participant,time,finish,message",
        "role,onset,offset,transcript",
        "name,StartTime,EndTime,words",
        "speaker_name,start_s,end_s,client_utterance_text",
    ],
)
def test_usual_column_names(header: str) -> None:
    table = f"{header}\nT,1.5,2,Hello.\nC,3,4,Hi.\n"
    assert said("a.csv", table) == [("T", "Hello."), ("C", "Hi.")]
    assert times("a.csv", table) == [("T", 1_500, 2_000), ("C", 3_000, 4_000)]


def test_the_role_wins_over_the_name() -> None:
    assert one("a.csv", "speaker_name,speaker,text\nAnn Lee,therapist,Hi.\nBo,client,Ho.").speakers == (
        "therapist",
        "client",
    )


@pytest.mark.parametrize(
    ("name", "mark"), [("a.tsv", "\t"), ("a.csv", ";"), ("a.csv", "|"), ("a.txt", "\t"), ("-", ",")]
)
def test_delimiters(name: str, mark: str) -> None:
    table = "\n".join(mark.join(row) for row in [("who", "said"), ("T", "Hi."), ("C", "Ho.")])
    assert said(name, table) == [("T", "Hi."), ("C", "Ho.")]


def test_a_session_column_yields_several_sessions() -> None:
    table = "transcript_id,speaker,text\n7,T,Hi.\n7,C,Ho.\n9,T,One.\n9,C,Two.\n7,T,Late.\n"
    first, second = sessions("talks.csv", table)
    assert (first.name, second.name) == ("talks-7", "talks-9")
    assert [u.text for u in first] == ["Hi.", "Ho.", "Late."]
    assert [u.index for u in second] == [0, 1]


@pytest.mark.parametrize(
    ("columns", "first", "second"),
    [
        ("start_ms", "1500", "90000"),
        ("start", "1.5", "90"),
        ("start", "1500", "90000"),  # two words in a minute and a half: milliseconds
        ("time", "00:00:01.5", "00:01:30"),
        ("time", "0:01.5", "1:30"),
        ("timestamp", "2024-05-01T10:00:01.5Z", "2024-05-01T10:01:30Z"),
        ("time", "1.5 s", "1m 30s"),
    ],
)
def test_units_of_time(columns: str, first: str, second: str) -> None:
    (_, a, _), (_, b, _) = times("a.csv", f"speaker,text,{columns}\nT,Hi.,{first}\nC,Ho.,{second}\n")
    assert a is not None
    assert b is not None
    assert b - a == 88_500


def test_durations_ranges_and_unreadable_times() -> None:
    assert times("a.csv", "speaker,text,start,duration\nT,Hi.,1,2.5\nC,Ho.,4,1\n")[0] == ("T", 1_000, 3_500)
    assert times("a.csv", "speaker,text,time\nT,Hi.,0:01 - 0:02\nC,Ho.,0:03 - 0:04\n")[1] == ("C", 3_000, 4_000)
    session = one("a.csv", "speaker,text,time\nT,Hi.,soon\nC,Ho.,n/a\n")
    assert session.notes == ("line 2: the time could not be read, left open",)
    assert not session.has_starts


def test_a_title_above_the_header() -> None:
    session = one("a.csv", "Session 3 with M.,\n,\nspeaker,text\nT,Hi.\nC,Ho.\n")
    assert len(session) == 2
    assert "above the table's header" in session.notes[0]


def test_excel_and_parquet() -> None:
    import pandas as pd

    rows = pd.DataFrame({"speaker": ["T", "C"], "text": ["Hi.", "n/a"], "start": [0.5, 2.0]})
    for name, write in (("a.xlsx", rows.to_excel), ("a.parquet", rows.to_parquet)):
        buffer = BytesIO()
        write(buffer, index=False)
        assert said(name, buffer.getvalue()) == [("T", "Hi."), ("C", "n/a")]
        assert times("wrong_name.txt", buffer.getvalue()) == [("T", 500, None), ("C", 2_000, None)]


def test_clock_cells_of_excel() -> None:
    import datetime as dt

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.create_sheet("talk", 0)
    for row in (("who", "what was said", "start"), ("T", "Hi.", dt.time(0, 0, 5)), ("C", "Ho.", dt.time(0, 1, 2))):
        sheet.append(row)
    sheet["B1"] = "utterance"
    buffer = BytesIO()
    book.save(buffer)
    assert times("a.xlsx", buffer.getvalue()) == [("T", 5_000, None), ("C", 62_000, None)]


@pytest.mark.parametrize(
    ("table", "seen"),
    [
        ("speaker,mood\nT,fine\n", "a.csv:1: no column holds the words; the columns are speaker, mood"),
        ("text,mood\nHi,fine\n", "no column holds the speaker"),
        ("speaker,text\n", "no rows"),
        ("speaker,text\nT,\nC,\n", "nobody says anything"),
        ("speaker,text\nT,Hi.\nT,Ho.\n", "only 'T' speaks"),
        ('speaker,text\nT,Hi.\nC,"Ho.\nT,So.\n', "a.csv:3: a quotation mark is opened and never closed"),
        ("speaker,text,start,end\nT,Hi.,1,2\nC,Ho.,9,7\n", "a.csv:3: the words end before they start"),
        ("speaker,text,time\nT,a,0:30\nC,b,0:20\nT,c,0:25\n", "a.csv:3: the times run backwards"),
    ],
)
def test_bad_tables(table: str, seen: str) -> None:
    assert seen in complaint("a.csv", table)


def test_damaged_workbooks() -> None:
    assert "damaged" in complaint("a.xlsx", b"PK\x03\x04 xl/ and no more")
    assert "damaged" in complaint("a.parquet", b"PAR1 and PAR1")


@pytest.mark.parametrize(
    "header",
    ["SPEAKER,START TIME (s),Duration (s),Utterance Text", "speaker label,Start [ms],duration in ms,Words"],
)
def test_headers_with_units(header: str) -> None:
    scale = 1000 if "ms" in header else 1
    table = f"{header}\nT,{1 * scale},{2 * scale},Hello.\nC,{4 * scale},{1 * scale},Hi.\n"
    assert times("a.csv", table) == [("T", 1_000, 3_000), ("C", 4_000, 5_000)]


def test_a_column_of_ranges() -> None:
    table = "Time range;Who;Said\n0:01 - 0:02;T;Hello.\n0:03 - 0:05;C;Hi.\n"
    assert times("a.csv", table) == [("T", 1_000, 2_000), ("C", 3_000, 5_000)]


HEADLESS = (
    "1,0:01,T,How was the week then?\n2,0:04,C,It was long and grey.\n3,0:09,T,Long and grey.\n4,0:12,C,Yes it was.\n"
)


@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_a_table_without_a_header(name: str) -> None:
    session = one(name, HEADLESS)
    assert [(u.speaker, u.start_ms) for u in session] == [("T", 1_000), ("C", 4_000), ("T", 9_000), ("C", 12_000)]
    assert session[0].text == "How was the week then?"
    assert session.notes[-1:] == (
        "no header names the columns; by what they hold, 'column 3' was read as the speaker and 'column 4' as the "
        "words",
    )


def test_a_header_in_words_we_do_not_know() -> None:
    session = one("a.csv", "nr,zeit,wer,inhalt\n" + HEADLESS)
    assert len(session) == 4
    assert "'wer' was read as the speaker" in session.notes[0]


def test_starts_and_durations_without_a_header() -> None:
    rows = [("T", 1.5, 2.0), ("C", 4.5, 1.0), ("T", 6.5, 2.5), ("C", 9.5, 1.5)]
    table = "".join(f"{start}\t{length}\t{who}\tso it was like that\n" for who, start, length in rows)
    assert times("a.tsv", table)[0] == ("T", 1_500, 3_500)


def test_one_session_with_impossible_times_does_not_stop_the_others() -> None:
    table = "session,speaker,start,end,text\n1,T,9,7,Hi.\n1,C,8,9,Ho.\n2,T,1,2,So.\n2,C,3,4,Well.\n"
    bad, good = sessions("a.csv", table)
    assert len(good) == 2
    with pytest.raises(RoleError, match=r"^a\.csv:2: the words end before they start"):
        assign(bad)


def test_a_column_that_names_every_row_is_no_session() -> None:
    assert len(one("a.csv", "file,speaker,text\n1.wav,T,Hi.\n2.wav,C,Ho.\n3.wav,T,So.\n")) == 3


def workbook(**sheets: list[tuple[object, ...]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_with_a_sheet_a_session() -> None:
    talk: list[tuple[object, ...]] = [("who", "text"), ("T", "Hi."), ("C", "Ho.")]
    bad: list[tuple[object, ...]] = [("who", "text", "start", "end"), ("T", "Hi.", 9, 7), ("C", "Ho.", 9, 10)]
    first, second, third = sessions("a.xlsx", workbook(May=talk, Codes=[("code", "n"), ("x", 1)], June=talk, July=bad))
    assert [first.name, second.name] == ["a-May", "a-June"]
    assert third.notes[0].startswith("a.xlsx, sheet July, row 2: the words end before they start")


def test_the_sheet_of_talk_among_others() -> None:
    session = one("a.xlsx", workbook(About=[("title", "x")], Talk=[("who", "text"), ("T", "Hi."), ("C", "Ho.")]))
    assert (session.name, len(session)) == ("a", 2)


ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)


def open_document(rows: str, kind: str = "application/vnd.oasis.opendocument.spreadsheet") -> bytes:
    from zipfile import ZipFile

    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        end = "</table:table></office:spreadsheet></office:body></office:document-content>"
        archive.writestr("content.xml", f'{ODS_HEAD}<table:table table:name="One">{rows}{end}')
    return buffer.getvalue()


def words(*cells: str) -> str:
    inner = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table-row>{inner}"


def test_open_document_tables() -> None:
    second = '<table:table-cell office:value-type="float" office:value="1.5"/></table:table-row>'
    clock = '<table:table-cell office:value-type="time" office:time-value="PT00H01M02S"/></table:table-row>'
    wide = '<table:table-cell table:number-columns-repeated="16384"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048570">{wide}</table:table-row>'
    rows = words("who", "said", "start") + "</table:table-row>" + words("T", "Hi.") + second + words("C", "Ho.") + clock
    assert times("a.ods", open_document(rows + empty)) == [("T", 1_500, None), ("C", 62_000, None)]
    assert one("a.ods", open_document(rows)).format == "OpenDocument table"
    assert "damaged" in complaint("a.ods", open_document("<oops"))


def test_a_column_for_every_speaker() -> None:
    table = "Turn,Therapist,Client,Notes\n1,How?,Long.,x\n2,Mm.,,y\n3,And now?,So.,z\n"
    assert said("a.csv", table) == [
        *(("Therapist", "How?"), ("Client", "Long."), ("Therapist", "Mm.")),
        *(("Therapist", "And now?"), ("Client", "So.")),
    ]


def test_a_column_that_counts_is_not_the_words() -> None:
    assert said("a.csv", "Line,Speaker,Verbatim\n1,T,How?\n2,C,Long.\n") == [("T", "How?"), ("C", "Long.")]
    assert said("a.csv", "Speaker,Line\nT,How?\nC,Long.\n") == [("T", "How?"), ("C", "Long.")]


def test_a_column_for_every_name() -> None:
    table = (
        "Turn,Ann,Bo\n1,How was the week?,\n2,,It was very long.\n3,And how long was it?,\n4,,Until nine every day.\n"
    )
    assert [who for who, _ in said("a.csv", table)] == ["Ann", "Bo", "Ann", "Bo"]
    beside = (
        "Time,Words,Remark\n0:01,T: How was it then?,an open question\n0:04,C: It was long.,\n0:09,T: Mm.,a nod here\n"
    )
    assert times("a.csv", beside) == [("T", 1000, None), ("C", 4000, None), ("T", 9000, None)]


def test_a_header_in_two_rows() -> None:
    table = "Interview 3,,,\nTime,,Who,What was said\nfrom,to,,\n0:01,0:03,T,How?\n0:04,0:05,C,Long.\n"
    assert times("a.csv", table) == [("T", 1000, 3000), ("C", 4000, 5000)]


def test_remarks_beside_the_talk_are_no_talk() -> None:
    rows = [f"T,How was day {n}?,{'a long remark on this question' * (n == 2)}\nC,It was long.,\n" for n in range(3)]
    assert [text for _, text in said("a.csv", "".join(rows))][-2:] == ["How was day 2?", "It was long."]


def test_a_table_in_markdown() -> None:
    assert said("a.md", "| Who | Text |\n|:---|---:|\n| T | How? |\n| C | Long. |\n") == [("T", "How?"), ("C", "Long.")]


def test_words_that_begin_with_who_speaks() -> None:
    assert said("a.csv", "Transcript,Code\nT: How?,x\nC: Long.,y\nT: Mm.,z\n")[1] == ("C", "Long.")


def test_a_label_beside_its_role_is_no_pair_of_columns() -> None:
    table = "speaker,role,text\nT,practitioner,How was it?\nC,client,Long.\n"
    assert said("a.csv", table) == [("T", "How was it?"), ("C", "Long.")]
