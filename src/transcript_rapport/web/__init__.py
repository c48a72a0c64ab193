"""The page to upload to: a door for a browser on this machine, and for nobody else.

Needs the extra ``web``. Behind it stand reading and ``analyse``, as behind every other door; nothing is logged,
and nothing is fetched from or sent to anywhere.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from transcript_rapport.errors import SettingsError
from transcript_rapport.settings import Settings

PORT = 8765
INSTALL = "install it with: pip install 'transcript-rapport[web]'"
LIBRARIES = {"fastapi": "fastapi", "uvicorn": "uvicorn", "python_multipart": "python-multipart"}


def serve(settings: Settings, port: int = PORT, keep: Path | None = None, opened: bool = True) -> None:
    """Serve the page on 127.0.0.1 until the interrupt key.

    ``port`` 0 takes any free one; ``keep`` is a folder for reports (None: in memory, for this run); ``opened``:
    show the page in the browser. A SettingsError says which library is missing, or that the port is taken.
    """
    for module, library in LIBRARIES.items():
        if find_spec(module) is None:
            raise SettingsError("rapport serve", f"the library {library} is missing", "", INSTALL)
    from transcript_rapport.web import serving

    serving.run(settings, port, keep, opened)
