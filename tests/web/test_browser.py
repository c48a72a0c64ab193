"""The page in a real browser: what a trainee does, what a transcript must not do, and that nothing leaves it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

pytest.importorskip("fastapi", reason="the extra web is not installed")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

import uvicorn
from playwright import sync_api

from tests.web.talks import BROKEN, CLEAR, SCRIPT, UNCLEAR
from transcript_rapport.settings import DEFAULTS
from transcript_rapport.web import serving
from transcript_rapport.web.app import create
from transcript_rapport.web.desk import Desk
from transcript_rapport.web.shelf import Memory

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed to open the page in")
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The page served as the command serves it."""
    with serving._listening(0) as door, TemporaryDirectory() as folder:
        desk = Desk(Memory(), DEFAULTS.with_changes({"reader": "trainee"}))
        server = uvicorn.Server(serving._config(create(desk, Path(folder))))
        thread = Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: sync_api.Browser, address: str) -> Iterator[sync_api.Page]:
    """A page at the start; whatever it asks for from elsewhere, or a policy refuses, fails the test."""
    context = browser.new_context()
    asked: list[str] = []
    troubles: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: troubles.append(message.text))
    context.on("dialog", lambda dialog: troubles.append(dialog.message))
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    yield page
    context.close()
    assert asked
    assert [url for url in asked if not url.startswith(f"{address}/")] == []
    assert [told for told in troubles if "status of 422" not in told] == []


def _bring(page: sync_api.Page, text: str, name: str = "talk.txt") -> None:
    page.set_input_files("#file", {"name": name, "mimeType": "text/plain", "buffer": text.encode()})
    page.get_by_role("button", name="Write the report").click()


def test_a_transcript_is_brought_read_and_taken_along(page: sync_api.Page) -> None:
    _bring(page, CLEAR)
    page.wait_for_selector(".bar")
    assert page.get_by_role("heading", level=1).inner_text() == "talk"
    assert "It wore you out." in (page.text_content("#transcript") or "")
    page.get_by_role("link", name="a researcher").click()
    page.wait_for_selector("#tables")
    with page.expect_download() as taken:
        page.get_by_role("link", name="data (JSON)").click()
    assert taken.value.suggested_filename == "talk.json"
    assert json.loads(Path(taken.value.path()).read_text(encoding="utf-8"))["session"]["name"] == "talk"
    page.get_by_role("link", name="Another session").click()
    page.get_by_role("link", name="talk").wait_for()  # once the page is there, and of one link only
    page.locator(".recent summary").click()
    page.get_by_role("button", name="Remove for good").click()
    page.get_by_text("No report yet").wait_for()


def test_script_in_a_transcript_and_in_a_file_name_stays_text(page: sync_api.Page) -> None:
    _bring(page, f"{CLEAR}Client: I typed {SCRIPT}\n", "<img src=x onerror=alert(1)>.txt")
    page.wait_for_selector(".bar")
    assert SCRIPT in (page.text_content("#transcript") or "")
    assert page.get_by_role("heading", level=1).inner_text() == "<img src=x onerror=alert(1)>"
    assert page.title().startswith("Rapport report")
    page.get_by_role("link", name="Another session").click()
    assert "<img src=x onerror=alert(1)>" in page.inner_text(".recent")


def test_a_broken_file_gets_its_sentence_and_pasting_goes_on_from_there(page: sync_api.Page) -> None:
    _bring(page, BROKEN, "broken.vtt")
    page.wait_for_selector(".sentence")
    assert page.get_by_role("alert").inner_text().startswith("broken.vtt:3: the words end before they start")
    page.get_by_text("Paste the text instead").click()
    page.get_by_label("The session, with who speaks").fill(CLEAR)
    page.get_by_role("button", name="Write the report").click()
    page.wait_for_selector(".bar")
    assert page.get_by_role("heading", level=1).inner_text() == "pasted text"


def test_the_unsure_practitioner_is_asked_for_and_the_answer_used_by_keyboard(page: sync_api.Page) -> None:
    _bring(page, UNCLEAR)
    page.wait_for_selector(".voices")
    page.get_by_role("radio", name="Anna").focus()
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("radio", name="Bea").is_checked()
    page.keyboard.press("Enter")
    page.wait_for_selector(".bar")
    assert "you named Bea as the practitioner" in page.inner_text("#made")


def test_a_recording_opens_the_question_for_consent(page: sync_api.Page) -> None:
    page.set_input_files("#file", {"name": "talk.WAV", "mimeType": "audio/wav", "buffer": b"RIFF"})
    assert page.get_by_label("Everyone who can be heard agreed").is_visible()
    page.get_by_role("button", name="Write the report").click()
    assert page.get_by_role("heading", level=1).inner_text() == "How did the session go?"


def test_several_files_dropped_at_once_are_not_taken_and_one_is(page: sync_api.Page) -> None:
    drop = """n => { const held = new DataTransfer();
      for (let i = 0; i < n; i++) held.items.add(new File(["Therapist: Hello."], `talk${i}.txt`));
      const told = { dataTransfer: held, bubbles: true, cancelable: true };
      document.querySelector("#file").dispatchEvent(new DragEvent("drop", told)) }"""
    page.evaluate(drop, 2)
    assert page.inner_text("#told") == "These are 2 files: please bring one session at a time."
    assert page.evaluate("document.querySelector('#file').files.length") == 0
    page.evaluate(drop, 1)
    assert page.evaluate("document.querySelector('#file').files[0].name") == "talk0.txt"
    assert page.inner_text("#told") == ""


def test_it_works_without_script(browser: sync_api.Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    _bring(page, CLEAR)
    page.wait_for_selector(".bar", timeout=PATIENCE_MS)
    context.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the interrupt key is sent otherwise there")
def test_the_command_prints_its_address_and_ends_quietly() -> None:
    command = [sys.executable, "-m", "transcript_rapport.cli", "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Open http://127.0.0.1:")
        os.kill(process.pid, signal.SIGINT)
        try:
            rest, complaints = process.communicate(timeout=30)
        finally:
            process.kill()
    assert (rest.strip(), complaints, process.returncode) == ("", "", 0)
