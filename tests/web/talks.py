"""Small invented transcripts, and a page to bring them to."""

from __future__ import annotations

import time
from pathlib import Path

from starlette.testclient import TestClient

from transcript_rapport.settings import DEFAULTS
from transcript_rapport.web.app import create
from transcript_rapport.web.desk import Desk
from transcript_rapport.web.shelf import Memory, Shelf

ADDRESS = "http://127.0.0.1:8765"
CLEAR = (
    "Therapist: What was the week like?\nClient: Long. I slept badly.\nTherapist: It wore you out.\nClient: It did.\n"
)
UNCLEAR = "Anna: It rained on the way here, all of it.\nBea: The bus was late again.\nAnna: Mine too.\nBea: Yes, yes.\n"
BROKEN = "WEBVTT\n\n00:02:10.000 --> 00:02:04.000\n<v Therapist>hello\n"
SCRIPT = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
SEVERAL = "session,speaker,text\n" + "".join(
    f"{name},{who},{words}\n"
    for name in ("monday", "friday")
    for who, words in (("Therapist", "How are you?"), ("Client", "A bit better."))
)


def visitor(folder: Path, shelf: Shelf | None = None, origin: str = ADDRESS, setting: str = "auto") -> TestClient:
    """A browser's stand-in before the page, sending what a browser sends."""
    desk = Desk(shelf or Memory(), DEFAULTS.with_changes({"reader": "trainee", "setting": setting}))
    headers = {"origin": origin} if origin else {}
    return TestClient(create(desk, folder), base_url=ADDRESS, headers=headers, raise_server_exceptions=False)


def bring(client: TestClient, text: str, name: str = "talk.txt", **fields: str) -> str:
    """Bring a file, wait until nothing goes on by itself any more, and give the address of what came of it."""
    sent = client.post("/sessions", files={"file": (name, text.encode())}, data=fields, follow_redirects=False)
    return settled(client, sent.headers["location"])


def settled(client: TestClient, address: str) -> str:
    """The same address once its work waits for somebody, failed or is done."""
    for _ in range(600):
        if not client.get(f"{address}/state").json()["busy"]:
            return address
        time.sleep(0.05)
    raise AssertionError("the work did not end")
