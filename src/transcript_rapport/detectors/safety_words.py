"""The words by which ``safety`` finds talk of dying or of harm: one idea a line, over text in lower case."""

from __future__ import annotations


def either(*ways: str) -> str:
    """A pattern for any of these patterns."""
    return "(?:" + "|".join(ways) + ")"


def unless(*ways: str) -> str:
    """A pattern for a place after which none of these words follow."""
    return rf"(?! {either(*ways)}\b)"


_GROWN = either(
    r"dad|daddy|mum|mummy|mom|mommy|mother|father|parents|step ?(?:dad|mum|mom|father|mother)",
    r"husband|wife|partner|boyfriend|girlfriend|ex",
    r"uncle|aunt|cousin|brother|sister|son|daughter|gran|nan|grandad|grandmother|grandfather",
)
FAMILY = either(_GROWN, r"kids?|child|children|baby|little (?:boy|girl|one|brother|sister)")
SOMEBODY = either(
    r"he|she|they|somebody(?: else)?|someone",
    rf"(?:my|the|our|his|her) (?:\w+[ -])?(?:{_GROWN}|boss|coach|teacher|carer|friend|neighbou?r)",
)
_THEM = rf"(?:me|us|(?:my|our|the) (?:\w+ )?{FAMILY}|(?:his|their) (?:wife|girlfriend|partner|kids|children))\b(?!')"
_WHOM = either(
    r"him|her|them|us|somebody|someone|anybody|anyone|people|everyone|everybody|that (?:man|woman|guy|boy|girl)",
    rf"(?:my|the|our|his|her) (?:\w+ )?(?:{FAMILY}|boss|bastard|neighbou?r)",
)
_WHOM += r"\b" + unless(
    r"feelings?|chances|back|knee|with kindness",
    r"an? (?:quick |short )?(?:e-?mail|text|message|note|line|look)",
    r"at the (?:[a-z]+ )?(?:shop|store|bank|counter|till|checkout|call centre|post office|airport)",
    r"by (?:being|saying|telling|asking|leaving|going|moving|ending|breaking|not|choosing)",
)
_WANTS = either(
    r"want(?:s|ed|ing)?|wanna|going|gonna|go|try|tried|trying|ready|about|used|might",
    r"thinks?|thinking|thoughts?|like|urges?|plan|planned|planning",
    r"keeps?|kept|start|started|starting|scared|afraid",
)
_LIGHT = r"(?:(?:to|of|about|just|really|actually|sometimes|even|i (?:might|could|will)|i'll) ){0,3}"
_SOMEWHERE = unless(
    r"in|with|there|here|near|next|together|alone|apart|abroad|by|off|at|under|from|on \w+",
    r"my life|a|the|as|so|too|that way|this way",
    r"like(?! this any ?(?:more|longer)\b)",
)
_YEARS = r"(?:1?\d|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen)"
_AS_A_CHILD = "when i was " + either(
    rf"{_YEARS}\b",
    r"(?:very |so )?(?:little|small|young)\b",
    r"(?:just |only )?a (?:child|kid|girl|boy)\b",
)
_MEDICINE = (
    r"(?:\w+ )?(?:pills|tablets|meds|medication|medicine|paracetamol|ibuprofen|aspirin|codeine|tylenol|painkillers)\b"
)
_MANY = r"(?:[2-9]\d|\d{3}|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a|one) hundred|dozens of)"

DYING = (
    r"\bsuicid(?:e|al)\b"
    + unless(
        r"squad|bomb\w*|mission|watch",
        r"hot ?line|help ?line|prevention|awareness|training",
        r"debate|bill|law|rates?|statistics|film|documentary",
    ),
    r"\bkill(?:ed|ing|s)? my ?self\b"
    + unless(r"laughing|work\w*|play\w*|train\w*|over|at|with|just to|for (?:saying|forgetting|not)"),
    r"\b(?:end|ending|take|taking|took) my (?:own )?life\b"
    + unless(r"back|in|into|seriously|for granted|to|forward|here|there"),
    r"\bend(?:ing)? it all\b",
    r"\b(?:want(?:s|ed|ing)? to|(?:i'd|would) like to|wanna|feel like|felt like) (?:just )?"
    r"(?:die|dying|be dead|not exist)\b"
    + unless(r"of|with|for|laughing", r"at home|in my own|in hospital", r"my|it|this|that|the|some|his|her|a"),
    r"\bwish(?:ed|ing)? (?:that )?i (?:was|were|had been) dead\b",
    r"\b(?:wish|hope|pray)(?:ed)? (?:that )?i(?:'d| had| could| would)? (?:just )?"
    r"(?:die|died|(?:not|never) wake up|never (?:been born|woken up)|(?:don't|didn't|wouldn't) wake up)\b",
    r"\b(?:want(?:ed)?|wish|like|love|hope|could)\b[^.?!]{0,25} (?:to sleep|asleep) and (?:just )?(?:not|never) "
    r"(?:have to )?(?:wake|waking) up\b" + unless(r"for|until|till|before"),
    r"\b(?:don't|do not|didn't|did not|never|no longer|not) (?:really |even |just |always )?want(?:ing|ed)? to "
    r"(?:live|keep living|go on living|be alive|exist)\b" + _SOMEWHERE,
    r"\b(?:not sure|don't know|don't think) (?:that |if |whether )?i (?:\w+ )?want to "
    r"(?:live|keep living|go on living|be alive)\b" + _SOMEWHERE,
    r"\b(?:don't|do not|didn't|did not) (?:\w+ )?want to (?:be here|wake up) (?:any ?more|any longer|again|ever)\b",
    r"\b(?:don't|do not|didn't|did not) (?:\w+ )?want to wake up(?= tomorrow\W*$|\s*[.,;!]|\s*$)",
    r"\b(?:better off dead|rather be dead|would be better dead)\b",
    r"(?:would|'d) (?:\w+ )?be (?:\w+ )?better off "
    + either(
        r"without me\b" + unless(r"as|at|in|on"),
        r"if i (?:was|were) (?:gone|dead|not (?:here|around|alive))\b" + unless("from"),
        r"if i (?:wasn't|weren't) (?:here|around|alive)\b",
        r"if i(?:'d| had)? (?:died|disappeared|never been born)\b",
    ),
    r"(?:\bno|n't (?:see|have) (?:any|the|a|much)) (?:\w+ )?(?:reason|point) (?:(?:to|in|of) )?"
    r"(?:(?:go|going|carry|carrying) on )?(?:live|living|(?:being|be) alive)\b" + _SOMEWHERE,
    r"\bnothing (?:left )?to live for\b",
    r"\b(?:not|(?:is|was)n't) worth living\b",
    r"\b(?:tired|sick) of (?:living|being alive)\b" + unless(r"in|with|there|here|near|out|like|on|off|under|at"),
    r"\b(?:hang|hanging|hanged|drown|drowning|shoot|shooting) myself\b" + unless(r"in (?:the|my)|up|with"),
    r"\b(?:throw|throwing|threw) myself (?:under|off|in front|out of)\b",
    r"\bjump(?:ing|ed)? off (?:a|the) (?:bridge|roof|building|cliff)",
    r"\bjump(?:ing|ed)? in front of (?:a|the) (?:train|bus|car|lorry|truck)",
)
ANOTHER_DYING = (
    r"\b(?:want(?:s|ed)?|going|gonna|threaten(?:s|ed|ing)?|tries|tried|trying|plans|planning) to "
    r"(?:kill|hang|drown|hurt|harm) (?:himself|herself|themsel(?:f|ves))\b",
    r"\b(?:thinks|thinking|thoughts|talks|talking|talked) (?:of|about) "
    r"(?:killing|hanging|drowning|hurting|harming) (?:himself|herself|themsel(?:f|ves))\b",
    r"(?:'ll|\bwill|\bmight) kill (?:himself|herself|themsel(?:f|ves))\b",
    r"\b(?:doesn't|does not) want to (?:live|be alive)\b" + _SOMEWHERE,
)
SELF_HARM = (
    r"\bself[- ]?harm(?:s|ed|ing)?\b",
    r"\b(?:cut|cuts|cutting) (?:myself|herself|himself)\b"
    + unless(
        r"shav\w+|cook\w*|chop\w*|peel\w*|slic\w*|garden\w*|opening|in the kitchen|while",
        r"when (?:i|he|she) (?:was )?(?:shav|chop|peel|cook)\w*|by (?:accident|mistake)",
        r"some|a|on|off|out|short|loose|from",
    ),
    r"\b(?:cut|cutting|slit|slitting) my (?:wrists|arms|thighs)\b" + unless("on"),
    r"\bslit(?:ting)? my wrist\b",
    rf"\b{_WANTS} {_LIGHT}(?:hurt|hurting|harm|harming|burn|burning) my ?self\b"
    + unless(
        r"in the long run|out|on|at|doing|more",
        r"lift\w*|play\w*|run\w*|again (?:at|play|lift)\w*",
    ),
    r"\bburn(?:ed|t|ing)? my ?self with (?:cigarettes|lighters|matches)\b",
    r"\b(?:burn|burning) my ?self with a (?:cigarette|lighter|match)\b",
    r"\b(?:cut|cutting|burn|burnt|burned|burning|hurt|hurting|scratch|scratched|scratching) my ?self "
    r"(?:on purpose|deliberately)\b",
    r"\b(?:take|took|taking|taken) an? (?:big |massive |deliberate )?overdose\b",
    r"\boverdos\w+ (?:on purpose|deliberately)\b|\bi (?:\w+ )?overdosed\b",
    r"\b(?:take|took|taking|taken|swallow|swallowed|swallowing) (?:a|the) (?:whole |big )?"
    rf"(?:bottle|handful|packet|pack|box) of {_MEDICINE}",
    rf"\b(?:took|taken|swallowed) (?:like |about |around |over )?{_MANY} {_MEDICINE}"
    + unless(r"a|each|every|daily|in the|per|over|for|this (?:week|month|year)|since|so far|altogether"),
    r"\b(?:(?<!\bi )take|took|taking|taken|swallow|swallowed|swallowing) "
    rf"(?:all (?:of )?(?:my|the|his|her|those|these)|too many|loads of|a lot of) {_MEDICINE} "
    + either(
        r"(?:all )?(?:at once|in one go)\b" + unless(r"in|with|at|after|before|every|each|like"),
        r"on purpose\b|deliberately\b",
        r"(?:just )?to (?:die|end it|kill myself)\b",
    ),
    r"\b(?:thinks?|thinking|thought|thoughts) (?:of|about) (?:just )?(?:taking|swallowing) "
    rf"all (?:of )?(?:my|the|his|her) {_MEDICINE}",
    r"\b(?:(?:saved|saving|stored|storing) up|stockpil(?:ed|ing)|hoard(?:ed|ing)) "
    rf"(?:(?:all|enough|of|my|the|his|her) ){{0,3}}{_MEDICINE}" + unless("for"),
    rf"\b(?:got|have|had) (?:all |enough )?(?:of )?(?:my|the|some) {_MEDICINE} (?:saved up|stockpiled|hoarded)\b"
    + unless("for"),
)
HARMED = (
    rf"\b{SOMEBODY}(?: \w+| \w+'\w+|'\w+){{0,3}} "
    + either(
        r"hits?|hitting|beats?|beating|slap(?:s|ped|ping)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?",
        r"chok(?:es|ed|ing)|strangl(?:es|ed|ing)",
        r"molest(?:s|ed|ing)?|abus(?:es|ed|ing)|assault(?:s|ed|ing)?",
    )
    + rf" {_THEM}"
    + unless(
        r"out|off|at|to (?:it|the)|by|again at|every time at|that|hands down",
        r"in the (?:final|race|game|election)|on the back|for (?:saying|a)",
        r"up (?:for|about|over)|with (?:the|a) (?:news|bill|question|idea|fine)",
        r"playfully|lightly|jokingly|for fun|as a joke|in (?:my|the|a) dream",
    ),
    rf"\b{SOMEBODY}(?: \w+)? (?:push(?:ed|es)?|shov(?:ed|es)|thr(?:ew|ows)|dragg?(?:ed|s)|kick(?:ed|s)) {_THEM} "
    + either(
        r"down the (?:stairs|steps)|across the room|to the floor",
        r"(?:against|into) (?:the|a) wall",
        r"by (?:my|the|her) hair",
    ),
    r"\b(?:put|puts|putting|had|has|got|wraps|wrapped) (?:his|her|their|both)(?: \w+)? "
    r"(?:a?round|on) my (?:throat|neck)\b"
    + unless(r"and (?:kiss\w*|hugg?\w*|cuddl\w*|danc\w*)|to massage|for a massage"),
    r"\b(?:grabs|grabbed|holds|held|squeez(?:es|ed)) (?:me by the|my) throat\b",
    r"\b(?:put|puts|held|holds|had) (?:a|the) (?:knife|gun) to my (?:throat|head|neck|face)\b",
    r"\b(?:i|i've|i'd|we|me|am|i'm)\b[^.?!,]{0,25}\b(?:was|were|been|being|get|got|getting|am) (?:\w+ly )?"
    + either(
        r"abused|molested|assaulted|strangled|choked|beaten up|beaten every",
        r"beaten by(?![^.?!]{0,30} "
        r"(?:at (?!home|night|school|work|the|a|least|first)\w+|in (?:the|a) (?:final|race|game|match|election)))",
    )
    + r"\b",
    r"\brape[ds]?\b" + unless("seed|oil"),
    r"\bsexual(?:ly)? abuse[ds]?\b",
    r"\b(?:forc(?:es|ed|ing)|made) me (?:to )?(?:have sex|sleep with (?:him|her|them)|touch (?:him|her|them))\b",
    r"\bforc(?:es|ed|ing) (?:himself|herself) on me\b",
    r"\btouched me (?:inappropriately|sexually|down there|where)\b",
    rf"\b{SOMEBODY}(?: \w+){{0,2}} (?:touched|touching) me {_AS_A_CHILD}",
    r"\b(?:my|in an?|with an?|left an?|had an?) (?:\w+ )?(?:abusive|violent) "
    rf"(?:relationship|marriage|home|household|family|childhood|{FAMILY})\b",
    r"\bthreaten(?:s|ed|ing)? to (?:kill|hurt|beat|stab|shoot|burn)\b",
    rf"\bthreaten(?:s|ed|ing)? to hit (?:him|her|them|(?:the|his|her) (?:\w+ )?{FAMILY}|{_THEM})\b",
    rf"\b(?:afraid|scared|frightened|terrified|said|says|told me) (?:that )?(?:if i \w+(?: \w+){{0,3}},? )?{SOMEBODY}"
    r"(?:'d|'ll| would| will| might|'s going to| is going to|'s gonna) (?:\w+ )?"
    r"(?:kill|hurt|hit|beat|stab|shoot) (?:me|us|the (?:kids|children)|her|him|them)\b",
)
HARMS = (
    rf"\b{_WANTS} {_LIGHT}"
    + either(
        r"kill|killing|murder|murdering|strangle|strangling",
        r"stab|stabbing|shoot|shooting|hurt|hurting|harm|harming",
    )
    + rf" {_WHOM}",
    r"\b(?:afraid|scared|frightened|worried) (?:that )?i(?:'ll| will| might|'m going to| could) (?:\w+ )?"
    rf"(?:hurt|kill|harm|hit|stab) {_WHOM}",
    r"\b(?:i|i've) (?:(?:just|really|actually|even|once|then|nearly|almost|sometimes|have|did) ){0,2}"
    rf"(?:hit|slap|slapped|smack|smacked|punch|punched|kick|kicked|shook|beat|strangled|choked) "
    rf"(?:my|our) (?:\w+ )?{FAMILY}\b(?!')"
    + unless(
        r"at|to|in|by|out|off|under|up",
        r"with (?:the|a) (?:news|bill|question|idea|pillow|ball|snowball)|playfully|lightly|for fun|as a joke",
    ),
)
FIGURES = (
    r"\b(?:kill|killed) me if i(?:'m| am| was)? (?:late|forget|forgot)\b",
    r"\b(?:career|social|political|commercial|professional) suicide\b",
    r"\b(?:debate|essay|lecture|film|book|programme|documentary|article|podcast) (?:about|on) (?:\w+ )?suicide\b",
    r"\bwanted to die\W+(?:it|that|this) (?:was|is) (?:\w+ ){0,2}(?:embarrassing|awkward|humiliating|cringe\w*)",
    r"\b(?:embarrassed|embarrassing|awkward|mortified|cringe\w*)\b[^.?!]{0,15}\bwanted to die\b",
)
ANOTHERS_DEATH = (
    r"\b(?:his|her|their|\w{3,}'s) suicide\b",
    r"\b(?:died (?:by|of|from)|lost [^.?!]{1,30} to|bereaved by) suicide\b",
    rf"\b(?:{SOMEBODY}|who|\w+ (?:friend|colleague|neighbou?r|patient))(?: \w+){{0,2}} committed suicide\b",
)
"""A death of another by suicide, in the past, is grief and no danger now: what is said of it is left alone."""
ASKED = (
    r"suicid\w+" + unless(r"squad|hot ?line|help ?line|watch"),
    r"(?:kill|killing|harm|harming|hurt|hurting|cut|cutting) yourself",
    r"(?:end|ending|take|taking) your (?:own )?life|end(?:ing)? it all",
    r"(?:want|wanting|wanted|wish\w*) to die|wish(?:ed|ing)? you (?:were|was) dead|better off dead",
    r"(?:not|n't|not really) want(?:ing|ed)? to (?:live|be alive|wake up)",
    r"(?:not|(?:is|was)n't) worth living",
    r"self[- ]?harm\w*|overdos\w+",
    rf"(?:{SOMEBODY}|anyone|anybody|your (?:\w+ )?{FAMILY})(?: ever| been){{0,2}} "
    r"(?:hit|hits|hitting|hurt|hurts|hurting|beat|beats|beating|kicked|punched|slapped|choked|strangled|abused|threatened"
    r"|forced) you" + unless("at|by|when|that"),
)
