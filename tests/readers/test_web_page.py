"""Web pages saved from a browser, and oTranscribe's files, with invented talk."""

from __future__ import annotations

import json

import pytest

from tests.readers.asking import complaint, one, said, times

TALK = [
    ("Therapist", "How was the walk?"),
    ("Client", "Cold & long."),
    ("Therapist", "You went."),
    ("Client", "I did."),
]

FORMS = {
    "paragraphs": "<p><strong>{who}:</strong>&nbsp;{words}</p>",
    "line breaks": "<b>{who}:</b> {words}<br>",
    "bold names": "<p><b>{who}</b> {words}</p>",
    "list of terms": "<dt>{who}<dd>{words}",
    "cues": "<div><span>00:0{at}</span><span>{who}</span><div>{words}</div></div>",
    "table": "<tr><td>{who}</td><td><p>{words}</p></td></tr>",
    "table with times": "<tr><td>0:0{at}<td><b>{who}</b><td>{words}",
    "Word": "<p class=MsoNormal><span lang=EN>{who}:<span>  </span>{words}<o:p></o:p></span></p>",
}


def _page(form: str) -> str:
    rows = [
        form.format(who=who, words=words.replace("&", "&amp;"), at=at) for at, (who, words) in enumerate(TALK, start=1)
    ]
    body = "".join(rows)
    body = f"<table><tbody>{body}</tbody></table>" if form.startswith("<tr>") else body
    head = "<title>Client: no</title><style>p {color: red}</style><script>let a = 'Client: no';</script>"
    around = f"<nav>Client: menu</nav><h1>Talk</h1>{body}<footer>© Us</footer></body></html>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{around}"


@pytest.mark.parametrize("form", FORMS)
def test_one_talk_on_many_pages(form: str) -> None:
    page = _page(FORMS[form])
    assert said("a.html", page) == TALK
    assert one("a.txt", page).format == "web page"


def test_times_on_a_page() -> None:
    assert [start for _, start, _ in times("a.html", _page(FORMS["cues"]))] == [1000, 2000, 3000, 4000]


def test_otranscribe() -> None:
    text = "".join(
        f'<p><span class="timestamp" data-timestamp="{at}.5">0:0{at}</span>&nbsp;{who}: {words}</p>'
        for at, (who, words) in enumerate(TALK)
    )
    data = json.dumps({"text": text, "media": "a.mp3", "media-time": 4.5})
    assert said("a.otr", data) == TALK
    assert times("a.otr", data)[1] == ("Client", 1000, None)


@pytest.mark.parametrize(
    "page", ["<html><body><p>Nothing here.</p></body></html>", "<html></html>", "<html><table><tr><td>"]
)
def test_a_page_without_talk_is_refused_in_one_sentence(page: str) -> None:
    complaint("a.html", page)
