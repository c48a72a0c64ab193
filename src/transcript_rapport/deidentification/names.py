"""Names of people, places and organisations: by capitals, by lists and by the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transcript_rapport.deidentification.spans import Found, Kind
from transcript_rapport.deidentification.tokens import TITLES, Token
from transcript_rapport.deidentification.vocabulary import clinical, is_derived, is_listed, is_ordinary, standing

PERSONAL = frozenset(["given", "place", "proper", "unknown"])
MODALS = frozenset("will may can might mark-my".split())
ABSTRACT = frozenset(
    """hope faith grace joy love patience charity honey chance summer autumn winter rain storm sky star river reef rock stone destiny harmony melody liberty
    serenity trinity truth verity bliss heaven haven bay lane page art angel happy cash sunny ginger pepper sage olive pearl rose lily iris poppy heather holly ivy
    long sun may will dawn june august april sal ash tuesday west york oral sol gay red ray temple victor crystal amber ruby jade coral jet jewel tad buddy bud forest
    mac mercy fleur rod randy van wade skip con don hunter tanner mason sterling queen royal duke earl prince king berry cherry candy brandy sherry basil bob tiger""".split()
)
VERBISH = frozenset(
    """was is has had said says and came went told tells doesn't didn't wasn't isn't hasn't who never always thinks thought got keeps called rang left died gave
    just knows knew made makes wants wanted needs loves loved hates works worked lives lived asked comes goes took gets started stopped used moved phoned texted looked seems seemed""".split()
)
PEOPLE_BEFORE = frozenset(
    "with told tell asked ask saw met called named calling texted phoned married missed thanks hi hello hey dear bye thank goodbye and".split()
)
_PLACE_BEFORE = frozenset("in near outside around towards toward across leaving visiting".split())
_MOVING = frozenset(
    "go goes went going gone move moved moving drive drove driving travel travelled back over up down out fly flew got get came come coming live lives lived living born raised grew based from stay stayed staying trip train bus relocated arrived commute commuting".split()
)
_WORKING = frozenset(
    "work works worked working job employed volunteer volunteers volunteered volunteering study studies studied studying student shift shifts interned teach teaches taught teaching career contract manager nurse".split()
)
_CONNECTORS = frozenset("of the and de la van von der den bin ibn al el on upon le du da dos under".split())
_SAYING = re.compile(
    r"(?:(?:first|last|full|middle|maiden|family|sur|nick|real|birth|married|preferred|user)?\s?names?(?: is| was|'s|s|:)?(?: actually| really| just| like)?"
    r"|i'?m called|(?:is|was|are|be|been|s|boy|girl|woman|man|guy|bloke|friend|someone|somebody|named|lady) called|(?:they|people|everyone|you can|just|please|mates|friends) calls? (?:me|him|her)|call me|goes by|known as"
    r"|named(?: after| him| her)?|(?:this is|speaking (?:to|with)|it's) (?=\w+ (?:here|speaking|calling)\b))[\s,:]+$",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(
    """not the a an my your his her called spelled spelt important what that this and but so really just on is was for to in of it i you me we they he she um uh er mud unknown
    like yeah well actually confidential kept or with mister something no one anything bad good fine here there very too always never going being having all any also because
    after him them who which how where when if then please at by from names down up out changed similar different same mine yours hers ours written everything""".split()
)


def named(words: Sequence[Token], text: str, cased: bool) -> list[Found]:
    """People, places and organisations among the ``words`` of one line of ``text``; ``cased``: capitals tell names."""
    spans: list[Found] = []
    at = 0
    while at < len(words):
        end = _run(words, at, text, cased)
        if end > at:
            kind = kind_of(words, at, end)
            longer = end if kind == "name" and is_listed(words[at].word, "given") else _to_organisation(words, end)
            start = _with_prefix(words, at) if kind == "place" else _titled(words, at)
            if longer > end:
                end, kind = longer, "organisation"
            elif (
                at > 1
                and words[at - 1].word == "of"
                and words[at - 2].word in {"university", "bank", "college", "diocese"}
            ):
                start, kind = at - 2, "organisation"
            spans.append(Found(words[start].start, words[end - 1].end, kind))
        at = max(end, at + 1)
    return spans


def _titled(words: Sequence[Token], at: int) -> int:
    """Where the name at ``at`` begins with its title."""
    before = words[at - 1] if at else None
    return at - 1 if before and before.word in TITLES and re.fullmatch(r"\.?\s+", words[at].gap) else at


def _to_organisation(words: Sequence[Token], end: int) -> int:
    """Where the organisation ends that goes on behind a name in small letters: "oakwood primary school"."""
    for far in range(end, min(end + 3, len(words))):
        token = words[far]
        if not token.word or not re.fullmatch(r"\s+", token.gap) or (words[far - 1].owns and far > end):
            return end
        if token.word in _GOES_ON:
            continue
        return (
            far + 1
            if token.word in _SURE_ORGANISATIONS | {"centre", "center", "council", "trust", "library", "bank"}
            else end
        )
    return end


_GOES_ON = frozenset(
    "royal general city community high primary grammar memorial county central park health medical district junior infant secondary academy street road leisure sixth form house".split()
)


def _with_prefix(words: Sequence[Token], at: int) -> int:
    """Where a place begins whose first word is an ordinary one: "New …", "San …"."""
    before = words[at - 1] if at else None
    led = before is not None and before.word in _PREFIXES and re.fullmatch(r"\.?\s+", words[at].gap)
    return at - 1 if led and before is not None and before.text[0].isupper() == words[at].text[0].isupper() else at


_PREFIXES = frozenset("new san los las st saint santa great fort mount port upper lower".split())


def _run(words: Sequence[Token], at: int, text: str, cased: bool) -> int:
    """The end of the name that begins with the word at ``at``; ``at`` itself where none does."""
    told = _told(words, at, text, cased)
    if told > at:
        return told
    if words[at].is_capital and words[at].word and (cased or not words[at].first):
        return _capitals(words, at)
    return _small(words, at, cased)


def _next_to(token: Token) -> bool:
    """Whether only a space, or a dot after an initial, stands before a word."""
    return bool(re.fullmatch(r"\.?\s+|-", token.gap)) and not token.first


def _told(words: Sequence[Token], at: int, text: str, cased: bool) -> int:
    """Names that somebody says are names, whatever word they are: "my name is …", "Dr …", "my son …"."""
    token = words[at]
    if not token.word or token.word in _NOT_NAMES or len(token.word) < 2:
        return at
    before = words[at - 1] if at else None
    if before is None:
        return at
    spaced = bool(re.fullmatch(r"\.?,?\s+", token.gap))
    if _SAYING.search(text, max(0, token.start - 60), token.start) and (
        not cased or token.is_capital or not is_ordinary(token.word)
    ):
        if not (is_listed(token.word, "safe") and not token.is_capital):
            return _further(words, at + 1, cased)
    if spaced and before.word in TITLES and _may_follow(token, cased, before.text):
        return _further(words, at + 1, cased)
    if spaced and is_listed(before.word, "kin") and not before.owns and _is_name_word(token, words, at, cased):
        return _further(words, at + 1, cased)
    return at


def _may_follow(token: Token, cased: bool, title: str) -> bool:
    """Whether a word after a title is a name: "Ms Lee", "doctor okafor", but not "doctor said"."""
    if is_listed(token.word, "safe", "pronouns", "generic") and not token.is_capital:
        return False
    if cased:
        return token.is_capital
    short = title.lower() not in {"doctor", "miss", "sir", "professor", "master"}
    return short or not is_ordinary(token.word) or is_listed(token.word, "surname_words", "given_words")


def _is_name_word(token: Token, words: Sequence[Token], at: int, cased: bool) -> bool:
    """Whether the word after "my son" is his name."""
    listed = is_listed(token.word, "given_words", "given")
    if cased:
        return (
            token.is_capital
            and not token.first
            and (listed or not is_listed(token.word, "safe"))
            and (listed or standing(token.word) in PERSONAL)
        )
    if not listed or token.word in VERBISH or is_listed(token.word, "pronouns"):
        return False
    after = words[at + 1].word if at + 1 < len(words) else ""
    if token.word in MODALS or token.word in {"can", "rose", "drew", "said", "art", "sue", "rob", "love", "hope"}:
        return after in VERBISH or token.owns
    return not is_listed(after, "pronouns")


def _further(words: Sequence[Token], at: int, cased: bool) -> int:
    """The end of a name whose first word stands before ``at``: further names and surnames."""
    while at < len(words) and words[at].word and _next_to(words[at]) and at < len(words):
        token, previous = words[at], words[at - 1]
        if previous.owns:
            break
        if cased and not (token.is_capital and not is_listed(token.word, "safe")):
            break
        if not cased and not _is_surname(token, words, at):
            break
        at += 1
    return at


def _is_surname(token: Token, words: Sequence[Token], at: int) -> bool:
    held = standing(token.word)
    if held in {"given", "proper", "place", "unknown"}:
        return True
    after = words[at + 1].word if at + 1 < len(words) and words[at + 1].gap.isspace() else ""
    risky = token.word in _RISKY and not (after in {"is", "was", "has"} or not after)
    return is_listed(token.word, "surname_words") and not risky


_RISKY = frozenset(
    "day early best good just long little still low high light hand head east west north south right read love hope way park house street ring "
    "call church home may march back large new short small strong sweet swift rich wise quick sharp keen late dear darling friend friends power rush".split()
)


def _capitals(words: Sequence[Token], at: int) -> int:
    """The end of a run of capitals that holds a name; ``at`` where it holds none."""
    end = at + 1
    if not _may_begin(words, at):
        return at
    while end < len(words) and words[end].word:
        token = words[end]
        if words[end - 1].owns and not (token.is_capital and is_listed(token.word, "organisations")):
            break
        if (_next_to(token) or words[end - 1].owns) and token.text[0].isupper() and not _stops(token):
            end += 1
        elif (
            _next_to(token)
            and token.word in _CONNECTORS
            and end + 1 < len(words)
            and _next_to(words[end + 1])
            and words[end + 1].is_capital
            and not _stops(words[end + 1])
            and _joins(words[at:end], token.word)
        ):
            end += 2
        else:
            break
    return end if _holds_name(words, at, end) else at


def _stops(token: Token) -> bool:
    safe = standing(token.word) == "safe" and not is_listed(
        token.word, "given", "given_words", "surname_words", "organisations"
    )
    return (
        safe
        or not token.word
        or (len(token.text) > 1 and token.text.isupper() and not is_listed(token.word, "given", "places"))
    )


def _joins(run: Sequence[Token], connector: str) -> bool:
    """Whether "of", "and" … goes on with the name: in an organisation or a place, or where it is part of a surname."""
    if connector in {"of", "the", "and", "on", "upon", "under"}:
        held = {token.word for token in run}
        return (connector != "and" and any(is_listed(word, "organisations") for word in held)) or (
            connector in {"on", "upon", "under"}
            and run[-1].word in {"stoke", "newcastle", "kingston", "stratford", "southend", "burton", "ashton"}
        )
    return True


def _may_begin(words: Sequence[Token], at: int) -> bool:
    """Whether a name may begin with this capital."""
    token = words[at]
    held = standing(token.word)
    if held == "safe":
        return _is_both(token) and _speaks(words, at)
    if token.first and held == "common":
        return (
            is_listed(token.word, "given_words", "given", "place_words", "organisations")
            or token.word in {"st", "saint"}
            or _before_org(words, at)
        )
    return True


def _is_both(token: Token) -> bool:
    return is_listed(token.word, "given_words", "given") and not is_listed(token.word, "pronouns")


def _before_org(words: Sequence[Token], at: int) -> bool:
    return any(_next_to(w) and w.is_capital and is_listed(w.word, "organisations") for w in words[at + 1 : at + 3])


def _speaks(words: Sequence[Token], at: int) -> bool:
    """Whether somebody, and not a month or country, is spoken of: "April said", "my sister Georgia"."""
    after = words[at + 1] if at + 1 < len(words) else None
    before = words[at - 1].word if at else ""
    told = after is not None and after.word in VERBISH - {"was", "is", "and", "has", "had", "came", "went"}
    surname = (
        after is not None and _next_to(after) and after.is_capital and standing(after.word) in PERSONAL - {"place"}
    )
    return (
        told or surname or before in PEOPLE_BEFORE - {"and"} or (words[at].owns and is_listed(words[at].word, "given"))
    )


def _holds_name(words: Sequence[Token], at: int, end: int) -> bool:
    run = words[at:end]
    if any(standing(t.word) in PERSONAL and len(t.word) > 1 and t.is_capital for t in run):
        return True
    if end - at > 1:
        return _is_titled_thing(run)
    token = run[0]
    if is_listed(token.word, "given_words"):
        if token.first:
            return _verb_follows(words, at)
        return standing(token.word) != "safe" or _speaks(words, at)
    before = words[at - 1].word if at else ""
    if is_listed(token.word, "place_words"):
        return not token.first and (
            before in _PLACE_BEFORE or before in {"to", "from", "at"} or standing(token.word) == "common"
        )
    if not token.first and before in {"at", "for"} and standing(token.word) == "common":
        return not is_listed(token.word, "generic", "kin", "organisations") and token.word not in clinical()
    return is_listed(token.word, "given") and not token.first


def _is_titled_thing(run: Sequence[Token]) -> bool:
    """Whether capitals of ordinary words name something in particular: "Meadow View Surgery", "Rose Baker"."""
    held = [token.word for token in run]
    if any(is_listed(word, "given_words", "given") for word in held[:1]) and is_listed(
        held[-1], "surname_words", "given_words"
    ):
        return True
    particular = [
        word
        for word in held
        if not is_listed(word, "generic", "safe", "organisations", "kin") and word not in clinical()
    ]
    sure = any(is_listed(word, "organisations") for word in held) or (not run[0].first and len(particular) > 1)
    return sure and bool(particular) and held[-1] not in _THINGS


_THINGS = frozenset(
    "therapy disorder syndrome team service scale questionnaire inventory training programme program group unit steps".split()
)


def _verb_follows(words: Sequence[Token], at: int) -> bool:
    token, after = words[at], words[at + 1] if at + 1 < len(words) else None
    if after is None:
        return token.word not in ABSTRACT and token.word not in MODALS
    if token.owns and token.word not in ABSTRACT:
        return True
    if after.gap.startswith(",") and token.word not in {
        "love",
        "honey",
        "happy",
        "angel",
        "sweet",
        "bud",
        "may",
        "chance",
        "sunny",
    }:
        return True
    if after.word == "and" and at + 2 < len(words) and words[at + 2].word in {"i", "me"}:
        return True
    if after.word in _DEEDS or (after.word.endswith("ed") and token.word not in ABSTRACT | MODALS):
        return True
    if after.word in {"is", "was"} or token.owns:
        if at + 2 - token.owns < len(words) and words[at + 2 - token.owns].word in {"my", "his", "her"}:
            return True
    joined = words[at + 2] if at + 2 < len(words) else None
    if (
        after.word == "and"
        and joined is not None
        and joined.is_capital
        and is_listed(joined.word, "given", "given_words")
    ):
        return True
    return after.word in VERBISH and (
        token.word not in ABSTRACT or after.word in {"said", "says", "told", "asked", "thinks", "and i"}
    )


def _small(words: Sequence[Token], at: int, cased: bool) -> int:
    """The end of a name that is written small, as recognisers write; ``at`` where there is none."""
    token = words[at]
    held = standing(token.word)
    capitals = cased and token.text.isupper() and len(token.text) > 1
    if not token.word or (capitals and held not in {"given", "place"}) or (cased and held == "unknown"):
        return at
    if held in {"given", "place"} or (held == "proper" and len(token.word) > 2):
        return _further(words, at + 1, False)
    if cased:
        return at
    if held == "unknown":
        plural = token.word.endswith("s") and standing(token.word[:-1]) in {"given", "place", "proper"}
        heard = len(token.word) > 3 and not is_derived(token.word)
        return _further(words, at + 1, False) if plural or heard or _led_to_place(words, at) else at
    if is_listed(token.word, "given_words") and _heard_as_name(words, at):
        return _further(words, at + 1, False)
    if is_listed(token.word, "place_words") and _led_to_place(words, at):
        return at + 1
    return _small_organisation(words, at)


def _heard_as_name(words: Sequence[Token], at: int) -> bool:
    """Whether a word that is also a name is one here, without a capital to say so."""
    token, before = words[at], words[at - 1].word if at else ""
    after = words[at + 1] if at + 1 < len(words) else None
    surname = (
        after is not None
        and _next_to(after)
        and (
            standing(after.word) in {"proper", "given", "unknown"}
            or (is_listed(after.word, "surname_words") and after.word not in _RISKY)
        )
    )
    if (
        surname
        and token.word not in MODALS | {"van", "can", "don"}
        and before not in {"a", "the", "my", "to", "not", "i", "you", "we"}
    ):
        return True
    led = words[at - 2].word if at > 1 else ""
    if is_listed(token.word, "mostly_names") and before not in _NOT_BEFORE:
        return True
    if (before in {"is", "was"} and is_listed(led, "kin")) or (
        after is not None and after.word == "who" and before in {"is", "was", "it's"}
    ):
        return True
    if (
        after is not None
        and before in _CLAUSE
        and (after.word in _DEEDS or (token.word not in ABSTRACT | MODALS and _is_deed(after.word)))
    ):
        return True
    if before in _GREETING and (after is None or after.word not in {"do", "be", "for", "you", "i", "we", "the"}):
        return True
    if after is not None and after.word == "and" and at + 2 < len(words) and words[at + 2].word in {"i", "me"}:
        return before not in {"the", "a", "my", "of", "no"}
    if token.word in ABSTRACT | MODALS:
        return False
    if before in {"i'm", "im"} or (before == "i" and words[at - 1].owns):
        return token.word not in {
            "rich",
            "frank",
            "blue",
            "rusty",
            "misty",
            "pat",
            "rocky",
            "grey",
            "free",
            "bob",
            "nick",
        }
    if before in PEOPLE_BEFORE - {"and", "called"}:
        return not (after and after.word in {"the", "a", "my", "up", "of", "it", "you", "me"})
    said = after is not None and after.word in {
        "said",
        "says",
        "told",
        "thinks",
        "thought",
        "doesn't",
        "didn't",
        "rang",
        "phoned",
        "texted",
        "asked",
    }
    return said and before not in {
        "a",
        "the",
        "my",
        "your",
        "this",
        "that",
        "i",
        "you",
        "we",
        "they",
        "to",
        "he",
        "she",
        "it",
        "who",
    }


_NOT_BEFORE = frozenset("a an the my your some any no this that these those of i we you they to x".split())
_CLAUSE = frozenset(
    ["", *"and but so then when because if that cos since while until before after well yeah like".split()]
)
_DEEDS = frozenset(
    "said says told rang came left texted asked thinks thought died moved gave got loves hates phoned went shouted".split()
)


def _is_deed(word: str) -> bool:
    """Whether a word is what somebody did: a verb in the past, or one people do."""
    return word in VERBISH - {"and", "just"} or (word.endswith("ed") and is_ordinary(word))


_GREETING = frozenset("hi hello hey thanks bye goodbye morning afternoon welcome".split())


def _led_to_place(words: Sequence[Token], at: int) -> bool:
    """Whether "live in", "moved to", "from" … stand before a word."""
    before = [word.word for word in words[max(0, at - 3) : at]]
    if not before or before[-1] not in {"in", "to", "from", "near", "outside", "at", "around"}:
        return False
    if is_ordinary(words[at].word) and before[-1] in {"to", "at", "around"}:
        return bool({"moved", "move", "moving", "back", "relocated", "drove"} & set(before[:-1]))
    return bool(_MOVING & set(before[:-1]))


def _small_organisation(words: Sequence[Token], at: int) -> int:
    """The end of "meadow view surgery" after "at", "for" …, or of a shop somebody works at."""
    before = [word.word for word in words[max(0, at - 4) : at]]
    near = (before[-1:] == ["the"] and before[-2:-1]) or before[-1:]
    if not near or near[0] not in {"at", "for", "from", "to", "with", "into", "of"}:
        return at
    if is_listed(words[at].word, "brands") and _WORKING & set(before):
        return at + 1
    for end in range(at + 1, min(at + 4, len(words))):
        if not _next_to(words[end]):
            return at
        if is_listed(words[end].word, "organisations") and words[end].word in _SURE_ORGANISATIONS:
            run = [word.word for word in words[at:end]]
            while end + 1 < len(words) and _next_to(words[end + 1]) and is_listed(words[end + 1].word, "organisations"):
                end += 1  # noqa: PLW2901  (the name goes on: "primary school")
            return end + 1 if all(_is_particular(word) for word in run) else at
    return at


_SURE_ORGANISATIONS = frozenset(
    "school academy college university hospital infirmary surgery clinic primary hospice nursery logistics solicitors church mosque temple infirmary".split()
)


def _is_particular(word: str) -> bool:
    return bool(word) and not is_listed(word, "generic", "pronouns", "safe", "kin")


def kind_of(words: Sequence[Token], at: int, end: int) -> Kind:
    """What a run of words names, by its own words and those before it."""
    run = [token.word for token in words[at:end]]
    before = [word.word for word in words[max(0, at - 3) : at]]
    last = before[-1] if before else ""
    if any(is_listed(word, "organisations") for word in run) and (len(run) > 1):
        return "organisation"
    if last in TITLES or is_listed(last, "kin") or (is_listed(run[0], "given") and not is_listed(run[0], "places")):
        return "name"
    if all(is_listed(word, "places", "place_words") for word in run) and (last != "with"):
        return "place"
    if is_listed(run[0], "brands") or (last in {"at", "for", "with"} and _WORKING & set(before)):
        return "organisation"
    moving = last in {"to", "from", "at"} and bool(_MOVING & set(before[:-1]))
    return "place" if last in _PLACE_BEFORE or moving else "name"
