"""Which address answers with what: every answer is thin, and the work stands behind the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from transcript_rapport import plugins, recordings
from transcript_rapport.errors import RapportError, ReadError
from transcript_rapport.report import Report
from transcript_rapport.settings import Settings
from transcript_rapport.web import brought, pages
from transcript_rapport.web.desk import Desk, Work
from transcript_rapport.web.guard import Guard
from transcript_rapport.web.shelf import new_id

SEE_OTHER = 303
For = Annotated[str, Query(alias="for")]


def create(desk: Desk, folder: Path) -> FastAPI:
    """The pages before ``desk``; recordings lie in ``folder`` until they were heard."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    problem = partial(_problem, chosen=desk.settings)
    app.add_middleware(Guard, refuse=problem)
    _tell_problems(app, problem, desk.settings)
    _take_in(app, desk, folder)
    _show_work(app, desk)
    _show_reports(app, desk)
    _show_looks(app)

    @app.get("/")
    def start() -> HTMLResponse:
        return HTMLResponse(pages.start(desk.shelf, desk.settings))

    return app


def _problem(sentence: str, status: int = 422, *, chosen: Settings, pasted: str = "") -> HTMLResponse:
    return HTMLResponse(pages.problem(sentence, chosen, pasted), status)


def _refused(error: RapportError, chosen: Settings) -> HTMLResponse:
    return _problem(str(error), 413 if isinstance(error, brought.TooLargeError) else 422, chosen=chosen)


def _tell_problems(app: FastAPI, problem: Callable[[str, int], HTMLResponse], chosen: Settings) -> None:
    """Whatever goes wrong is a page with one sentence and the way back."""

    @app.exception_handler(RapportError)
    def refused(_: Request, error: RapportError) -> HTMLResponse:
        return _refused(error, chosen)

    @app.exception_handler(HTTPException)
    def unknown(_: Request, error: HTTPException) -> HTMLResponse:
        told = pages.GONE if error.status_code == 404 else str(error.detail)
        return problem(told, error.status_code)

    @app.exception_handler(Exception)
    def unexpected(_: Request, error: Exception) -> HTMLResponse:
        return problem(f"Something unexpected happened ({type(error).__name__}).", 500)


def _take_in(app: FastAPI, desk: Desk, folder: Path) -> None:
    @app.post("/sessions")
    async def bring(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=10, max_part_size=brought.MOST_TEXT) as form:
            text = str(form.get("text", ""))
            settings = _asked(form, desk.settings)
            try:
                came = await run_in_threadpool(_brought, form, settings, folder)
            except RapportError as error:
                return _refused(error, settings)
        return _to(desk.take(came, settings, text if came.name == brought.PASTED else ""))

    @app.post("/work/{key}/practitioner")
    async def practitioner(request: Request, key: str) -> RedirectResponse:
        work, number = _work(desk, key), await _number(request)
        if work.stage == "unsure":
            if number >= len(work.sessions[0].speakers):
                raise HTTPException(404)
            desk.with_practitioner(work, number)
        return _to(work)

    @app.post("/work/{key}/session")
    async def one(request: Request, key: str) -> RedirectResponse:
        work, number = _work(desk, key), await _number(request)
        if work.stage != "several" or number >= len(work.sessions):
            raise HTTPException(404)
        return _to(desk.one_of(work, number))


def _asked(form: FormData, settings: Settings) -> Settings:
    """The settings with what the form says about names, the kind of talk, and a recording."""
    changes: dict[str, object] = {"deidentify": True} if form.get("deidentify") else {}
    name = " ".join(str(form.get("confirmed_by", "")).split())
    if form.get("consent") and name:
        changes["consent"] = name[:100]
    if (setting := str(form.get("setting", ""))) in pages.SETTINGS:
        changes["setting"] = setting
    if (speakers := str(form.get("speakers", ""))) in ("2", "3", "4"):
        changes["speakers"] = int(speakers)
    return settings.with_changes(changes)


def _brought(form: FormData, settings: Settings, folder: Path) -> brought.Brought:
    """The file or the text of a form; a ReadError where there is neither, or nobody confirmed consent."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        text = str(form.get("text", ""))
        if not text.strip():
            raise ReadError("", "Nothing was chosen yet", "", "choose a file, or paste the text of a session")
        return brought.pasted(text)
    size = file.size or 0
    if not recordings.is_recording(file.filename):
        return brought.given(file.filename, file.file, size)
    if settings.consent is None:
        seen = "nobody has confirmed yet that everyone who can be heard agreed to this"
        remedy = "tick the box under “It is a recording”, and give the name of whoever confirms it"
        raise ReadError(brought.plain_name(file.filename), seen, "", remedy)
    return brought.recorded(file.filename, file.file, size, folder, new_id())


def _show_work(app: FastAPI, desk: Desk) -> None:
    @app.get("/work/{key}")
    def show(key: str) -> Response:
        work = _work(desk, key)
        if work.stage == "done":
            return RedirectResponse(f"/reports/{work.report}", SEE_OTHER)
        if work.stage == "failed":
            return _problem(work.told, chosen=work.settings, pasted=work.pasted)
        page = {"several": pages.several, "unsure": pages.unsure}.get(work.stage, pages.progress)
        return HTMLResponse(page(work))

    @app.get("/work/{key}/state")
    def state(key: str) -> JSONResponse:
        work = _work(desk, key)
        return JSONResponse({"stage": work.stage, "busy": work.busy, "doing": pages.doing(work)})


def _show_reports(app: FastAPI, desk: Desk) -> None:
    @app.get("/reports/{key}")
    def show(key: str, reader: For = "") -> HTMLResponse:
        page, policy = pages.report(_report(desk, key), key, pages.reader_of(reader))
        return HTMLResponse(page, headers={"Content-Security-Policy": policy})

    @app.get("/reports/{key}/{form}")
    def take(key: str, form: str, reader: For = "") -> Response:
        if form not in ("html", "json"):
            raise HTTPException(404)
        report = pages.written_for(_report(desk, key), pages.reader_of(reader))
        renderer: Any = plugins.load("renderers", form)
        name = quote(f"{report.session.name}{renderer.SUFFIX}", safe="")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(renderer.render(report), media_type="application/octet-stream", headers=headers)

    @app.post("/reports/{key}/remove")
    def remove(key: str) -> RedirectResponse:
        desk.shelf.remove(key)
        return RedirectResponse("/", SEE_OTHER)


def _show_looks(app: FastAPI) -> None:
    @app.get("/page.css")
    def style() -> Response:
        return Response(pages.style(), media_type="text/css")

    @app.get("/page.js")
    def script() -> Response:
        return Response(pages.script(), media_type="text/javascript")

    @app.get("/favicon.ico")
    def icon() -> Response:
        return Response(status_code=204)


def _to(work: Work) -> RedirectResponse:
    return RedirectResponse(f"/work/{work.id}", SEE_OTHER)


def _work(desk: Desk, key: str) -> Work:
    if (work := desk.works.get(key)) is None:
        raise HTTPException(404)
    return work


def _report(desk: Desk, key: str) -> Report:
    if (report := desk.shelf.get(key)) is None:
        raise HTTPException(404)
    return report


async def _number(request: Request) -> int:
    """The number a form chose."""
    async with request.form(max_files=0, max_fields=5) as form:
        chosen = str(form.get("number", ""))
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 9):
        raise ReadError("", "Nothing was chosen yet", "", "go back and choose one")
    return int(chosen)
