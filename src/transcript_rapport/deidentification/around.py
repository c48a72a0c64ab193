"""Words that stand around names, and tell them from ordinary words."""

from __future__ import annotations

PERSONAL = frozenset("given place proper unknown".split())
MODALS = frozenset("can mark-my may might will".split())
ABSTRACT = frozenset(
    """
    amber angel april art ash august autumn basil bay berry bliss bob brandy bud buddy candy cash chance charity
    cherry con coral crystal dawn destiny don duke earl faith fleur forest gay ginger grace happy harmony haven
    heather heaven holly honey hope hunter iris ivy jade jet jewel joy june king lane liberty lily long love mac
    mason may melody mercy olive oral page patience pearl pepper poppy prince queen rain randy ray red reef river
    rock rod rose royal ruby sage sal serenity sherry skip sky sol star sterling stone storm summer sun sunny tad
    tanner temple tiger trinity truth tuesday van verity victor wade west will winter york
    """.split()
)
BARE = frozenset(
    """
    april art august autumn bliss candy cash chance charity china faith forest grace happy
    haven heaven holly honour hope joy june liberty long love may melody mercy oral patience pepper rain
    serenity sky stone storm summer sun truth tuesday west will winter
    """.split()
)
"""Of the abstract and the uncounted, what begins a sentence without an article: "Hope is …", not "Mason is …"."""
VERBISH = frozenset(
    """
    does did could would should might must couldn't wouldn't shouldn't can't won't used sent helped bought took put
    always and asked called came comes didn't died doesn't gave gets goes got had has hasn't hates is isn't just
    keeps knew knows left lived lives looked loved loves made makes moved needs never phoned rang said says seemed
    seems started stopped tells texted thinks thought told took used wanted wants was wasn't went who worked works
    """.split()
)
PEOPLE_BEFORE = frozenset(
    """
    and ask asked bye called calling dear goodbye hello hey hi married met missed named phoned saw tell texted thank
    thanks told with
    """.split()
)
PLACE_BEFORE = frozenset("across around in leaving near outside toward towards visiting".split())
MOVING = frozenset(
    """
    arrived back based born bus came come coming commute commuting down drive driving drove flew fly from get go
    goes going gone got grew live lived lives living move moved moving out over raised relocated stay stayed staying
    train travel travelled trip up went
    """.split()
)
WORKING = frozenset(
    """
    agency apprentice apprenticeship career carer chef cleaner contract cook driver employed fired hired internship
    interned interview job joined manager nurse placement porter receptionist redundant retired sacked shelves
    shift shifts nights earlies lates stacking started starting stock student temp temping till tills warehouse studied
    studies study studying taught
    teach teaches teaching volunteer volunteered volunteering volunteers work worked working works
    """.split()
)
CONNECTORS = frozenset(
    """
    al and bin da de den der dos du el ibn la le of on the under upon van von
    """.split()
)
NOT_NAMES = frozenset(
    """
    back later again tomorrow tonight today soon first before once instead sometime anytime straight
    a actually after all also always an and any anything at bad because being but by called changed confidential
    different down er everything fine for from going good having he her here hers him his how i if important in is
    it just kept like me mine mister mud my names never no not of on one or ours out please really same she similar
    so something spelled spelt that the them then there they this to too uh um unknown up very was we well what when
    where which who with written yeah you your yours
    """.split()
)
PREFIXES = frozenset("fort great las los lower mount new port saint san santa st upper".split())
RISKY = frozenset(
    """
    back best call church darling day dear early east friend friends good hand head high home hope house just keen
    large late light little long love low march may new north park power quick read rich right ring rush sharp short
    small south still street strong sweet swift way west wise
    """.split()
)
THINGS = frozenset(
    """
    act allowance approach award cert certificate charter class course credit cup cycle day diet disorder effect exam
    form goals group groups index inventory league list method model month pathway plan prayer pride program programme
    protocol questionnaire rule run scale scheme score service song standard steps syndrome system team test theory
    therapy training treatment values week weekend wheel workbook year
    """.split()
)
DEEDS = frozenset(
    """
    asked came died gave got hates left loves moved phoned rang said says shouted texted thinks thought told went
    """.split()
)
PAST = frozenset(
    """
    ate began bit blew broke brought built bought caught chose cried cut drank drew drove fell felt fought found
    forgot gave got grew had heard held hid hit hung hurt kept knew laid lay led lent lied lost made meant met paid
    put ran rode sang sat saw sent shook shot shut slept spat spent split spoke stole stood stuck swam swore taught
    threw took tore was were woke won wore wrote
    """.split()
)
"""What people did, of verbs that do not end in -ed."""
DOING = frozenset("can rose drew said art sue rob love hope".split())
"""Names that are said far more often of what somebody does or did."""
HESITATION = frozenset("um uh er erm ah mm like".split())
ENDEARMENTS = frozenset("love honey happy angel sweet bud may chance sunny".split())
AFTER_PLACES = frozenset(["", *"and but so with now for since i we when where then because near he she they".split()])
UNSURE_PLACES = frozenset(
    "reading battle march orange long normal paradise independence sale nice surprise mission wash bend deal wells "
    "sandwich bath flint trim barking mobile".split()
)
