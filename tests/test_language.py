"""Sessions that are not in English are noticed, and English ones are left alone."""

from pathlib import Path

import pytest

from transcript_rapport.analysis import analyse
from transcript_rapport.language import FEWEST_WORDS, NOTICE, noticed
from transcript_rapport.readers import read
from transcript_rapport.session import Session, Utterance
from transcript_rapport.settings import DEFAULTS

PRACTICE = Path(__file__).parents[1] / "corpora" / "practice"
CORPORA = Path(__file__).parents[2] / "shared" / "corpora"

FOREIGN = {
    "French": (
        "Comment s'est passée la semaine depuis notre dernière rencontre ?",
        "Elle a été longue, je n'ai presque pas dormi, et mon chef m'a donné un feedback très dur.",
        "Si je comprends bien, ce qui pèse le plus sur vous, c'est le regard des autres.",
        "Oui, tout le monde va voir que je ne suis pas à la hauteur, et puis on verra.",
    ),
    "Spanish": (
        "¿Cómo te ha ido esta semana desde la última vez que nos vimos?",
        "Pues mal, no he dormido casi nada, y con el estrés del trabajo no puedo más.",
        "Parece que ha sido una semana muy dura para ti, y que te has sentido sola.",
        "Sí, mi marido no me habla y yo no sé qué hacer con los niños, no le voy a mentir.",
    ),
    "German": (
        "Wie ist es Ihnen seit dem letzten Mal ergangen?",
        "Nicht so gut, ich war am Montag bei ihm in der Schule, also hat man mir gesagt, dass er oft fehlt.",
        "Das klingt anstrengend, und trotzdem sind Sie heute hier.",
        "Ja, weil ich nicht mehr weiß, was ich mit meinem Sohn machen soll, er will nur Ruhe.",
    ),
    "Dutch": (
        "Hoe is het met je gegaan sinds de vorige keer?",
        "Niet zo goed, ik was de hele week moe en over twee weken is hij weer de hele dag thuis.",
        "Dat klinkt zwaar, en toch ben je hier vandaag.",
        "Ja, want ik weet niet meer wat ik met mijn zoon moet doen, we hebben altijd ruzie.",
    ),
    "Italian": (
        "Come è andata la settimana dall'ultima volta che ci siamo visti?",
        "Non molto bene, ero sempre stanca, e con lo stress del lavoro ho dormito poco.",
        "Sembra che sia stata una settimana pesante, e lei è venuta lo stesso.",
        "Sì, perché non so più che cosa fare con mio figlio, non mi parla e se ne va.",
    ),
    "Portuguese": (
        "Como foi a semana desde a última vez que falámos?",
        "Não muito boa, eu estava sempre cansada, e o chefe só me dá mais stress.",
        "Parece que foi uma semana pesada, e mesmo assim você veio.",
        "Sim, porque eu não sei mais o que fazer com o meu filho, ele não fala comigo.",
    ),
    "Welsh": (
        "Sut mae'r wythnos wedi bod ers i ni gwrdd ddiwethaf?",
        "Dim yn dda iawn, roeddwn i wedi blino trwy'r amser, ac mae lot o stress yn y gwaith.",
        "Mae hynny'n swnio fel wythnos galed i chi, a dych chi yma heddiw.",
        "Ydw, achos dw i ddim yn gwybod beth i'w wneud gyda fy mab.",
    ),
    "Chinese": (
        "这个星期过得怎么样?",
        "不太好,我一直很累,几乎没有睡觉。",
        "听起来很辛苦,但是你今天还是来了。",
        "是的,因为我不知道该怎么对待我的儿子。",
    ),
}
ENGLISH = (
    "How has the week been since we last met?",
    "Not great, I was tired all the time and my boss gave me a hard time about it.",
    "So it was a heavy week, and you came here all the same.",
    "Yes, because I don’t know what to do about my son any more, he won't talk to us.",
)


def session(*lines: str) -> Session:
    said = enumerate(lines)
    return Session(
        "s", tuple(Utterance(n, ("Therapist", "Client")[n % 2], line) for n, line in said), notes=("mended",)
    )


@pytest.mark.parametrize("language", FOREIGN)
def test_a_session_in_another_language_is_noticed_first_of_all(language: str) -> None:
    assert noticed(session(*FOREIGN[language])).notes == (NOTICE, "mended")


@pytest.mark.parametrize("language", FOREIGN)
def test_of_a_session_half_in_english_nothing_is_said(language: str) -> None:
    assert noticed(session(*ENGLISH, *FOREIGN[language])).notes == ("mended",)


def test_of_a_few_words_nothing_is_said() -> None:
    assert noticed(session("Bonjour.", "Bonjour, " + "ça va " * (FEWEST_WORDS // 2 - 2))).notes == ("mended",)


def test_remarks_and_placeholders_are_no_words() -> None:
    assert noticed(session("[unverständlich im Original] " * 30, "Ja. <NAME 1>")).notes == ("mended",)


@pytest.mark.parametrize("deidentify", [False, True])
def test_the_report_holds_the_notice(deidentify: bool) -> None:
    report = analyse(session(*FOREIGN["French"]), DEFAULTS.with_changes({"deidentify": deidentify}))
    assert report.session.notes[0] == NOTICE
    assert analyse(session(*ENGLISH), DEFAULTS).session.notes == ("mended",)


@pytest.mark.parametrize("path", sorted(PRACTICE.glob("*.*")), ids=lambda path: path.name)
def test_practice_sessions_are_english(path: Path) -> None:
    if path.suffix != ".md":
        assert all(noticed(one) is one for one in read(path))


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the public corpora are not beside the checkout")
def test_public_sessions_are_english() -> None:
    paths = [CORPORA / "annomi" / "annomi.csv", CORPORA / "hlqc" / "hlqc.csv"]
    sessions = [one for path in paths for one in read(path)]
    assert len(sessions) > 200
    assert [one.name for one in sessions if noticed(one) is not one] == []
