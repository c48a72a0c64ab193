"""Words about dying or harm are pointed at, in a client's words only; figures of speech and denials are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.invented import Line, coded
from tests.renderers import reports
from transcript_rapport.detectors.context import LONGEST
from transcript_rapport.detectors.safety import ADVICE, NEAR, NEARBY, SPOKEN, detect, kept_apart, spoken
from transcript_rapport.report import Finding

SPEAKS = [
    "i am not happy i want to die",
    "I am scared of going home, he hits me.",
    "nobody would notice I could kill myself",
    "I can't stop thinking about suicide.",
    "I don't know if I'm suicidal or just tired.",
    "I want to kill myself.",
    "I wish I was dead.",
    "I wish I could just not wake up.",
    "Some nights I hope I don't wake up.",
    "I did think on Sunday, what if I just never woke up.",
    "What if I just wasn't here, you know?",
    "They'd be better off without me.",
    "There is no point in living.",
    "I don't see the point of going on living.",
    "I have nothing left to live for.",
    "There's no reason to live.",
    "Life is not worth living.",
    "I don't want to be here anymore.",
    "I took an overdose in March.",
    "I swallowed a whole bottle of pills.",
    "He hits me when he has been drinking.",
    "My dad used to beat me.",
    "My boyfriend choked me last night.",
    "He beat me up on Sunday.",
    "She hit me with a belt.",
    "I was abused as a child.",
    "I was raped when I was nineteen.",
    "I grew up in a violent home.",
    "He threatened to kill us.",
    "I'm scared he'll hurt me.",
    "I want to kill him.",
    "I keep thinking about hurting my baby.",
    "I'm afraid I might hurt somebody.",
    "I've started cutting my arms.",
    "I used to self-harm.",
    "I think about ending my life.",
    "I felt like hurting myself again.",
    "He said he'd kill me.",
    "I want to die.",
    "I thought about jumping off the bridge.",
    "my uncle molested me",
    "I was being sexually assaulted by my coach",
    "Some evenings I just don't want to live any more.",
    "It seems cutting myself is all that helps.",
    "I have suicidal thoughts at night.",
    "I cut myself after the phone call.",
    "I want to go to sleep and not wake up.",
    "I don't want to wake up.",
    "Everyone would be better off if I was gone.",
    "There's no point being alive.",
    "I'm not sure I want to live.",
    "I'd like to be dead.",
    "It's not like I don't think about killing myself.",
    "I burn myself with cigarettes.",
    "I have been cutting my arms again.",
    "I've got a plan, I have saved up the tablets.",
    "I took thirty paracetamol on Sunday.",
    "I took all my tablets at once, on purpose.",
    "I keep thinking about taking all my pills.",
    "He puts his hands round my throat.",
    "My boyfriend pushed me down the stairs.",
    "He forced me to have sex.",
    "He said if I leave he'll kill me.",
    "My stepfather touched me when I was nine.",
    "I hit my little boy yesterday.",
    "My dad hits my mum.",
    "He hit my mum in front of me.",
    "My daughter told me she wants to kill herself.",
    "My son is suicidal.",
    "My brother's suicide was in May and now I want to die too.",
    "I nearly committed suicide last year.",
    "I was beaten by my dad at home.",
    "He threatened to hit the kids.",
    "I have the tablets saved up.",
    "I keep busy so that I stay away from stuff that could harm me.",
    "I end up doing things that hurt me when the house is empty.",
    "I'd like to just vanish for good.",
    "Honestly I wish I could stop existing for a bit and not come back.",
    "I wish I didn't exist.",
    "I wish I wasn't here any more.",
    "It'd be so much easier to just be dead.",
    "What's the point of living like this any more?",
    "whats the point in being alive",
    "I can't see, like, what is the point of going on.",
    "There's no point in going on.",
    "I don't see the point in going on any more.",
    "I wouldn't mind if I never woke up.",
    "Nobody would even notice if I was gone.",
    "I lie there hoping for not waking up.",
    "I keep thinking about dying.",
    "I can't stop thinking about ways to die.",
    "I've got no will to live left.",
    "I've lost the will to live since he went.",
    "I've given up on life.",
    "I'm so tired of life, doctor.",
    "I don't want to be around any more.",
    "I just want to curl up and die.",
    "Some mornings on the motorway I think about driving into a wall.",
    "I had the urge to walk into traffic.",
    "I held a knife to my wrist on Friday.",
    "I started cutting again.",
    "when it gets bad I go back to cutting on myself",
    "I harm myself when the flat is quiet",
    "I don't hurt myself any more, not since spring.",
    "I haven't cut myself for two years.",
    "I hurt myself to feel something.",
    "I don't trust what I might do to myself.",
    "I OD'd in the summer.",
    "I was a victim of domestic violence.",
    "My ex was physically abusive.",
    "He gets violent with me when he drinks.",
    "I have these urges to harm other people.",
    "I want him dead.",
    "I lost it and slapped my son.",
    "I'm scared of what I might do to them.",
    "I stayed for her, I couldn't put her through me killing myself.",
    "it doesn't feel worth living",
    "life hardly seems worth living",
    "I took a blade to my arm.",
    "I'm ready to die.",
    "I am thinking of overdosing.",
    "I'd be relieved if I didn't wake up.",
    "I want to end things once and for all.",
    "Some mornings I think it would be easier if I didn't wake up. I wouldn't do anything.",
    "It'd be easier if I wasn't here.",
    "Things would be easier if I wasn't around.",
    "It would be easier not to wake up.",
    "Honestly it'd be nicer to never wake up.",
    "It'd be better for all of them if I weren't here.",
    "They'd all be happier if I was gone.",
    "Nobody would miss me if I wasn't here.",
    "I've thought about ending things.",
    "When I was 20 I tried to end it.",
    "I just want to end it.",
    "I just want it all to end.",
    "I've got a rope in the garage.",
    "I took some paracetamol last night, about thirty.",
    "I keep hearing a voice telling me to hurt the baby.",
    "The voices in my head tell me to jump.",
    "I think I might shake her.",
    "I was so tired I nearly shook the baby.",
    "My boyfriend gets physical sometimes.",
    "He can get quite physical with me when he's had a few.",
    "I catch myself thinking about not being here.",
    "I have these thoughts of not wanting to be here.",
    "I don't care if I live or die.",
    "I couldn't care less whether I wake up.",
    "I hope a lorry hits me on the way home.",
    "I wouldn't mind if I got run over.",
    "Every night I pray God will take me.",
    "I'm just waiting to die.",
    "I don't deserve to live.",
    "I'm always disappointed when I wake up.",
    "If it wasn't for my girls I wouldn't be here any more.",
    "I'd be dead if it wasn't for my dog, sorry, for my kids.",
    "I wanted to go and join her up there.",
    "I thought of doing away with myself.",
    "She found me before I could top myself.",
    "i want to kms",
    "I looked up the quickest ways to die.",
    "I looked up how many tablets it would take.",
    "I've written goodbye letters.",
    "I made videos for when I'm gone.",
    "I tied a noose in the barn.",
    "I put the belt round my neck.",
    "I get scared I'll do something stupid.",
    "I punch myself in the legs.",
    "I bang my head against the wall until it stops.",
    "My husband raised his hand to me again.",
    "He's put his hands on me before.",
    "My ex gave me a black eye.",
    "He held me down.",
    "He dragged me by the hair.",
    "I don't feel safe at home.",
    "I never feel safe with him.",
    "I'm scared to go home.",
    "I'm frightened of my husband.",
    "My partner won't let me see my family.",
    "He came at me with a knife.",
    "My uncle used to touch me.",
    "While I was asleep he had sex with me.",
    "I'm scared I'll smother the baby.",
    "My mum used to knock us about.",
    "I swallowed a whole load of pills.",
    "I've started planning it, I keep thinking about not waking up.",
    "I hate being alive.",
    "I don't even want to be on this planet any more.",
    "I don't know why I'm still alive.",
    "If I died tomorrow nobody would notice.",
    "It takes all I have not to kill myself.",
    "I ask myself why I haven't killed myself.",
    "I might as well be dead.",
    "I really want to actually die.",
    "i dont want to live anymore",
    "im ready to die",
    "I pray every night that I don't wake up.",
    "I have no desire to be alive.",
    "I'm so close to ending it.",
    "I wish something would kill me.",
    "I'll leave this world soon.",
    "I'm gonna hang myself with the belt.",
    "She overdosed to try and kill herself.",
]
SPEAKS_OF_SOMETHING_ELSE = [
    "I don't think I want to die.",
    "It is not like I want to hurt somebody.",
    "We were just killing time.",
    "I'm dying to see the new one.",
    "This job is killing me.",
    "I cut myself shaving.",
    "My dad died in May.",
    "I could have died of shame.",
    "I don't want to live in London.",
    "No, I've never thought of suicide.",
    "I'm not suicidal.",
    "It's not that I want to die.",
    "I wanted to die of embarrassment.",
    "I was killing myself laughing.",
    "That would be career suicide.",
    "Suicidal?",
    "If my mom found out she would have killed me.",
    "I don't think it's going to hurt me.",
    "I might shoot myself in the foot here.",
    "I don't want to hurt him.",
    "I burnt myself on the oven.",
    "I burned myself out at work.",
    "Then it hit me that she was gone.",
    "She beat me at chess.",
    "They kicked me out.",
    "He beat me to it.",
    "I need to take my life back.",
    "I never want to live with them again.",
    "I don't want to live like that.",
    "I have no thoughts of suicide.",
    "I could kill for a coffee.",
    "The stairs kill my knees.",
    "There's no point in going to bed early.",
    "There is no reason to worry.",
    "I see no point in living with my parents.",
    "I want to kill that habit.",
    "I didn't want to hurt her feelings.",
    "I cut myself some slack.",
    "I cut myself a slice of bread.",
    "It hurts me to think of it.",
    "he slapped me on the back",
    "I tried to take my life in a new direction",
    "there's nothing to live on",
    "He wants to hurt the other team.",
    "we watched the suicide squad",
    "No, I have never thought about killing myself.",
    "I don't want to live this way for ever.",
    "I volunteer at a suicide hotline.",
    "I cut myself when I was peeling apples.",
    "I've been taking all my tablets.",
    "I take all my meds every day.",
    "I have been taking all my medication, like you said, but I feel low.",
    "I take all my tablets at once in the morning.",
    "I take about twenty tablets a day now.",
    "I saved up the tablets for the holiday.",
    "I feel like dying my hair blue.",
    "I wanted to die, it was so embarrassing.",
    "I was so embarrassed I wanted to die.",
    "I tried to shoot him an email.",
    "I wanted to kill somebody at the phone shop.",
    "I got beaten by my son at table tennis.",
    "He threatened to hit the brakes.",
    "I'm scared I'll hurt her by being honest.",
    "We listened to the assisted suicide debate.",
    "She punched me playfully.",
    "I hit my brother's car.",
    "I never hit my son.",
    "I don't want to wake up the baby.",
    "I want to go to sleep and not wake up until noon.",
    "It's not like I think about killing myself.",
    "He put his hands on my shoulders.",
    "It touched me when I was little.",
    "My brother's suicide was four years ago.",
    "My uncle committed suicide before I was born.",
    "I lost my best friend to suicide.",
    "My cousin killed himself.",
    "The baby kicks me all night.",
    "My mum said she would kill me if I forgot the milk.",
    "Could I die from that?",
    "Is it something dangerous, could it kill me?",
    "I was scared I was going to die on the motorway.",
    "I don't want to die, I've got two little ones.",
    "I'm dying for a cigarette.",
    "My knees are killing me in this weather.",
    "I know I'm killing myself with these cigarettes.",
    "I know I'm doing something that could hurt me, all this smoking.",
    "Eating nuts is the one thing that could harm me.",
    "I never do things that could harm me.",
    "He says things that can hurt me.",
    "My nan died in the night.",
    "My father committed suicide when I was two.",
    "my grandad has commited suicide in the eighties",
    "I want to disappear to Spain for a month.",
    "I wanted to disappear when the boss walked in.",
    "There's no point in going on about it.",
    "No point going on the bus.",
    "I lost the will to live in that queue.",
    "I don't want to be around smokers any more.",
    "I'm tired of living out of a suitcase.",
    "I'm sick of life on the road.",
    "I was so embarrassed I could have curled up and died.",
    "I was so embarrassed I wanted to curl up and die.",
    "I want to go home and die in my own bed, said my gran.",
    "We started cutting back on sugar.",
    "I've been cutting down.",
    "I want to cut again next week, said the surgeon.",
    "My dad never hit me.",
    "He was never violent with me.",
    "I work for a domestic violence charity.",
    "I'm ready to die of boredom.",
    "My phone is ready to die.",
    "We want her to die peacefully.",
    "I'd be better off if I was dead honest with him.",
    "I think about dying my hair.",
    "I wish I was never late.",
    "I wish I wasn't here, I wish I was at the beach.",
    "I don't think about dying.",
    "I haven't given up on life.",
    "Nobody would notice if I was gone for a week.",
    "I stopped hurting my back.",
    "I've had enough of life insurance forms.",
    "I am not physically abusive.",
    "I'd like to end things on good terms.",
    "I don't know what I'd do to pass the time.",
    "She was dead on time, easier to be early.",
    "I want to stop living in fear.",
    "I wouldn't mind if he died his hair.",
    "I did something that might harm my chances.",
    "My work hours have been cut.",
    "He didn't hit me.",
    "It would be easier if I didn't wake up so early.",
    "It'd be easier if I didn't wake up in the night.",
    "It would be easier if I wasn't here on Fridays.",
    "It'd be better for the team if I wasn't here for the launch.",
    "It might be easier if I wasn't around the smokers all day.",
    "I'd be happier if I was gone by six.",
    "They'd be fine if I wasn't here tomorrow.",
    "It'd be better not to wake up the baby.",
    "It's easier not to be here when the builders come.",
    "I thought about ending things with my boyfriend.",
    "I've been thinking about ending it, we just argue.",
    "We tried to end it twice, the relationship I mean.",
    "I want to end it on a high note.",
    "I tried to end the call.",
    "I just want the war to end.",
    "I want it all to end well.",
    "I've got a rope in the boat.",
    "I bought a rope for the swing.",
    "I've a skipping rope in the garage.",
    "I took some paracetamol last night, about twenty minutes before bed.",
    "I took some ibuprofen, about 200 milligrams.",
    "I took a bunch of pills for my back.",
    "My voice is hoarse and they told me to rest it.",
    "The voice on the line told me to hold.",
    "A little voice told me to have the cake.",
    "I think I might shake her hand.",
    "I could shake him up a bit.",
    "He gets physical therapy on Mondays.",
    "It's quite a physical job.",
    "She gets physically tired.",
    "They got physical copies of the letter.",
    "I'm thinking about not being here for Christmas.",
    "I thought about not being around when they move.",
    "I don't care if I live in a flat or a house.",
    "I don't care if I die my hair, mum hates it.",
    "I hope the bus is on time.",
    "I hope I got the dates right.",
    "I hope God will take care of him.",
    "I'm waiting to hear back.",
    "I deserve to live well.",
    "If it wasn't for my wife I wouldn't be here today, she made the appointment.",
    "I'd be lost if it wasn't for my mum.",
    "I want to join her at the gym.",
    "I want to be with him at Christmas.",
    "I did it all by myself in the end.",
    "I topped myself up with coffee.",
    "I switched off, I just needed to be by myself.",
    "I looked up how many tablets to give the cat.",
    "I wrote a goodbye letter to alcohol.",
    "I wrote a goodbye note when I left the team.",
    "The dog pulled me over by the lead.",
    "I wore a scarf round my neck.",
    "I'm scared I'll do something stupid when I'm drunk.",
    "I feel like I bang my head against a brick wall with them.",
    "He raised his hand in class.",
    "She put her hands on her hips.",
    "He gave me a black coffee.",
    "My sister held me when I cried.",
    "He never raised his hand to me.",
    "No, he has never got physical.",
    "I do feel safe at home.",
    "I've always felt safe with him.",
    "I don't feel safe on that ladder.",
    "I'm scared to go home by the canal in the dark.",
    "I'm not frightened of my husband.",
    "My ex won't let me have the car.",
    "He came at it with a good plan.",
    "The story used to touch me.",
    "On that soap the husband hits her.",
    "In the film she wants to die.",
    "There was a documentary on and in the documentary he kills people, she wants to kill him.",
    "My son wants to kill the dragon in his video game.",
    "I'm dying to see you.",
    "I was dead on my feet.",
    "The deadline nearly killed me.",
    "I laughed so much I thought I'd die.",
    "I nearly died of shame when she read it out.",
    "My gran died last spring.",
    "We lost our neighbour to suicide in the nineties.",
    "My doctor asked about suicide and I said no.",
    "No thoughts of hurting myself or anyone.",
    "I've never wanted to harm myself.",
    "I wouldn't ever hurt the children.",
    "No overdose, no drugs, nothing.",
    "I don't have any thoughts of not wanting to be here.",
    "I'm not scared of him.",
    "I feel alive again.",
    "The phone is dead.",
    "I could murder a curry.",
    "She'd kill for that job.",
    "I was killing time before the bus.",
    "I'm fed up of the rain.",
    "I cut the grass myself.",
    "My knees are killing me.",
    "I bruise easily.",
    "The ending was sad.",
    "I took the kids to the bridge.",
    "We walked along the railway.",
    "It hit me like a ton of bricks.",
    "The news hit my mum hard.",
    "He beat me at cards.",
    "My dog was put down.",
    "I don't want to wake up at six any more.",
    "I ended my contract.",
    "I hung the picture myself.",
    "I jumped off the bus.",
    "I drowned the plants.",
    "I burned the toast again.",
    "I'm looking forward to dying my hair.",
    "I want to leave this world a better place.",
    "I want to jump the queue.",
    "I need to diet.",
    "Please kill the lights.",
    "My son wanted to jump on the trampoline.",
    "I was trying not to cut myself shaving.",
    "I was trying not to hurt myself when I lifted it.",
    "i dont want to die",
    "i didnt want to hurt her feelings",
    "I don't know why I'm still awake.",
    "Nobody cares if I exit by the back door.",
    "I might as well be gone by noon.",
    "I don't want to get hit by a car.",
]


@pytest.mark.parametrize("text", SPEAKS)
def test_plain_words_are_found(text: str) -> None:
    found = spoken(text)
    assert found is not None
    assert 0 <= found[0] < found[1] <= len(text)


@pytest.mark.parametrize("text", SPEAKS_OF_SOMETHING_ELSE)
def test_near_misses_and_denials_are_not(text: str) -> None:
    assert spoken(text) is None


def test_curly_apostrophes_and_capitals_count() -> None:
    assert spoken("I DON’T WANT TO LIVE.")


def test_a_denial_of_one_thing_does_not_hide_the_next() -> None:
    said = "It's not that I want to die, but some days I don't want to live."
    found = spoken(said)
    assert found is not None and said[slice(*found)] == "don't want to live"


def test_a_no_to_a_denial_is_no_denial() -> None:
    assert spoken("I wouldn't say I never think about killing myself.")
    assert not spoken("I wouldn't say I think about killing myself.")


def test_what_ends_a_denial_that_broke_off_is_none() -> None:
    said = [("C", "I didn't. Want him dead. I wanted it to stop.", []), ("T", "Go on.", [])]
    assert not list(detect(coded(said)))
    (found,) = detect(coded([("C", "I didn't. I wanted him dead.", []), said[1]]))
    assert found.kind == SPOKEN


def test_a_clients_words_are_found_and_what_others_say_is_not() -> None:
    said = "I want to kill myself."
    (found,) = detect(coded([("T", said, []), ("O", said, []), ("C", said, [])]))
    assert (found.kind, found.utterance, found.quote) == (SPOKEN, 2, said)
    assert not found.suggestion
    assert "does not look for danger" in found.why


def test_a_long_statement_is_quoted_around_what_was_found() -> None:
    said = f"{'and then we went on ' * 20}and I want to kill myself {'and so we went home ' * 20}".strip()
    (found,) = detect(coded([("C", said, [])]))
    assert len(found.quote.split()) == LONGEST
    assert "want to kill myself" in found.quote


THOUGHT = "Have you thought of killing yourself?"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        *((THOUGHT, answer) for answer in ("Yes.", "Sometimes, at night.", "I have, once.", "Well, yes.")),
        (THOUGHT, "Um, yes, I suppose."),
        ("Do you self-harm?", "I used to."),
        ("Have you ever tried to hurt yourself?", "Yes."),
        ("Do you have thoughts of ending it all?", "Yeah, some days."),
        ("Have you ever felt that life isn't worth living?", "Yes."),
        ("Have you had thoughts of not wanting to live?", "I have."),
        ("Do you feel suicidal?", "I sat in the kitchen with the knife."),
        ("do you feel suicidal I have not heard you like this", "the other night I nearly did it"),
        ("Any thoughts of harming yourself?", "I don't know."),
        ("Have you thought of ending it all?", "Not lately."),
        ("You are having thoughts of ending your life.", "It is worst at night."),
        ("So tell me how you came to be cutting yourself.", "After the row, I suppose."),
        ("I have to ask if you have been feeling suicidal.", "It comes over me at night."),
        ("Has he ever hit you?", "Yes."),
        ("Has he ever hit you?", "He has."),
        ("You said no to tea. Have you thought of killing yourself?", "Yes."),
        ("Any thoughts of harming yourself? You ticked the box on the form.", "Sometimes."),
        ("Have you thought of taking your own life? I ask everyone that.", "Once."),
        ("Have you felt suicidal? Is that okay to ask?", "Last winter."),
        ("Any thoughts of ending it?", "Now and then."),
        ("Any thoughts of not wanting to be here?", "A bit."),
        ("Any thoughts of hurting the baby?", "Sometimes."),
        ("Have the rows ever got physical?", "Once or twice, I suppose."),
        ("Are you afraid of him?", "Yes."),
        ("Do you feel safe at home?", "Not always."),
        ("Do you feel safe at home?", "No."),
        ("Can you keep yourself safe tonight?", "I don't know."),
    ],
)
def test_a_yes_to_a_plain_question_is_found(asked: str, answer: str) -> None:
    (found,) = detect(coded([("T", asked, []), ("C", answer, [])]))
    assert (found.utterance, found.quote) == (1, answer)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        *((THOUGHT, answer) for answer in ("No, never.", "Yeah, no.", "Well, no.", "I haven't.", "I suppose not.")),
        ("Have you slept?", "Yes."),
        ("So you have no thoughts of harming yourself?", "Yeah, that's right."),
        ("You're not thinking of killing yourself, are you?", "Yes, that's right."),
        ("And you've never tried to hurt yourself?", "Yes."),
        ("No thoughts of suicide?", "Yes, correct."),
        ("Any thoughts of suicide? None at all?", "Yes."),
        ("Has anyone in your family died by suicide?", "Yes."),
        ("Did he beat you at chess?", "Yes."),
        ("Do you feel suicidal?", "God, nothing like that."),
        ("Any thoughts of self-harm?", "I wouldn't dare."),
        ("Have you felt suicidal?", "Mm."),
        ("Have you felt suicidal?", "Why do you ask?"),
        ("Have you felt suicidal? And how is work?", "Busy."),
        ("Ring us if you ever feel suicidal.", "Okay, thank you."),
        ("Did you know that he was suicidal?", "His sister told me."),
        ("You're not feeling suicidal, then.", "That's right."),
        ("Did you hurt yourself when you fell?", "Yes, my wrist."),
        ("So you cut yourself on a tin?", "Yes."),
        ("There is a suicide prevention week at your college.", "I saw the posters."),
        ("Have you thought of taking your own life? I ask everyone that.", "No."),
        ("Any thoughts of suicide?", "Zero."),
        ("Do you feel safe at home?", "Yes."),
        ("Do you feel safe at home?", "No, I do feel safe there."),
        ("Do you feel safe at home, or is there any trouble?", "No."),
        ("Does he get physical therapy?", "Yes."),
        ("Were you cutting yourself some slack?", "I tried to."),
        ("Have you felt suicidal? " + "Here is the leaflet with the number. " * 5, "Thank you."),
    ],
)
def test_a_no_a_confirmed_denial_and_a_yes_to_something_else_are_not(asked: str, answer: str) -> None:
    assert list(detect(coded([("T", asked, []), ("C", answer, [])]))) == []


def test_a_question_asked_over_several_lines_is_one() -> None:
    asked = [("T", "Have you thought of killing yourself?", []), ("T", "Take your time.", [])]
    (found,) = detect(coded([*asked, ("C", "Once or twice.", [])]))
    assert found.utterance == 2


def test_an_unclear_turn_of_phrase_is_left_alone_where_it_has_an_everyday_meaning_nearby() -> None:
    said = ("C", "I've thought about ending it.", [])
    assert list(detect(coded([("T", "How are the nights?", []), said])))
    assert not list(detect(coded([("C", "The marriage is cold.", []), said])))


def test_fainter_words_are_pointed_at_near_plain_ones_only() -> None:
    faint = [("C", "I gave my bicycle away.", []), ("T", "How come?", []), ("C", "I felt like it.", [])]
    assert not list(detect(coded(faint)))
    plainly, asked = ("C", "I want to die.", []), ("T", "Do you have tablets at home?", [])
    found = list(detect(coded([*faint, plainly, asked, ("C", "In the drawer.", []), asked, ("C", "No.", [])])))
    assert [(f.kind, f.utterance) for f in found] == [(SPOKEN, 3), (NEAR, 0), (NEAR, 5)]
    far = [("T", "And then?", []), ("C", "We had tea.", [])] * NEARBY
    assert [f.kind for f in detect(coded([*faint, *far, plainly]))] == [SPOKEN]


def said(*lines: str) -> list[Finding]:
    """What is found where a client says these, one turn each."""
    return list(detect(coded([line for text in lines for line in (("T", "Go on.", []), ("C", text, []))])))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("I want to die.", "NG225"),
        ("I've started cutting my arms.", "NG225"),
        ("He hits me.", "PH50"),
        ("You put your fist through the door.", "PH50"),
        ("I want to kill him.", "APA"),
    ],
)
def test_each_sort_has_its_own_words_and_source(text: str, source: str) -> None:
    (found,) = said(text)
    assert found.kind == SPOKEN and source in found.source


def test_an_answer_points_at_its_question_and_has_its_sort() -> None:
    session = coded([("T", "Thanks. Do you feel safe at home?", []), ("C", "Not when he drinks.", [])])
    (found,) = detect(session)
    assert found.answers and session.text(found.answers).strip() == "Do you feel safe at home?"
    assert "PH50" in found.source


def test_fainter_words_nearby_belong_only_where_they_are_of_the_same_sort() -> None:
    faint = ("She is alone since Dad died.", "I have forty of them.", "I had bruises.")
    near = {
        plain: [f.quote for f in said(*faint, plain) if f.kind == NEAR] for plain in ("He hits me.", "I want to die.")
    }
    assert near == {"He hits me.": ["I had bruises."], "I want to die.": ["I have forty of them."]}


@pytest.mark.parametrize(
    "text", ["He broke the window with a ball.", "My little one threw a spoon.", "You threw a party."]
)
def test_what_breaks_by_itself_or_in_play_is_no_threat(text: str) -> None:
    assert spoken(text) is None


def test_what_is_quoted_with_an_answer_is_not_quoted_again() -> None:
    session = coded([("T", THOUGHT, []), ("C", "Yes. I want to die.", [])])
    first, rest = (replace(session.statements[1], start=start, end=end) for start, end in ((0, 4), (5, 19)))
    (found,) = detect(replace(session, statements=(session.statements[0], first, rest)))
    assert found.quote == "Yes. I want to die."


def test_a_short_yes_is_quoted_with_what_follows() -> None:
    asked = ("T", "Have you thought of killing yourself?", [])
    session = coded([asked, ("C", "Sometimes. Last night I had the pills in my hand.", [])])
    first, rest = (replace(session.statements[1], start=start, end=end) for start, end in ((0, 10), (11, 49)))
    (found,) = detect(replace(session, statements=(session.statements[0], first, rest)))
    assert found.quote == "Sometimes. Last night I had the pills in my hand."


def test_what_answers_such_words_is_never_advised_as_a_formula() -> None:
    calm = ("T", "Let us look at the form.", [])
    session = coded([("C", "Some days I want to die.", []), calm, ("C", "Mm.", []), ("C", "I sleep badly.", []), calm])
    passed = tuple(reports.finding(session, "judgment.dismiss", index) for index in (1, 4))
    _, near, far = kept_apart((*detect(session), *passed))
    assert near.suggestion == ADVICE and far.suggestion == passed[1].suggestion != ADVICE
    assert kept_apart(passed) == passed


def test_hurting_oneself_is_asked_after_only_where_dying_or_harm_was_named_before() -> None:
    asked: list[Line] = [("T", "Did you injure yourself?", []), ("C", "Yeah, a little.", [])]
    after: list[Line] = [("T", "Have you felt suicidal?", []), ("C", "Some nights.", []), *asked]
    assert [f.utterance for f in detect(coded(after)) if f.kind == SPOKEN] == [1, 3]
    fell: list[Line] = [("T", "How was the ladder?", []), ("C", "It slipped.", []), *asked]
    assert not list(detect(coded(fell)))
