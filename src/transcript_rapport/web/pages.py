"""The pages: the same look as the report, whose style sheet they share; what users bring stays text."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from transcript_rapport.recordings.sound import SUFFIXES
from transcript_rapport.renderers import html
from transcript_rapport.renderers.wording import clock, shortened
from transcript_rapport.report import Report
from transcript_rapport.session import Session
from transcript_rapport.settings import Reader, Settings
from transcript_rapport.web import brought
from transcript_rapport.web.desk import Work
from transcript_rapport.web.shelf import Shelf

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
READERS = {"trainee": "you", "supervisor": "a supervisor", "researcher": "a researcher", "anyone": "anyone"}
SETTINGS = {"auto": "as the talk shows", "counselling": "counselling", "medical": "a medical visit"}
STEPS = {"reading": "Reading", "coding": "Coding every statement", "writing": "Writing the report"}
SOME_WORDS, QUOTES = 4, 3
GONE = "This is no longer here: what is not kept in a folder goes after an hour, or when the program ends."


def start(shelf: Shelf, chosen: Settings) -> str:
    """The page to begin on: a place for a file or text, as the settings say, and what was reported on before."""
    return _page("start.html", shelf=shelf, pasted="", **_chosen(chosen))


def _chosen(settings: Settings) -> dict[str, object]:
    """What the form shows as chosen; American spelling is a name of a kind of talk too."""
    setting = "counselling" if settings.setting == "counseling" else settings.setting
    return {"setting": setting, "deidentify": settings.deidentify}


def progress(work: Work) -> str:
    """How far a piece of work has come; the page asks again by itself."""
    return _page("working.html", work=work, steps=STEPS, doing=doing(work))


def doing(work: Work) -> str:
    """What is being done, in a sentence for eyes and screen readers alike."""
    if work.stage == "waiting":
        return "Waiting for its turn"
    return STEPS.get(work.stage, "Done") + (f": {work.told}" if work.busy and work.told else "")


def several(work: Work) -> str:
    """The sessions of a file that holds several, to choose from."""
    return _page("several.html", work=work)


def unsure(work: Work) -> str:
    """The speakers, each with a few words, to choose the practitioner from."""
    return _page("unsure.html", work=work, voices=voices(work.sessions[0]))


def problem(sentence: str, chosen: Settings, pasted: str = "") -> str:
    """Something that could not be used: its one sentence, and the way back, with what was chosen."""
    return _page("problem.html", sentence=sentence, pasted=pasted, **_chosen(chosen))


def report(of: Report, key: str, reader: Reader) -> tuple[str, str]:
    """A report's own page with a bar to change the view and to take it along; the page, and its policy."""
    style = _file("bar.css")
    bar = _environment().get_template("bar.html").render(key=key, reader=reader, readers=READERS, style=style)
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    page = html.render(written_for(of, reader))
    page = page.replace("style-src ", f"style-src 'sha256-{allowed}' ", 1)
    page = page.replace('<header class="top">', f'{bar}\n<header class="top">', 1)
    own = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    policy = own[1].replace("&#39;", "'") if own else "default-src 'none'"
    return page, f"{policy}; frame-ancestors 'none'"


def written_for(of: Report, reader: Reader) -> Report:
    """The same report for another reader."""
    settings = of.made_with.get("settings")
    chosen = {**(settings if isinstance(settings, dict) else {}), "reader": reader}
    return replace(of, made_with={**of.made_with, "settings": chosen})


def reader_of(asked: str) -> Reader:
    """The reader that an address names; the trainee where it names none."""
    return next((reader for reader in get_args(Reader) if reader == asked), "trainee")


class Voice(NamedTuple):
    """A speaker as somebody who was there would know them: label, how often they speak, and a few of their words."""

    label: str
    told: str
    quotes: tuple[str, ...]


def voices(session: Session) -> list[Voice]:
    """The speakers of a session in order; quotes are left out where nothing but sound is known."""
    return [_voice(session, label) for label in session.speakers]


def _voice(session: Session, label: str) -> Voice:
    own = [utterance for utterance in session if utterance.speaker == label]
    times = "once" if len(own) == 1 else f"{len(own)} times"
    begins = own[0].start_ms
    told = f"speaks {times}" + (f", first at {clock(begins)}" if begins is not None else "")
    if session.has_ends:
        told += f", {round(sum((u.end_ms or 0) - (u.start_ms or 0) for u in own) / 1000)} s of talk"
    texts = list(dict.fromkeys(u.text for u in own if u.text.strip() and not re.fullmatch(r"\[.*\]", u.text)))
    telling = [text for text in texts if len(text.split()) >= SOME_WORDS] or texts
    return Voice(label, told, tuple(shortened(text, 140) for text in telling[:QUOTES]))


@cache
def style() -> str:
    """The style sheet: the report's own, and what only these pages need."""
    return (html.TEMPLATES / "report.css").read_text(encoding="utf-8") + _file("bar.css") + _file("page.css")


@cache
def script() -> str:
    """The script: it shows progress without a new page and tells early what would be refused; all works without."""
    return _file("page.js")


def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(
        recordings=" ".join(sorted(SUFFIXES)),
        most_transcript=brought.MOST_TRANSCRIPT,
        most_recording=brought.MOST_RECORDING,
        megabyte=brought.MB,
        settings=SETTINGS,
    )
    return made


def _page(template: str, **held: object) -> str:
    return _environment().get_template(template).render(**held)
