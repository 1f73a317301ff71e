"""The English words of the troubles with choices and letter wordings of the programme, as in `trouble_words`."""

from collections.abc import Mapping

from desk_app.domain import errors
from desk_app.domain.errors import Trouble
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message

OF_PROGRAMME: Mapping[type[Trouble], Message] = {
    errors.ListClosed: Message(
        N_("Nothing can be added to the list “{name}” or switched off in it. Nothing was changed."),
        N_("Choose one of the lists that the page “Programme” shows."),
    ),
    errors.ChoiceUnknown: Message(
        N_("The list has no choice with the code “{choice}”. Nothing was changed."),
        N_("Take in the newest bundles, then look at the list again."),
    ),
    errors.ChoiceFixed: Message(
        N_(
            "The choice “{choice}” came with the program or is in use: its words or its code stay. Nothing was changed."
        ),
        N_("Switch it off, and add another one with the words you need."),
    ),
    errors.ChoiceCodeWrong: Message(
        N_("“{choice}” cannot be the code of a new choice. Nothing was added."),
        N_("Take a code that is free: x_ and then small Latin letters and digits, 40 signs in all."),
    ),
    errors.LastChoice: Message(
        N_("This is the last choice of the list that is offered, so it stays."),
        N_("Switch another one on first."),
    ),
}

OF_PARTS: Mapping[str, str] = {
    "too_large": N_("This is too long, or names too many placeholders."),
    "unknown": N_("There is no placeholder with this name. Take one from the list above."),
    "syntax": N_("A brace or a condition is not closed. Compare it with the wording that came with the program."),
    "forbidden": N_("Only placeholders and conditions can stand between braces."),
    "missing": N_("Something is missing here."),
    "unreadable": N_("This cannot be read."),
}
"""What is wrong in one part of a letter wording: the codes of `LetterTemplateBroken`, to stand beside the part."""
