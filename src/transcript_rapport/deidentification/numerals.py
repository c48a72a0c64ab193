"""Numbers said in words: digits one after the other, tens, ordinals and years."""

from __future__ import annotations

DIGITS = "zero oh nought naught nil one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FIRST = "first second third fourth fifth sixth seventh eighth ninth".split()
_ORDINAL_TEENS = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
)

DIGIT_WORDS = rf"(?:{'|'.join(DIGITS)})"
_UNIT = rf"(?:{'|'.join(DIGITS[5:])})"
_TEEN = rf"(?:{'|'.join(TEENS)})"
_TENS = rf"(?:{'|'.join(TENS)})"
TWO = rf"(?:{_TENS}(?:[\s-]{_UNIT})?|{_TEEN})"
"""Ten to ninety-nine."""
NUMBER = rf"(?:(?:{_UNIT}|a) hundred(?: and)?(?: (?:{TWO}|{_UNIT}))?|{TWO}|{_UNIT})"
"""One to nine hundred and ninety-nine."""
LONG_TENS = rf"(?:{_TENS}[\s-]{_UNIT})"
"""Twenty-one to ninety-nine, without the round ones."""
DAY = rf"(?:{'|'.join((*_FIRST, *_ORDINAL_TEENS))}|twentieth|thirtieth|(?:twenty|thirty)[\s-](?:{'|'.join(_FIRST)}))"
"""A day of the month as an ordinal."""
DAY_COUNT = rf"(?:(?:twenty|thirty)(?:[\s-]{_UNIT})?|{_TEEN}|{_UNIT})"
YEAR = (
    rf"(?:(?:eighteen|nineteen)\s(?:hundred(?:\sand\s{_UNIT})?|oh[\s-]{_UNIT}|{TWO})"
    rf"|twenty\s(?:oh[\s-]{_UNIT}|{_TEEN}|(?:twenty|thirty)(?:[\s-]{_UNIT})?)"
    rf"|two\sthousand(?:\s(?:and\s)?(?:{TWO}|{_UNIT}))?)"
)
"""A year as it is said."""
