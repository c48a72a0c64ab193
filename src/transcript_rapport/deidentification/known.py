"""What is known as somebody's name in a session is their name wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from transcript_rapport.deidentification.around import ABSTRACT, BARE, MODALS, PEOPLE_BEFORE, VERBISH
from transcript_rapport.deidentification.numbering import SPELLED, plain
from transcript_rapport.deidentification.patterns.names.spelled import spelled
from transcript_rapport.deidentification.spans import Found, overlaps
from transcript_rapport.deidentification.tokens import CALLINGS, TITLES, Token, token_at, tokens, word_at
from transcript_rapport.deidentification.vocabulary import is_listed, is_ordinary, standing, vocabulary
from transcript_rapport.placeholders import Kind

_FEW = frozenset("a the my your this that his her their i you we they to he she it".split())


@dataclass(frozen=True)
class Known:
    """The words of people's names found so far in a session, and the names of its places and organisations."""

    names: frozenset[str]
    phrases: tuple[tuple[str, Kind], ...]

    @classmethod
    def of(cls, texts: Sequence[str], spans: Sequence[Sequence[Found]], labels: Iterable[str]) -> Known:
        """What the spans of the texts and the names among speaker labels tell."""
        mentions = [(s.kind, text[s.start : s.end]) for text, found in zip(texts, spans, strict=True) for s in found]
        mentions += [("name", name) for name in labels]
        names = {word for kind, said in mentions if kind == "name" for word in _words(said)}
        pets = vocabulary().pet_forms
        names |= {word for text, found in zip(texts, spans, strict=True) for s in found for word in _of_mail(text, s)}
        names |= {pets[name] for name in names if name in pets} | {pet for pet, full in pets.items() if full in names}
        phrases = {(plain(said), kind) for kind, said in mentions if kind in {"place", "organisation"}}
        names = {name for name in names if standing(name) != "safe" or is_listed(name, "given", "given_words")}
        return cls(frozenset(names), tuple(sorted(p for p in phrases if len(p[0]) > 2)))

    def further(self, text: str, taken: Sequence[Found], cased: bool) -> Iterator[Found]:
        """Mentions in ``text`` that the first look did not take."""
        found: list[Found] = []
        for phrase, kind in self.phrases:
            apart = r"[\W_]+".join(phrase.split())
            for match in re.finditer(rf"\b{apart}\b", text, re.IGNORECASE):
                span = Found(*match.span(), kind)
                if self._is_place(match, phrase, cased) and not overlaps(span, [*taken, *found]):
                    found.append(span)
        yield from found
        yield from self._people(tokens(text, [*taken, *found]), cased)

    def _is_place(self, match: re.Match[str], phrase: str, cased: bool) -> bool:
        if " " in phrase:
            return True
        mid = bool(re.search(r"\w,?\s$", match.string[: match.start()]))
        return (not is_ordinary(phrase) and standing(phrase) != "safe") or (
            cased and match.group()[0].isupper() and mid
        )

    def _people(self, words: Sequence[Token], cased: bool) -> Iterator[Found]:
        last: Found | None = None
        for at, token in enumerate(words):
            if not self._is_name(words, at, cased):
                continue
            if last and words[at - 1].end == last.end and re.fullmatch(r"\s+", token.gap):
                last = Found(last.start, token.end, "name")
                continue
            if last:
                yield last
            last = Found(token.start, token.end, "name")
        if last:
            yield last

    def _is_name(self, words: Sequence[Token], at: int, cased: bool) -> bool:
        token = words[at]
        cased = cased and any(word.is_capital for word in words)
        word = token.word if token.word in self.names else token.word.removesuffix("s")
        if word not in self.names or len(word) < 2:
            return False
        if not is_ordinary(token.word):
            return standing(token.word) != "safe" or (token.is_capital and not token.first)
        if cased and not token.first:
            return token.is_capital
        if cased and not token.is_capital:
            return _is_exclaimed(words, at)
        return _acts(words, at, cased) or _is_retold(words, at)


def _is_retold(words: Sequence[Token], at: int) -> bool:
    """Whether a name that was said before begins a sentence as one: "Bloom's retired.", "summer!! shes …"."""
    after = token_at(words, at + 1)
    if not words[at].first or words[at].word in MODALS | BARE - {"summer", "holly"}:
        return False
    return after is None or after.first or words[at].owns or after.word in VERBISH


def _is_exclaimed(words: Sequence[Token], at: int) -> bool:
    """Whether a known name is a sentence of its own, though written small."""
    token, after = words[at], token_at(words, at + 1)
    return token.first and token.word not in MODALS | {"hope", "love"} and (after is None or after.first) and at > 0


def _of_mail(text: str, span: Found) -> Iterator[str]:
    """The given names that an e-mail address begins with: "joy dot beynon at …"."""
    if span.kind == "email":
        own = re.split(r"@|\bat\b", text[span.start : span.end].lower())[0]
        words = [word for word in re.findall(r"[^\W\d_]+", own) if word not in {"dot", "underscore", "dash"}]
        if len(words) > 1 and is_listed(words[0], "given", "given_words"):
            yield words[0]


_TO_SOMEBODY = frozenset(
    "say said says saying talk talked talking spoke speak listen listened wrote gave give close next "
    "married it him her "
    "that sorry thanks happened went go going back up down".split()
)
_BEFORE_THINGS = frozenset(
    "a the my your his her their no any some more much of in i you we they he she it x have has had "
    "lost lose losing "
    "not don't didn't can't would will could a bit little this".split()
)


def _means_itself(words: Sequence[Token], at: int) -> bool:
    """Whether a word that is somebody's name in this session is the ordinary word here: "i hope", "the rose"."""
    before = word_at(words, at - 1)
    if at and words[at - 1].owns and before in {"i", "it"}:  # "i'm summer"
        return False
    if before == "to":
        return at < 2 or words[at - 2].word not in _TO_SOMEBODY
    return before in _BEFORE_THINGS


_SOME = frozenset("no any some of much more good in with-out can could would don't not".split())


def _acts(words: Sequence[Token], at: int, cased: bool) -> bool:
    """Whether a word that is also a name does what a person does."""
    if not cased and is_listed(words[at].word, "given_words", "given") and words[at].word not in MODALS:
        return not _means_itself(words, at)
    token, after = words[at], token_at(words, at + 1)
    before = words[at - 1].word if at and not token.first else ""
    if is_listed(token.word, "given_words", "given") and token.word not in MODALS and before not in _FEW | _SOME:
        return after is None or not is_listed(after.word, "pronouns")
    if before in _FEW or not is_listed(token.word, "given_words", "given"):
        return False
    if after is not None and after.word in VERBISH:
        return token.word not in ABSTRACT or cased or after.word not in {"is", "was", "has", "and"}
    if before in PEOPLE_BEFORE - {"and"}:
        return token.word not in MODALS
    return cased and token.word not in MODALS | ABSTRACT and (after is None or after.gap.startswith(","))


def _words(mention: str) -> Iterator[str]:
    if SPELLED.fullmatch(mention):
        if word := spelled(mention):
            yield word
        return
    for word in plain(mention).split():
        if len(word) > 1 and word not in TITLES | CALLINGS and not is_listed(word, "pronouns"):
            yield word
