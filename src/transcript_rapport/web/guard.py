"""Who is let in: this machine's own browser, from this page, with so much; and what every answer forbids."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from transcript_rapport.web.brought import MB, MOST_RECORDING, too_large

HOSTS = ("127.0.0.1", "localhost")
MOST_BODY = MOST_RECORDING + MB
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With no-referrer a browser would hide the origin of our own forms too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ELSEWHERE = "this came from another page; open the address that rapport serve printed, and use the page there"


class Guard:
    """Stands before the pages: checks host, origin and length, and puts the policy on every answer."""

    def __init__(self, app: ASGIApp, refuse: Callable[[str, int], Response]) -> None:
        self.app = app
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with a sentence."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refused = _refusal(str(scope["method"]), headers)
        answer = self.refuse(*refused) if refused else self.app
        await answer(scope, _bounded(receive), guarded)


def _refusal(method: str, headers: Headers) -> tuple[str, int] | None:
    """Why a request is not let in, and the status that says so."""
    host = headers.get("host", "")
    if host.rpartition(":")[0] not in HOSTS and host not in HOSTS:  # a name pointed here from outside
        return ELSEWHERE, 400
    if method not in ("GET", "HEAD") and not _own(headers, host):
        return ELSEWHERE, 403
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length) > MOST_BODY:
        return str(too_large("what came", int(length), MOST_RECORDING, "a recording")), 413
    return None


def _own(headers: Headers, host: str) -> bool:
    """Whether a form was sent from one of our own pages."""
    origin = headers.get("origin")
    return origin == f"http://{host}" if origin is not None else headers.get("sec-fetch-site") == "same-origin"


def _bounded(receive: Receive) -> Receive:
    """``receive``, which stops where more comes than was announced or than fits."""
    came = 0

    async def bounded() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > MOST_BODY:
            raise too_large("what came", came, MOST_RECORDING, "a recording")
        return message

    return bounded
