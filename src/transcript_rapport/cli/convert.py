"""``rapport convert``: one transcript or report from its file into another format."""

from __future__ import annotations

from pathlib import Path

from transcript_rapport import writers
from transcript_rapport.cli.door import say, write
from transcript_rapport.cli.output import save
from transcript_rapport.errors import RapportError, SettingsError
from transcript_rapport.readers import Source, read_source
from transcript_rapport.writers import Written, reports
from transcript_rapport.writers.reports import Marked


def run(given: str, out: str, to: str | None, name: str | None, *, invent_times: bool, force: bool) -> None:
    """Write the session in ``given`` to ``out`` (``-``: standard output), and say on standard error what changed."""
    writer = writers.for_name(to) if to else writers.for_path(out)
    _check_free(given, out, force)
    source = Source.open(given)
    session, marks = _chosen(source, name)
    written = writers.write(session, writer, marks, invent_times=invent_times)
    for note in (*session.notes, *written.notes):
        say(f"{given}: {note}")
    if out == "-":
        write(written.text)
        return
    try:
        save({Path(out): written.text})
    except OSError as error:
        raise RapportError(out, f"cannot be written ({error.strerror})", "", "check the folder") from None
    say(_done(out, written, len(marks) if writer.KEEPS_MARKS else 0))


def _check_free(given: str, out: str, force: bool) -> None:
    """Raises SettingsError where writing would replace the transcript itself, or anything else without --force."""
    if out == "-" or not Path(out).exists():
        return
    if given != "-" and Path(given).exists() and Path(given).samefile(out):
        raise SettingsError(out, "this is the transcript itself", "another file", "it is never replaced")
    if Path(out).is_dir():
        raise SettingsError(out, "this is a folder", "a file", "add a name to it")
    if not force:
        raise SettingsError(out, "there is such a file already", "a new name", "add --force to replace it")


def _chosen(source: Source, name: str | None) -> Marked:
    """The session called ``name``, or the only one, with the marks of its report."""
    found = reports.read(source) or [(session, ()) for session in read_source(source)]
    if name is not None:
        found = [marked for marked in found if marked[0].name == name] or found
    if len(found) == 1 and name in {None, found[0][0].name}:
        return found[0]
    names = [session.name for session, _ in found]
    shown = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    seen = f"it holds {len(found)} sessions" if name is None or name in names else f"no session is called {name!r}"
    raise SettingsError(source.path, seen, "one", f"name it with --session, one of: {shown}")


def _done(out: str, written: Written, marks: int) -> str:
    session = written.session
    told = f"{len(session)} utterances of {len(session.speakers)} speakers"
    return f"{out}: {told}{f', {marks} codes and findings' if marks else ''}"
