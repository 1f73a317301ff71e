"""What each consent means, in whole sentences to be read aloud in the person's own language."""

from collections.abc import Mapping

from desk_app.domain.vocabulary import N_
from desk_app.i18n.languages import by_code
from desk_app.i18n.translator import Translator

PURPOSES = ("service", "sharing", "health", "statistics")

SHORT: Mapping[str, str] = {
    "service": N_("Recording"),
    "sharing": N_("Letters"),
    "health": N_("Health"),
    "statistics": N_("Counting"),
}
"""One word for each purpose, for the marks in the header."""

MEANING: Mapping[str, str] = {
    "service": N_(
        "May we write down your name and what we talk about, so that we can help you? The notes stay locked in this "
        "computer and with the coordinator. Nobody else reads them. You can say no and still get advice today."
    ),
    "sharing": N_(
        "When we send you to another organisation, may a letter give your name and the details that you choose? "
        "Without this we write no letter about you. You choose again for every letter."
    ),
    "health": N_(
        "May a letter mention your health or treatment, when the organisation needs it to help you? "
        "If you say no, no letter ever speaks of it."
    ),
    "statistics": N_(
        "May we count you, without your name, in the reports about our work? "
        "Nobody can recognise you from these numbers."
    ),
}

WITHDRAWAL: Mapping[str, str] = {
    "service": N_(
        "From now on nothing new is written down about the client and no letter is made. "
        "What was recorded stays locked until the client asks for it to be erased."
    ),
    "sharing": N_(
        "From now on no letter is written about the client. Letters that were handed over cannot be called back; "
        "tell the client which ones."
    ),
    "health": N_("From now on no letter mentions health. Letters that were handed over cannot be called back."),
    "statistics": N_("From now on the client is left out of the counts. Reports already sent stay as they are."),
}

_SPOKEN = {"tg": "tg", "ru": "ru"}


def spoken_translator(spoken: str, window: Translator) -> Translator:
    """The words of the language a person is spoken to in; the window's own for a language we do not have.

    Uzbek is shown in the script of the window, Latin where the window speaks another language.
    """
    if spoken == "uz":
        code = window.language.code if window.language.code.startswith("uz") else "uz_Latn"
    else:
        code = _SPOKEN.get(spoken, window.language.code)
    return window if code == window.language.code else Translator(by_code(code))
