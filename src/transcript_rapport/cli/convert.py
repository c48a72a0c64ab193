"""``rapport convert``: transcripts or reports from their files into another format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from transcript_rapport import writers
from transcript_rapport.across.frames import free_name
from transcript_rapport.cli.door import say, write
from transcript_rapport.cli.output import save
from transcript_rapport.errors import RapportError, SettingsError
from transcript_rapport.readers import Source, read, read_source
from transcript_rapport.session import Session
from transcript_rapport.writers import Writer, reports
from transcript_rapport.writers.reports import Marked


@dataclass(frozen=True, slots=True)
class Convert:
    """How to convert: ``name`` chooses one of several sessions, ``force`` replaces files that are there."""

    name: str | None = None
    invent_times: bool = False
    force: bool = False

    def file(self, given: str, out: str, writer: Writer) -> None:
        """Write the session in ``given`` to ``out`` (``-``: standard output), and say what changed."""
        self._check_free([given], out)
        self._write(given, _chosen(Source.open(given), self.name), out, writer)
        self.written(out)

    def together(self, given: Sequence[str], out: str, writer: Writer) -> None:
        """Write the one session of files that hold a speaker each."""
        self._check_free(given, out)
        (session,) = read(*given, together=True)
        self._write(session.source, (session, ()), out, writer)
        self.written(out)

    def folder(self, given: str, out: str, writer: Writer) -> int:
        """Write every session of every file in ``given`` into the folder ``out``; how many files could not be."""
        target = Path(out)
        if target.exists() and not target.is_dir():
            raise SettingsError(out, "this is a file", "a folder, for IN is one", "name a new one")
        target.mkdir(parents=True, exist_ok=True)
        done, failed, taken = 0, 0, set[str]()
        for path in _inside(given):
            try:
                for session, marks in _marked(Source.open(path)):
                    name = free_name(self.file_name(session), taken)
                    destination = str(target / f"{name}{writer.SUFFIX}")
                    self._check_free([path], destination)
                    self._write(path, (session, marks), destination, writer)
                    done += 1
            except RapportError as error:
                failed += 1
                say(str(error))
        if done:
            self.written(out)
        return failed

    def prepared(self, given: str, marked: Marked) -> Marked:
        """What is to be written of a session read from ``given``: as it is, unless a kind of conversion changes it."""
        del given
        return marked

    def written(self, out: str) -> None:
        """What is done once all of ``out`` was written: nothing, unless a kind of conversion has something to say."""

    def file_name(self, session: Session) -> str:
        """What the file of a session in a folder is called, without its ending."""
        return _file_name(session.name)

    def _write(self, given: str, marked: Marked, out: str, writer: Writer) -> None:
        session, marks = self.prepared(given, marked)
        if not session.utterances:
            raise RapportError("", "; ".join(session.notes) or f"{given}: {session.name} holds no words")
        written = writers.write(session, writer, marks, invent_times=self.invent_times)
        for note in (*session.notes, *written.notes):
            say(f"{given}: {note}")
        if out == "-":
            write(written.text)
            return
        try:
            save({Path(out): written.text})
        except OSError as error:
            raise RapportError(out, f"cannot be written ({error.strerror})", "", "check the folder") from None
        told = f"{len(written.session)} utterances of {len(written.session.speakers)} speakers"
        kept = len(marks) if writer.KEEPS_MARKS else 0
        say(f"{out}: {told}{f', {kept} codes and findings' if kept else ''}")

    def _check_free(self, given: Sequence[str], out: str) -> None:
        """Raises SettingsError where writing would replace a transcript itself, or anything else without --force."""
        if out == "-" or not Path(out).exists():
            return
        if any(path != "-" and Path(path).exists() and Path(path).samefile(out) for path in given):
            raise SettingsError(out, "this is the transcript itself", "another file", "it is never replaced")
        if Path(out).is_dir():
            raise SettingsError(out, "this is a folder", "a file", "add a name to it")
        if not self.force:
            raise SettingsError(out, "there is such a file already", "a new name", "add --force to replace it")


def run(given: Sequence[str], out: str, to: str | None, how: Convert, *, together: bool = False) -> int:
    """Convert one file, a folder into a folder, or files of one session; how many files could not be converted."""
    is_folder = len(given) == 1 and Path(given[0]).is_dir()
    if is_folder and together:
        given, is_folder = list(_inside(given[0])), False
    if is_folder and to is None:
        raise SettingsError(given[0], "this is a folder", "the format to write", "name it with --to, such as --to vtt")
    writer = _writer(to, out)
    if is_folder:
        return how.folder(given[0], out, writer)
    if together:
        how.together(given, out, writer)
    elif len(given) == 1:
        how.file(given[0], out, writer)
    else:
        raise SettingsError(
            "IN", f"there are {len(given)} files", "one file or folder", "add --together for one session"
        )
    return 0


def _writer(to: str | None, out: str) -> Writer:
    """The writer of the format that --to names, else of the one that OUT's ending says."""
    if to and to not in writers.names():
        raise SettingsError("--to", f"there is no format {to!r}", f"one of {', '.join(writers.names())}")
    return writers.for_name(to) if to else writers.for_path(out)


def _inside(folder: str) -> list[str]:
    """The transcripts and reports in a folder, in order of their names."""
    from transcript_rapport.across import gather

    return [str(path) for path in gather.inside(folder)]


def _file_name(name: str) -> str:
    """A session's name without what a path cannot hold."""
    plain = "".join(letter if letter.isprintable() and letter not in '/\\:*?"<>|' else "_" for letter in name)
    return plain.strip(". ")[:120] or "session"


def _marked(source: Source) -> list[Marked]:
    return reports.read(source) or [(session, ()) for session in read_source(source)]


def _chosen(source: Source, name: str | None) -> Marked:
    """The session called ``name``, or the only one, with the marks of its report."""
    found = _marked(source)
    if name is not None:
        found = [marked for marked in found if marked[0].name == name] or found
    if len(found) == 1 and name in {None, found[0][0].name}:
        return found[0]
    names = [session.name for session, _ in found]
    shown = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    seen = f"it holds {len(found)} sessions" if name is None or name in names else f"no session is called {name!r}"
    raise SettingsError(source.path, seen, "one", f"name it with --session, one of: {shown}")
