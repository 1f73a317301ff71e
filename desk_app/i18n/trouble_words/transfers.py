"""The English words of trouble with people who move from desk to desk."""

from collections.abc import Mapping

from desk_app.domain import errors
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message

WORDS: Mapping[type[errors.Trouble], Message] = {
    errors.WithAnotherDesk: Message(
        N_("{number} is with the desk {desk}. Nothing was changed."),
        N_("Ask that desk, or ask for a transfer."),
    ),
    errors.ThereAlready: Message(
        N_("{number} is at the desk {desk} already. Nothing was changed."),
        N_("Choose another desk."),
    ),
    errors.OfferedAlready: Message(
        N_("{number} is offered to the desk {desk}, which has not answered yet. Nothing was changed."),
        N_("Wait for the answer, or withdraw that offer first."),
    ),
    errors.NotAcceptedYet: Message(
        N_("{number} was offered by the desk {desk} and is not with you yet. Nothing was changed."),
        N_("Accept the person first."),
    ),
    errors.AnsweredAlready: Message(
        N_("This was answered already. Nothing was changed."),
        N_("Look at the list of transfers again."),
    ),
    errors.NotContested: Message(
        N_("The desk {desk} did not take this person over beside another one. Nothing was changed."),
        N_("Look at the list of transfers again."),
    ),
    errors.OthersAnswer: Message(
        N_("Only the desk {desk} or the coordinator can say this. Nothing was changed."),
        N_("Call them and ask."),
    ),
}
