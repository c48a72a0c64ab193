"""What the measures of talk mean, where their rules come from, and why a value may be missing."""

from __future__ import annotations

from transcript_rapport.measures import intervals
from transcript_rapport.measures.definitions import JACKKNIFE, NO_TURNS, POISSON, Definition

NO_TIMES = "the transcript has no times"
NO_ENDS = "the transcript has no end times"
NO_TALK_TIME = "the times in the transcript leave no talk between them"
NO_CLIENT_TIME = "the times in the transcript leave the client no talk"
NO_WORDS = "neither side says a word"
ONE_SIDE = "the transcript does not have both a practitioner and a client"
NO_RUN = "the practitioner does not speak"
NO_CLIENT_TURN = "the client has no turn that says more than a back-channel"
NO_GAP = "no answer of the practitioner begins after the client has finished"
NO_NOTE = "the transcript notes no silence with its length"
NO_DURATION = "the times in the transcript span no time"

ESTIMATED = (
    "estimated from start times only: each utterance is taken to last until the next one starts, which is the longest "
    "it can have lasted and hides silence"
)
_DIARY = "Talk time as the union of each role's intervals, as in speaker-diarisation scoring"
_RIAS = "RIAS (Roter & Larson, 2002); Roter et al. (2008)"
_ZIMMERMAN = "Zimmerman & West (1975); floor changes rather than raw overlaps, after BMJ Open (2023)"
_WORDS = (
    "Words are runs of letters or digits (don't and follow-up are one word). Sounds (mm-hmm, uh) and a "
    "transcriber's remarks ([laughs], <UNIN/>) are not words."
)
_OTHERS = "People with other roles (an interpreter, a nurse) are left out, and the note says so."
_CLIENT_BACKCHANNEL = (
    "A client back-channel is an utterance of at most three words, all of them acknowledgements (yeah, okay …) or "
    "sounds, that does not answer a question."
)
_NO_NORM = "There is no universal norm for it, so none is shown."
_INTERRUPTIONS = intervals.poisson(4, 8)
_TURN_RATE = intervals.poisson(80, 20)

TIME_SHARE = Definition(
    "talk.practitioner_time_share",
    "Practitioner's share of talk time",
    unit="share",
    formula="practitioner's talk time ÷ (practitioner's + client's); each is the union of that role's intervals",
    base="seconds of talk",
    not_measurable=(NO_TIMES, ONE_SIDE, NO_TALK_TIME),
    source=_DIARY,
    example="practitioner 0 to 6 s and 10 to 12 s, client 6 to 10 s: 8 ÷ (8 + 4) = 0.67",
    range=(0.0, 1.0),
    interval=JACKKNIFE,
    enough=120,
    remark=f"Time in which both talk counts for both. With start times only it is an estimate. {_OTHERS} {_NO_NORM}",
)
WORD_SHARE = Definition(
    "talk.practitioner_word_share",
    "Practitioner's share of words",
    unit="share",
    formula="practitioner's words ÷ (practitioner's + client's words)",
    base="words",
    not_measurable=(ONE_SIDE, NO_WORDS),
    source="Word counts of each side, as in AnnoMI (Wu et al., 2022)",
    example="practitioner 300 words, client 500 words: 300 ÷ 800 = 0.38",
    range=(0.0, 1.0),
    interval=JACKKNIFE,
    enough=200,
    remark=f"{_WORDS} {_OTHERS} {_NO_NORM}",
)
LONGEST_RUN_S = Definition(
    "talk.longest_practitioner_run_s",
    "Longest practitioner run, in seconds",
    unit="s",
    formula="most talk time of the practitioner in one run, interrupted by client back-channels at most",
    base="practitioner runs",
    not_measurable=(NO_TIMES, NO_RUN),
    source=f"{_RIAS}, length of turns",
    example="runs of 12, 45 and 8 s: 45",
    remark=f"{_CLIENT_BACKCHANNEL} Pauses inside the run do not count.",
)
LONGEST_RUN_WORDS = Definition(
    "talk.longest_practitioner_run_words",
    "Longest practitioner run, in words",
    unit="words",
    formula="most words of the practitioner in one run, interrupted by client back-channels at most",
    base="practitioner runs",
    not_measurable=(NO_RUN,),
    source=f"{_RIAS}, length of turns",
    example="runs of 40, 130 and 22 words: 130",
    remark=f"{_CLIENT_BACKCHANNEL} {_WORDS}",
)
TURNS_PER_MINUTE = Definition(
    "talk.turns_per_minute",
    "Turns in a minute",
    unit="per minute",
    formula="turns of practitioner and client ÷ minutes from the first known time to the last",
    base="seconds of the session",
    not_measurable=(NO_TIMES, NO_DURATION),
    source=_RIAS,
    example=f"80 turns in 20 minutes: 4.0 (90 % interval {_TURN_RATE.low:.1f} to {_TURN_RATE.high:.1f})",
    interval=POISSON,
    enough=120,
    remark=f"Turns that are back-channels only are left out. {_CLIENT_BACKCHANNEL} Turns alternate, so they are more "
    "regular than the interval supposes: it is rather too wide.",
)
PRACTITIONER_TURN_WORDS = Definition(
    "talk.mean_practitioner_turn_words",
    "Words in a practitioner turn",
    unit="words",
    formula="words in practitioner turns ÷ practitioner turns",
    base="practitioner turns",
    not_measurable=(NO_TURNS,),
    source=_RIAS,
    example="turns of 10, 20 and 60 words: 30.0",
    enough=10,
    remark=f"Turns that are back-channels only are left out. {_WORDS}",
)
CLIENT_TURN_WORDS = Definition(
    "talk.mean_client_turn_words",
    "Words in a client turn",
    unit="words",
    formula="words in client turns ÷ client turns",
    base="client turns",
    not_measurable=(NO_CLIENT_TURN,),
    source=_RIAS,
    example="turns of 10, 20 and 60 words: 30.0",
    enough=10,
    remark=f"Turns that are back-channels only are left out. {_CLIENT_BACKCHANNEL} {_WORDS}",
)
OVERLAP = Definition(
    "talk.overlap_share",
    "Time in which both talk",
    unit="share",
    formula="time in which practitioner and client both talk ÷ time in which at least one of them does",
    base="seconds of talk",
    not_measurable=(NO_ENDS, ONE_SIDE, NO_TALK_TIME),
    source=_DIARY,
    example="practitioner 0 to 6 s, client 5 to 10 s: 1 ÷ 10 = 0.10",
    range=(0.0, 1.0),
    interval=JACKKNIFE,
    enough=120,
    remark="Back-channels overlap too: overlap is not interruption.",
)
FLOOR_TAKINGS = Definition(
    "talk.floor_taking_interruptions_per_client_minute",
    "Interruptions that take the floor",
    unit="per client minute",
    formula="practitioner utterances that start at least 0.4 s (about two syllables) before the client stops, after "
    "which the client stops within 2 s, the practitioner goes on, and the client does not start again before the "
    "practitioner has finished; back-channels on either side left out; ÷ minutes of client talk",
    base="seconds of client talk",
    not_measurable=(NO_ENDS, NO_CLIENT_TIME),
    source=_ZIMMERMAN,
    example=f"4 in 8 client minutes: 0.5 (90 % interval {_INTERRUPTIONS.low:.1f} to {_INTERRUPTIONS.high:.1f})",
    interval=POISSON,
    enough=60,
    remark="The limits 0.4 s and 2 s are this project's own choice, not a published cut-off. Some interruptions help.",
)
BACKCHANNELS = Definition(
    "talk.backchannels_per_client_minute",
    "Practitioner back-channels",
    unit="per client minute",
    formula="practitioner utterances that are back-channels only ÷ minutes of client talk",
    base="seconds of client talk",
    not_measurable=(NO_TIMES, NO_CLIENT_TIME),
    source="MISC 2.5 (Houck et al., 2010), Facilitate",
    example=f"4 in 8 client minutes: 0.5 (90 % interval {_INTERRUPTIONS.low:.1f} to {_INTERRUPTIONS.high:.1f})",
    interval=POISSON,
    enough=60,
    remark="A back-channel only: every statement is coded facilitation, or it holds no word. Many transcripts leave "
    "back-channels out.",
)
SILENCE = Definition(
    "talk.silence_share",
    "Time in which nobody talks",
    unit="share",
    formula="gaps in the union of everyone's talk ÷ time from the first start to the last end",
    base="seconds of the session",
    not_measurable=(NO_ENDS, NO_DURATION),
    source="Silence as gaps in the union of talk; a pause of 2 s or more as in palliative-care work on conversational "
    "pauses",
    example="talk 0 to 6 s and 9 to 12 s: 3 ÷ 12 = 0.25",
    range=(0.0, 1.0),
    interval=JACKKNIFE,
    enough=120,
    remark="Evidence: the utterances after a pause of 2 s or more. Silence can connect as well as part; a transcript "
    "cannot tell which.",
)
NOTED_SILENCE = Definition(
    "talk.noted_silence_s",
    "Silence that the transcript notes",
    unit="s",
    formula="sum of the lengths of the silences noted in brackets",
    base="silences noted with a length",
    not_measurable=(NO_NOTE,),
    source="Pauses as transcribers note them (Jefferson, 2004)",
    example="[silence, 1 min 50 s] and (2.5): 112.5",
    remark="Read from notes such as [silence, 2 minutes], (pause 12 s) and (2.3); nobody says that every silence was "
    "noted. Silence can connect as well as part; a transcript cannot tell which.",
)
LATENCY = Definition(
    "talk.median_response_latency_s",
    "Pause before the practitioner answers",
    unit="s",
    formula="median time from the end of a client turn to the start of the practitioner turn that follows it",
    base="answers after the client has finished",
    not_measurable=(NO_ENDS, NO_GAP),
    source="Turn-transition gaps (Stivers et al., 2009)",
    example="pauses of 0.2, 0.5 and 1.4 s: 0.5",
    enough=5,
    remark="Answers that begin while the client still talks are left out, and the note says how many. Turns that are "
    "back-channels only are passed over.",
)

DEFINITIONS: tuple[Definition, ...] = (
    TIME_SHARE,
    WORD_SHARE,
    LONGEST_RUN_S,
    LONGEST_RUN_WORDS,
    TURNS_PER_MINUTE,
    PRACTITIONER_TURN_WORDS,
    CLIENT_TURN_WORDS,
    OVERLAP,
    FLOOR_TAKINGS,
    BACKCHANNELS,
    SILENCE,
    NOTED_SILENCE,
    LATENCY,
)
