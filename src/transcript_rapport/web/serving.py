"""The server: bound to this machine, silent, ended by the interrupt key."""

from __future__ import annotations

import os
import signal
import socket
import sys
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import typer
import uvicorn

from transcript_rapport.analysis import analyse
from transcript_rapport.errors import SettingsError
from transcript_rapport.session import Session, Utterance
from transcript_rapport.settings import Settings
from transcript_rapport.web.app import create
from transcript_rapport.web.desk import Desk
from transcript_rapport.web.shelf import Folder, Memory

HOST = "127.0.0.1"
WARMING = Session(
    "warming up",
    (Utterance(0, "Therapist", "How was your week?"), Utterance(1, "Client", "Long, and I slept badly.")),
)


def run(settings: Settings, port: int, keep: Path | None, opened: bool) -> None:
    """Serve until the interrupt key; what was held in memory or in temporary files is gone afterwards."""
    shelf = Folder(keep) if keep else Memory()
    # Being ended by the system is tidied up after just as the interrupt key is.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _listening(port) as door, TemporaryDirectory(prefix="rapport-") as folder:
        analyse(WARMING, settings)  # loads the model, and says at once what is wrong with it
        address = f"http://{HOST}:{door.getsockname()[1]}"
        try:
            typer.echo(f"Open {address} in a browser on this machine. {shelf.told} Ctrl-C ends it.")
            if opened and _has_screen():
                Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            uvicorn.Server(_config(create(Desk(shelf, settings), Path(folder)))).run(sockets=[door])
        except KeyboardInterrupt:
            typer.echo("")


def _config(app: object) -> uvicorn.Config:
    """A server that writes nothing down: no access log, and no tracebacks, which may hold what was said."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        access_log=False,
        log_config=None,
        log_level="critical",
        server_header=False,
        timeout_graceful_shutdown=1,
    )


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        told = getattr(error, "strerror", None) or str(error)
        seen = f"{HOST}:{port} cannot be used ({told})"
        raise SettingsError("--port", seen, "a free port", "name another one, such as --port 8766") from None


def _has_screen() -> bool:
    """Whether there is a desktop to show a browser on; in a bare terminal one would take the terminal over."""
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
