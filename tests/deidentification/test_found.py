"""What is replaced and what stays, a line at a time; all lines invented."""

from __future__ import annotations

import pytest

from transcript_rapport.deidentification import replaced

BESIDE = "We talked about how the week had been for me."
"""A line with a capital, so that the session counts as written with capitals."""
SMALL = "we talked about how the week had been for me"


def found(line: str) -> list[str]:
    beside = BESIDE if line != line.lower() else SMALL
    (spans, *_) = replaced([line, beside, beside, beside])
    return [line[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Hello Susan, how are you?", ["Susan"]),
        ("I saw Dr. Patel on Monday.", ["Dr. Patel"]),
        ("My husband Mark is kind.", ["Mark"]),
        ("Grace said it would pass.", ["Grace"]),
        ("I told Will about it.", ["Will"]),
        ("My mate Ngozi Okonkwo-Bell rang.", ["Ngozi Okonkwo-Bell"]),
        ("We moved from Bath to Reading.", ["Bath", "Reading"]),
        ("He lives in New York now.", ["New York"]),
        ("She works for Barclays.", ["Barclays"]),
        ("She goes to Oakwood Primary School.", ["Oakwood Primary School"]),
        ("I'm at St Mary's Hospital on Friday.", ["St Mary's Hospital"]),
        ("Born on 12/03/1985, I think.", ["12/03/1985"]),
        ("It was the 3rd of June 1985.", ["the 3rd of June 1985"]),
        ("It was 12 March when he left.", ["12 March"]),
        ("That began in 2019.", ["2019"]),
        ("Ring me on 07700 900123.", ["07700 900123"]),
        ("Call (555) 010-4477 after six.", ["(555) 010-4477"]),
        ("Write to sam.lee@example.org please.", ["sam.lee@example.org"]),
        ("It is on www.example.org/sam today.", ["www.example.org/sam"]),
        ("I am @sam_lee82 there.", ["@sam_lee82"]),
        ("My NHS number is 943 476 5919.", ["943 476 5919"]),
        ("My social is 078-05-1120.", ["078-05-1120"]),
        ("We are at LE2 3AB.", ["LE2 3AB"]),
        ("It is 14 Maple Street, Leicester, LE2 3AB.", ["14 Maple Street, Leicester, LE2 3AB"]),
        ("My gran is 93 and well.", ["93"]),
        ("She is ninety-four years old.", ["ninety-four years old"]),
        ("my name is daniel okafor", ["daniel okafor"]),
        ("i live in leicester with my daughter grace", ["leicester", "grace"]),
        ("it was the twenty third of may", ["the twenty third of may"]),
        ("i was born in nineteen eighty two", ["nineteen eighty two"]),
        (
            "its oh seven seven double four nine one two three four five",
            ["oh seven seven double four nine one two three four five"],
        ),
        ("write to daniel dot okafor at gmail dot com", ["daniel dot okafor at gmail dot com"]),
        ("that is o k a f o r", ["o k a f o r"]),
        ("we live at twelve elm road", ["twelve elm road"]),
        ("Ruby. My granddaughter did it.", ["Ruby"]),
        ("There is one called Blessing here.", ["Blessing"]),
        ("We met at Kestrel Insurance, I think.", ["Kestrel Insurance"]),
        ("He is in HMP Stonegate now.", ["HMP Stonegate"]),
        ("I'm a porter at St Oswald's these days.", ["St Oswald's"]),
        ("They left Our Lady of the Wayside.", ["Our Lady of the Wayside"]),
        ("My case is WR-000812 still.", ["WR-000812"]),
        ("The member number is XQH 884 02 9173.", ["XQH 884 02 9173"]),
        ("It's 07700, um, 900 417.", ["07700, um, 900 417"]),
        ("We are in Leith, EH6 5QQ, upstairs.", ["Leith, EH6 5QQ"]),
        ("write to h r at ardent foods dot example", ["h r at ardent foods dot example"]),
        ("it is on cloud farm recovery dot example slash help", ["cloud farm recovery dot example slash help"]),
        ("since october twenty twenty two really", ["october twenty twenty two"]),
        ("i work at longmeadow juniors", ["longmeadow juniors"]),
        ("i got a job at the golden carp in hull", ["golden carp", "hull"]),
        ("my code is e seven seven oh four one two", ["e seven seven oh four one two"]),
        ("we moved from croydon to reading last year", ["croydon", "reading"]),
        ("it is flat nine thornbury court", ["flat nine thornbury court"]),
        ("i am with little lou today", ["little lou"]),
        ("It is on quietharbour-help.example/forms today.", ["quietharbour-help.example/forms"]),
        ("On Discord I'm Sandpiper#2041.", ["Sandpiper#2041"]),
        ("my username is paper boat sixty all one word", ["paper boat sixty"]),
        ("He'll be ninety-three in March.", ["ninety-three"]),
        ("She'd be 94 now, and my nan's 97.", ["94", "97"]),
        ("he got to ninety two and never saw a doctor", ["ninety two"]),
        ("i went to see her on fernbank ward", ["fernbank ward"]),
        ("We worship at New Dawn, up the hill.", ["New Dawn"]),
        ("I live at Quarry Cottage, Mill Lane, just outside.", ["Quarry Cottage, Mill Lane"]),
        ("It is 27b Canal Street, second floor.", ["27b Canal Street, second floor"]),
        ("It's 90 Alder Road, Sisters, Oregon 97759.", ["90 Alder Road, Sisters, Oregon 97759"]),
        ("it's a nine four double one seven two", ["a nine four double one seven two"]),
        ("The last four are 8812.", ["8812"]),
        ("I had a shift at the Larches last night.", ["Larches"]),
        ("She works for Brackley and Sons, I think.", ["Brackley and Sons"]),
        ("Tenby and Quarles, the architects. Since May.", ["Tenby and Quarles"]),
        ("Before that it was Thornmere YOI.", ["Thornmere YOI"]),
        ("It's at St Osyth's Maternity Unit.", ["St Osyth's Maternity Unit"]),
        ("the kids go to little acorns the nursery", ["little acorns"]),
        ("she's in the nursing home beech lawns", ["beech lawns"]),
        ("i played for harlow hornets till my knee went", ["harlow hornets"]),
        ("i do nights at tesco so i sleep in the day", ["tesco"]),
        ("she's on earlies at asda this week", ["asda"]),
        ("i was a nurse at mercy general for years", ["mercy general"]),
        ("it's at mill lane surgery", ["mill lane surgery"]),
        ("She's ninety-odd, nobody knows.", ["ninety-odd"]),
        ("Father's alive, see. Ninety-four.", ["Ninety-four"]),
        ("not bad for ninety one", ["ninety one"]),
        ("Him being ninety-two doesn't help.", ["ninety-two"]),
        ("It's 029 2018 0733.", ["029 2018 0733"]),
        ("It's 0161 496 0733 extension 42.", ["0161 496 0733 extension 42"]),
        ("fifteen weavers row todmorden", ["fifteen weavers row todmorden"]),
        ("Send it to Rose Cottage, Church Lane, Ashwell.", ["Rose Cottage, Church Lane, Ashwell"]),
        ("Tariq al-Hassan is my solicitor.", ["Tariq al-Hassan"]),
        ("Chase hit his brother.", ["Chase"]),
        ("Bill pays the rent.", ["Bill"]),
        ("My granddaughter's Bluebell, don't ask.", ["Bluebell"]),
        ("there was a lad called spud in my cell", ["spud"]),
    ],
)
def test_an_identifier_is_found_whole(line: str, expected: list[str]) -> None:
    assert found(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "On Monday, or last week, or next summer.",
        "I take 50 mg of Prozac, seven out of ten days.",
        "The PHQ-9 was 14 and the GAD-7 was 12.",
        "I go to AA, and the NHS and my GP know.",
        "Will you come? May I ask? I hope so.",
        "Mark my words, grace and patience help.",
        "I was reading in the bath.",
        "Mum is 61 and Dad turned 70.",
        "Cognitive Behavioural Therapy with the Crisis Team helped.",
        "We went to France, and God knows why.",
        "My blood pressure was 120/80, or 135 over 95.",
        "Mm-hmm. Uh-huh. Okay, so- so I won't.",
        "I-I was 24/7 on Facebook, 10 am to 3pm, 10,000 steps.",
        "It is a long road, and I went my own way.",
        "ring 116 123 or nine nine nine",
        "one two three four five and breathe",
        "i hope you may be okay and i will try",
        "i drank thirty units and slept ten hours",
        "my mother may come and my son will too",
        "seven out of ten and fifty milligrams twice a day",
        "i went to high school and then to the hospital",
        "I got 92 out of a hundred, and it was ninety quid.",
        "his sats were ninety six and his pulse was ninety",
        "i work nights and i started at half past six with the kids",
        "i was on facebook at night and i snap at the kids",
        "they moved her to the maternity ward and then the stroke unit",
        "i get my bits from asda and she goes to greggs",
        "93, 86, 79, 72, 65, is that it?",
        "Yes sir. Two times, and I know how to handle that.",
        "I flew to Laos, then Taiwan, then Fiji.",
        "I looked on QuietTracker every night.",
        "It could be in May or June, whenever.",
        "I was on Ward 7 for a month.",
        "Joy doesn't come easy. Patience isn't my thing.",
        "He was tae blame, so he was, the auld yin.",
        "It's called Acceptance and Commitment Therapy.",
        "It was Mother's Day and then Father's Day.",
        "I work at home, I work with kids, and I had an interview at ten.",
        "i work for minimum wage in a kitchen",
        "i work at keeping calm and i work with kids",
        "i go to the gym the library and the pub",
        "i was a mess at christmas and i work at night",
        "he's a right plonker and i was skint",
        "in our house nobody speaks i went from house to house",
        "i got a deadline extension two weeks ago",
    ],
)
def test_what_is_no_identifier_stays(line: str) -> None:
    assert found(line) == []


def test_a_name_is_known_wherever_it_stands() -> None:
    lines = ["My husband Will is kind.", "Then Will left.", "Will was sad.", "Will you say more?", BESIDE]
    spans = replaced(lines)
    assert [len(one) for one in spans] == [1, 1, 1, 0, 0]


def test_a_number_goes_on_in_the_next_line() -> None:
    lines = ["it is oh seven seven double oh", "yes", "nine hundred one two three", SMALL]
    assert [len(one) for one in replaced(lines)] == [1, 0, 1, 0]


def test_a_bare_number_answers_the_question_how_old() -> None:
    lines = ["how old is she now", "ninety four bless her", "and how was that", "ninety of them came"]
    assert [len(one) for one in replaced(lines)] == [0, 1, 0, 0]


def test_a_line_of_digits_alone_begins_a_number() -> None:
    lines = ["four one five", "mm-hm", "five five five oh one seven two", SMALL]
    assert [len(one) for one in replaced(lines)] == [1, 0, 1, 0]
