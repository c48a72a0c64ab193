from io import BytesIO

import pytest

from tests.readers.asking import complaint, one, said, sessions, times


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
        ("speaker,text,time\nT,a,0:30\nC,b,0:20\nT,c,0:10\n", "a.csv:3: the times run backwards"),
    ],
)
def test_bad_tables(table: str, seen: str) -> None:
    assert seen in complaint("a.csv", table)


def test_damaged_workbooks() -> None:
    assert "damaged" in complaint("a.xlsx", b"PK\x03\x04 xl/ and no more")
    assert "damaged" in complaint("a.parquet", b"PAR1 and PAR1")
