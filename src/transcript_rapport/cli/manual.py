"""The pages made from the program itself: ``docs/codebook.md`` and ``docs/cli.md``.

``rapport codebook --format markdown > docs/codebook.md`` and
``python -m transcript_rapport.cli.manual > docs/cli.md`` write them; a test keeps them up to date.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from itertools import groupby
from textwrap import fill, indent
from typing import Any

from transcript_rapport.codebook import Code, codes
from transcript_rapport.errors import SettingsError

CODEBOOK_HEAD = """\
# The codebook

What a statement can do, as the coder names it. A *statement* is one complete thought; it may carry several
codes. Codes of the family *client* belong to what the client says, all others to what the practitioner says.
This page is made by `rapport codebook --format markdown` from `src/transcript_rapport/codebook.toml`.
"""

CLI_HEAD = """\
# The command line

Results go to standard output, everything else to standard error. Exit codes: 0 all done, 1 some failed,
2 wrong use (nothing was done), 130 interrupted. This page is made by `python -m transcript_rapport.cli.manual`
from the commands themselves.
"""


def codebook(name: str | None = None, markdown: bool = False) -> str:
    """The codes as text or Markdown: all of them, or those that are ``name`` or of its family.

    An unknown name is a SettingsError that lists the known ones.
    """
    chosen = [c for c in codes().values() if name in (None, c.name, c.family, c.name.split(".")[0])]
    if not chosen:
        raise SettingsError("rapport codebook", f"no code is called {name!r}", f"one of {', '.join(codes())}")
    if markdown:
        return _as_markdown(chosen)
    return _in_full(chosen) if name else _as_list(chosen)


def _as_list(chosen: Sequence[Code]) -> str:
    lines: list[str] = []
    for family, members in groupby(chosen, key=lambda code: code.family):
        lines += [family] + [f"  {code.name:24} {code.meaning}" for code in members]
    return "\n".join(lines) + "\n"


def _in_full(chosen: Sequence[Code]) -> str:
    return "\n\n".join(_entry(code) for code in chosen) + "\n"


def _entry(code: Code) -> str:
    said = {"It": code.meaning, "Why": code.why, "Try": code.suggestion, "Source": code.source}
    parts = (fill(f"{head}: {text}", 96, subsequent_indent="  ") for head, text in said.items() if text)
    return f"{code.name}: {code.title}\n" + indent("\n".join(parts), "  ")


def _as_markdown(chosen: Sequence[Code]) -> str:
    parts = [CODEBOOK_HEAD]
    for family, members in groupby(chosen, key=lambda code: code.family):
        rows = [
            f"| `{c.name}` | {c.title} | {c.meaning} | {' '.join(filter(None, (c.why, c.suggestion)))} | {c.source} |"
            for c in members
        ]
        head = [
            "| code | shown as | the statement or client … | why, and what to try | source |",
            "|---|---|---|---|---|",
        ]
        parts.append("\n".join([f"## {family.capitalize()}", "", *head, *rows, ""]))
    return "\n".join(parts)


def commands() -> dict[str, Any]:
    """The commands of ``rapport`` by name, as the command-line library holds them."""
    from typer.main import get_command

    from transcript_rapport.cli.commands import app

    group: Any = get_command(app)
    return dict(group.commands)


def cli() -> str:
    """The reference page of the command line, as Markdown."""
    return "\n".join([CLI_HEAD, *(_command(name, command) for name, command in commands().items())])


def _command(name: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    called = " ".join(["rapport", name, *map(_spelt, arguments), "[OPTIONS]"])
    rows = [f"| `{_spelt(param)}` | {param.help}{_default(param)} |" for param in command.params]
    told = inspect.cleandoc(command.help)
    return "\n".join([f"## {name}", "", f"    {called}", "", told, "", "| | |", "|---|---|", *rows, ""])


def _spelt(param: Any) -> str:
    if param.param_type_name == "option":
        return " ".join(filter(None, (" / ".join([param.opts[-1], *param.secondary_opts]), param.metavar)))
    name = f"{param.metavar}..." if param.nargs == -1 else str(param.metavar)
    return name if param.required else f"[{name}]"


def _default(param: Any) -> str:
    if param.required:
        return " Required."
    if param.secondary_opts:
        return f" Default: `{(param.opts if param.default else param.secondary_opts)[-1]}`."
    return f" Default: `{param.default}`." if param.default and param.default is not True else ""


if __name__ == "__main__":
    from transcript_rapport.cli.door import write

    write(cli())
