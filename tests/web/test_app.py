"""The page at its door, asked as a browser asks: bounds, hosts, origins, forgetting and keeping."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")

from starlette.testclient import TestClient

from tests.web.talks import ADDRESS, BROKEN, CLEAR, SCRIPT, SEVERAL, UNCLEAR, bring, settled, visitor
from transcript_rapport.across import stored
from transcript_rapport.errors import ReadError, SettingsError
from transcript_rapport.session import Session, Utterance
from transcript_rapport.web import brought, guard, pages, serving
from transcript_rapport.web.shelf import LASTS_S, MOST, Fading, Folder, Memory


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return visitor(tmp_path)


def test_a_transcript_becomes_the_trainees_report(client: TestClient) -> None:
    page = client.get(bring(client, CLEAR, "talk.txt"))
    assert page.status_code == 200
    assert "Rapport report for a trainee" in page.text
    assert "It wore you out." in page.text
    assert 'href="/reports/' in client.get("/").text


def test_the_kind_of_talk_is_chosen_and_remembered(tmp_path: Path) -> None:
    client = visitor(tmp_path, setting="medical")
    assert '<option value="medical" selected>' in client.get("/").text
    for chosen, meant in (("", "medical"), ("counselling", "counselling"), ("odd", "medical")):
        place = str(client.get(bring(client, CLEAR, setting=chosen)).url)
        assert json.loads(client.get(f"{place}/json").text)["made_with"]["settings"]["setting"] == meant
    failed = client.get(bring(client, BROKEN, "a.vtt", setting="counselling"))
    assert '<option value="counselling" selected>' in failed.text


def test_replacing_names_stays_chosen_when_a_file_cannot_be_used(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    assert 'value="yes" checked' not in client.get("/").text
    failed = client.get(bring(client, BROKEN, "a.vtt", deidentify="yes"))
    refused = client.post("/sessions", files={"file": ("a.wav", b"RIFF")}, data={"deidentify": "yes"})
    assert refused.status_code == 422
    for page in (failed.text, refused.text):
        assert 'name="deidentify" value="yes" checked' in page


@pytest.mark.parametrize("reader", ["supervisor", "researcher", "anyone", "trainee"])
def test_a_report_is_shown_to_and_taken_along_by_other_readers(client: TestClient, reader: str) -> None:
    place = str(client.get(bring(client, CLEAR)).url)
    shown = client.get(f"{place}?for={reader}")
    kicker = "Rapport report" if reader == "anyone" else f"Rapport report for a {reader}"
    assert f'<p class="kicker">{kicker}</p>' in shown.text
    taken = client.get(f"{place}/json?for={reader}")
    assert "attachment" in taken.headers["content-disposition"]
    document = json.loads(taken.text)
    assert document["made_with"]["settings"]["reader"] == reader
    assert document["session"]["source"] == "talk.txt"
    page = client.get(f"{place}/html?for={reader}").text
    assert kicker in page
    assert 'class="bar"' not in page


def test_pasted_text_goes_through_the_same_reader(client: TestClient) -> None:
    sent = client.post("/sessions", data={"text": CLEAR.replace("\n", "\r\n")}, follow_redirects=False)
    assert "It wore you out." in client.get(settled(client, sent.headers["location"])).text


def test_pasted_text_that_cannot_be_read_comes_back_with_its_sentence(client: TestClient) -> None:
    sent = client.post("/sessions", data={"text": "one person, talking alone & on"}, follow_redirects=False)
    page = client.get(settled(client, sent.headers["location"]))
    assert page.status_code == 422
    assert "pasted text" in page.text
    assert "one person, talking alone &amp; on" in page.text


def test_a_broken_file_gets_its_sentence_and_the_way_back(client: TestClient) -> None:
    page = client.get(bring(client, BROKEN, "broken.vtt"))
    assert page.status_code == 422
    assert "broken.vtt:3: the words end before they start" in page.text
    assert 'href="/"' in page.text
    assert "No report" in client.get("/").text


def test_nothing_chosen_is_said(client: TestClient) -> None:
    page = client.post("/sessions", files={"file": ("", b"")}, data={"text": " "})
    assert page.status_code == 422
    assert "Nothing was chosen yet" in page.text


def test_the_unsure_practitioner_is_asked_for_and_the_answer_used(client: TestClient) -> None:
    place = bring(client, UNCLEAR)
    page = client.get(place).text
    assert "Who is the practitioner?" in page
    assert "<q>The bus was late again.</q>" in page
    assert client.post(f"{place}/practitioner", data={"number": "7"}).status_code == 404
    assert client.post(f"{place}/practitioner", data={"number": "x"}).status_code == 422
    client.post(f"{place}/practitioner", data={"number": "1"}, follow_redirects=False)
    done = client.get(settled(client, place))
    assert json.loads(client.get(f"{done.url}/json").text)["session"]["practitioner"] == ["Bea"]


def test_several_sessions_are_chosen_from_and_the_list_stays(client: TestClient) -> None:
    place = bring(client, SEVERAL, "week.csv")
    assert "2 sessions in week.csv" in client.get(place).text
    for number, name in enumerate(("monday", "friday")):
        sent = client.post(f"{place}/session", data={"number": str(number)}, follow_redirects=False)
        assert name in client.get(settled(client, sent.headers["location"])).text
    assert client.post(f"{place}/session", data={"number": "2"}).status_code == 404


def test_script_stays_text_in_names_words_and_sentences(client: TestClient) -> None:
    name = f"{SCRIPT.replace('/', '')}.txt"
    for text in (CLEAR + f"Client: {SCRIPT}\n", SCRIPT, UNCLEAR.replace("Anna", "<b>A</b>")):
        page = client.get(bring(client, text, name)).text
        assert "<script>document" not in page
        assert "<img" not in page
        assert "<b>A" not in page
    assert "<img" not in client.get("/").text


def test_every_answer_carries_a_policy_that_lets_nothing_out(client: TestClient) -> None:
    report = str(client.get(bring(client, CLEAR)).url)
    for place in ("/", "/page.css", "/page.js", "/favicon.ico", "/work/gone", "/nowhere", report, f"{report}/html"):
        answer = client.get(place)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy
        assert answer.headers["cache-control"] == "no-store"
    assert "unsafe" not in client.get(report).headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "[::1]:8765"])
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "localhost"])
def test_this_machine_is_let_in(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8765", ""]
)
def test_forms_from_elsewhere_are_refused(tmp_path: Path, origin: str) -> None:
    stranger = visitor(tmp_path, origin=origin)
    for place in ("/sessions", "/work/x/practitioner", "/reports/x/remove"):
        assert stranger.post(place, data={"text": CLEAR}).status_code == 403


def test_a_form_without_an_origin_is_let_in_where_the_browser_vouches_for_it(tmp_path: Path) -> None:
    client = visitor(tmp_path, origin="")
    answer = client.post("/sessions", data={"text": ""}, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 422


def test_what_is_too_large_is_refused_with_a_sentence(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brought, "MOST_TRANSCRIPT", 50)
    answer = client.post("/sessions", files={"file": ("long.txt", CLEAR.encode())})
    assert answer.status_code == 413
    assert "long.txt: this is" in answer.text
    monkeypatch.setattr(guard, "MOST_BODY", 60)
    assert client.post("/sessions", files={"file": ("long.txt", CLEAR.encode())}).status_code == 413
    unannounced = client.post(
        "/sessions", content=iter([b"x" * 50] * 3), headers={"content-type": "multipart/form-data; boundary=y"}
    )
    assert unannounced.status_code == 413


def test_a_recording_needs_consent_and_a_name(client: TestClient, tmp_path: Path) -> None:
    for fields in ({}, {"consent": "yes"}, {"consent": "yes", "confirmed_by": "  "}, {"confirmed_by": "Mara"}):
        answer = client.post("/sessions", files={"file": ("talk.wav", b"RIFF")}, data=fields)
        assert answer.status_code == 422
        assert "nobody has confirmed" in answer.text
    assert list(tmp_path.iterdir()) == []


def test_a_recording_is_gone_once_it_was_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, object, int]] = []

    def hear(path: str, settings: object, progress: Callable[[str], None]) -> Session:
        heard.append((path, getattr(settings, "consent", None), Path(path).stat().st_size))
        progress("heard 1 minutes")
        if len(heard) == 2:
            raise ReadError(path, "nobody speaks in it", "talk of two people")
        return Session("draft", (Utterance(0, "Therapist", "Hello."), Utterance(1, "Client", "Hello.")), path)

    monkeypatch.setattr("transcript_rapport.recordings.hear", hear)
    client = visitor(tmp_path)
    said = {"consent": "yes", "confirmed_by": "Mara Lind"}
    report = client.get(bring(client, "RIFF", "Our talk.WAV", **said))
    assert "<h1>Our talk</h1>" in report.text
    assert heard[0][1:] == ("Mara Lind", 4)
    failed = client.get(bring(client, "RIFF", "Our talk.WAV", **said)).text
    assert "Our talk.WAV: nobody speaks in it" in failed
    assert str(tmp_path) not in failed + report.text
    assert list(tmp_path.iterdir()) == []


def test_the_latest_are_held_for_an_hour() -> None:
    now = [0.0]
    held: Fading[int] = Fading(lambda: now[0])
    for number in range(MOST + 5):
        held.put(str(number), number)
    assert held.all() == list(range(MOST + 4, 4, -1))
    now[0] = LASTS_S - 1
    held.put("late", 99)
    assert held.get("24") == 24
    now[0] = LASTS_S
    assert held.all() == [99]
    held.drop("late")
    assert held.get("late") is None


def test_where_reports_are_held_is_said_of_reports(tmp_path: Path) -> None:
    assert "Reports are held in memory only: each goes after an hour" in visitor(tmp_path, Memory()).get("/").text
    assert f"Reports are kept in the folder {tmp_path}" in visitor(tmp_path, Folder(tmp_path)).get("/").text


def test_what_is_forgotten_is_gone(tmp_path: Path) -> None:
    now = [0.0]
    client = visitor(tmp_path, Memory(lambda: now[0]))
    place = str(client.get(bring(client, CLEAR)).url)
    assert client.get(place).status_code == 200
    now[0] = LASTS_S
    assert client.get(place).status_code == 404
    place = str(client.get(bring(client, CLEAR)).url)
    assert client.post(f"{place}/remove").url == f"{ADDRESS}/"
    gone = client.get(place)
    assert gone.status_code == 404
    assert "no longer here" in gone.text


def test_reports_are_kept_in_a_folder_until_they_are_removed(tmp_path: Path) -> None:
    keep = tmp_path / "kept"
    client = visitor(tmp_path, Folder(keep))
    for _ in range(2):
        client.get(bring(client, CLEAR, "first: talk?.txt"))
    files = sorted(keep.iterdir())
    assert len(files) == 2
    assert all(oct(file.stat().st_mode)[-3:] == "600" for file in files)
    assert stored.load(files[0])[0].session.name == "first: talk?"
    (keep / "notes.json").write_text("{}")

    later = visitor(tmp_path, Folder(keep))
    assert str(keep) in later.get("/").text
    kept = Folder(keep).all()
    assert sorted(one.name for one in kept) == ["first_ talk_", "first_ talk_-2"]
    assert "It wore you out." in later.get(f"/reports/{kept[0].id}").text
    later.post(f"/reports/{kept[0].id}/remove")
    later.post("/reports/..%2Fnotes/remove")
    assert len(Folder(keep).all()) == 1
    assert len(list(keep.iterdir())) == 2


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="--keep"):
        Folder(tmp_path / "file" / "kept")


def test_speakers_are_told_by_their_words_or_where_only_sound_is_known_by_their_times() -> None:
    talk = Session("s", (Utterance(0, "A", "Yes.", 0), Utterance(1, "B", "It has been raining for days.", 61_000)))
    assert pages.voices(talk) == [
        ("A", "speaks once, first at 0:00", ("Yes.",)),
        ("B", "speaks once, first at 1:01", ("It has been raining for days.",)),
    ]
    sound = Session("s", tuple(Utterance(i, "AB"[i % 2], "[speech]", i * 1000, i * 1000 + 900) for i in range(4)))
    assert pages.voices(sound)[1] == ("B", "speaks 2 times, first at 0:01, 2 s of talk", ())


def test_something_unexpected_is_a_sentence_and_nothing_is_logged(
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def boom(*_: object) -> None:
        raise ZeroDivisionError("strange")

    with caplog.at_level(logging.DEBUG, logger="transcript_rapport"):
        monkeypatch.setattr("transcript_rapport.web.desk.analyse", boom)
        page = client.get(bring(client, CLEAR, "private name.txt")).text
    assert "something unexpected happened (ZeroDivisionError: strange)" in page
    written = caplog.text + "".join(capfd.readouterr())
    assert "wore you out" not in written
    monkeypatch.setattr(pages, "start", boom)
    assert client.get("/").status_code == 500


def test_a_port_in_use_is_said() -> None:
    with serving._listening(0) as door:
        host, port = door.getsockname()
        assert host == "127.0.0.1"
        with pytest.raises(SettingsError, match="--port"):
            serving._listening(port)


def test_a_missing_library_is_answered_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from transcript_rapport import web
    from transcript_rapport.settings import DEFAULTS

    monkeypatch.setattr(web, "find_spec", lambda name: None if name == "uvicorn" else object())
    with pytest.raises(
        SettingsError, match=r"uvicorn is missing; install it with: pip install 'transcript-rapport\[web\]'"
    ):
        web.serve(DEFAULTS)


def test_names_are_replaced_first_where_that_is_ticked(client: TestClient) -> None:
    text = "Therapist: How is your sister Moira doing?\nClient: Moira moved to Leicester, and it wore me out.\n" * 3
    sent = client.post("/sessions", data={"text": text, "deidentify": "yes"}, follow_redirects=False)
    page = client.get(settled(client, sent.headers["location"]))
    assert page.status_code == 200
    assert "Moira" not in page.text
    assert "Leicester" not in page.text
