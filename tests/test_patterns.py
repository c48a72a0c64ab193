"""Every pattern in a table keeps its promises: its examples match or do not, it says what it is for, and it is used."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import transcript_rapport
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.patterns import Patterns

PACKAGE = Path(transcript_rapport.__file__).parent
MODULES = [path for path in PACKAGE.rglob("*.py") if "beside(__file__" in path.read_text("utf-8")]
TABLES = {
    path.stem: import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))._SAYS
    for path in sorted(MODULES)
}
EVERY = [(table, name) for table in TABLES.values() for name in table.table if name != "pieces"]

every = pytest.mark.parametrize(("table", "name"), EVERY, ids=[f"{table.path.stem}: {name}" for table, name in EVERY])


@every
def test_examples_fire_and_stay_quiet(table: Patterns, name: str) -> None:
    entry, pattern = table.table[name], table[name]

    def found(text: str) -> bool:
        return bool(pattern.search(text if table.flags else plain(text)))

    assert [text for text in entry["fires"] if not found(text)] == [], "these examples should fire"
    assert [text for text in entry["quiet"] if found(text)] == [], "these examples should stay quiet"


@every
def test_a_pattern_says_what_it_is_for(table: Patterns, name: str) -> None:
    entry = table.table[name]
    assert set(entry) <= {"about", "before", "words", "anywhere", "after", "fires", "quiet"}
    assert entry["about"].endswith(".") and len(entry["fires"]) >= 2 and len(entry["quiet"]) >= 2


@pytest.mark.parametrize("stem", TABLES)
def test_a_table_holds_what_its_module_asks_for_and_no_more(stem: str) -> None:
    table = TABLES[stem]
    code, written = (table.path.with_suffix(end).read_text("utf-8") for end in (".py", ".toml"))
    named = set(re.findall(r'_SAYS\["(\w+)"\]', code)) | set(re.findall(r"\{([a-z_]+)\}", written))
    assert named == set(table.table) - {"pieces"} | set(table.table.get("pieces", {}))


@pytest.fixture
def heard(tmp_path: Path) -> Patterns:
    written = r"""
    [pieces]
    animal = '''
    cat|dog
    old {bird}
    '''
    bird = 'hen'
    [pet]
    before = 'my '
    words = '''
    {animal}s?
      not before food|{animal}
    it's a pony
    '''
    after = '[.!]'
    [any]
    anywhere = '{pet}|z+'
    """
    path = tmp_path / "heard.toml"
    path.write_text(written, "utf-8")
    return Patterns(path, re.IGNORECASE)


@pytest.mark.parametrize("text", ["My dogs!", "my old hen.", "my it’s a pony."])
def test_lines_are_whole_words_in_any_case_with_any_apostrophe(heard: Patterns, text: str) -> None:
    assert heard["pet"].search(text) and heard["any"].search(text)


@pytest.mark.parametrize("text", ["my dogged!", "the dog.", "my dog", "my hen.", "my old old hen."])
def test_what_stands_around_counts(heard: Patterns, text: str) -> None:
    assert not heard["pet"].search(text)


def test_words_that_come_next_can_rule_a_line_out(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    path.write_text("[cut]\nwords = '''\ncut myself\n  not before some|a\n  not before shav\\w+\n'''", "utf-8")
    cut = Patterns(path)["cut"]
    assert cut.search("i cut myself again") and not cut.search("i cut myself some slack")
    assert not cut.search("i cut myself shaving") and cut.search("i cut myself, some days")
