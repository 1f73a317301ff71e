"""The English words of trouble with records: their fields and versions, links between people, lists of choices."""

from collections.abc import Mapping

from desk_app.domain import errors
from desk_app.domain.errors import Problem
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message

WORDS: Mapping[type[errors.Trouble], Message] = {
    errors.InvalidBody: Message(
        N_("A change from another desk is not in the form this program understands. It was set aside."),
        N_("Ask the other desk to update its program and send its bundle again."),
    ),
    errors.FieldMissing: Message(
        N_("“{field}” is empty, and the record “{kind}” cannot be saved without it."), N_("Fill in this field.")
    ),
    errors.UnknownKind: Message(
        N_("There is no kind of record called “{name}”."), N_("Run the command with --help to see the kinds.")
    ),
    errors.UnknownField: Message(
        N_("The record “{kind}” has no field called “{field}”."),
        N_("Check the spelling of the field, or run the command with --help."),
    ),
    errors.FieldFixed: Message(
        N_("“{field}” of the record “{kind}” is set by the program itself. Nothing was changed."),
        N_("Leave this field out."),
    ),
    errors.RecordNotFound: Message(
        N_("No record was found for “{wanted}”."), N_("Check the number, or search by name.")
    ),
    errors.EventNotEditable: Message(
        N_("A record “{kind}” keeps what happened on its day and cannot be changed."),
        N_("Add a correction: a new record that refers to this one."),
    ),
    errors.ConsentMissing: Message(
        N_("The client has not given this consent: “{purpose}”."),
        N_("Ask the client, record the answer under Consent, and try again."),
    ),
    errors.StepNotAllowed: Message(
        N_("A referral with the status “{state}” cannot get the status “{step}”. Nothing was changed."),
        N_("Choose one of the steps that are offered, or make a new referral."),
    ),
    errors.LetterNotOpen: Message(
        N_("No letter is printed for a referral with the status “{state}”."),
        N_("Make a new referral, or print the earlier letter again."),
    ),
    errors.ClientNameMissing: Message(
        N_("The client has no name yet, so the record was not saved."), N_("Type at least the given name.")
    ),
    errors.NotYourProfession: Message(
        N_("Only this role writes such a note and holds the key for it: {role}."),
        N_("Write a consultation, or ask a colleague with that role."),
    ),
    errors.NoteSealed: Message(
        N_("The text of this note opens only for this role: {role}."),
        N_("Ask its author, or a colleague with that role."),
    ),
    errors.NoteAltered: Message(
        N_("The text of this note is not the one that its author wrote for it. Somebody moved or altered it."),
        N_("Ask its author to write it again, and tell the coordinator."),
    ),
    errors.NeverErased: Message(
        N_("Only what was recorded about people can be erased. Nothing was changed."),
        N_("Remove it from the list instead, or correct it."),
    ),
    errors.KindFixed: Message(
        N_("Records of the kind “{kind}” are made by the program alone. Nothing was changed."),
        N_("Leave this record as it is."),
    ),
    errors.NothingToSettle: Message(
        N_("There are no two versions here any more. Nothing was changed."),
        N_("Look at the list again: somebody has settled it."),
    ),
    errors.VersionsChanged: Message(
        N_("Another version came meanwhile. Nothing was changed."),
        N_("Look at all versions and choose again."),
    ),
    errors.BothNotPossible: Message(
        N_("This field has no place for a second value. Nothing was changed."),
        N_("Keep one of the versions, or write another value."),
    ),
    errors.NobodyToAsk: Message(
        N_("There is no desk that could be asked about this. Nothing was changed."),
        N_("Keep one of the versions, or write another value."),
    ),
    errors.SameClient: Message(
        N_("{number} is one client, not two. Nothing was changed."),
        N_("Give the number of the other client."),
    ),
    errors.NotLinked: Message(
        N_("{one} and {other} are not linked. Nothing was changed."),
        N_("Open the person to see who is linked with whom."),
    ),
    errors.LinkedThroughOthers: Message(
        N_("{one} and {other} are one person because both are linked to others. Nothing was changed."),
        N_("Open the person and take back one of the links between them."),
    ),
    errors.KnownDifferent: Message(
        N_("That would make one person of {one} and {other}, who are known to be different. Nothing was changed."),
        N_("Look at both again. If they are one person after all, link these two first."),
    ),
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

OF_PROBLEMS: Mapping[Problem, Message] = {
    Problem.TOO_LONG: Message(N_("“{field}” holds at most {limit} characters."), N_("Shorten the text.")),
    Problem.INVISIBLE: Message(
        N_("The text in “{field}” contains signs that cannot be seen."),
        N_("Type the text by hand instead of pasting it."),
    ),
    Problem.ONE_LINE: Message(N_("“{field}” takes a single line."), N_("Remove the line breaks.")),
    Problem.NOT_TEXT: Message(N_("“{field}” takes text."), N_("Type the answer in words.")),
    Problem.NOT_A_DATE: Message(
        N_("“{field}” takes a date that exists in the calendar."), N_("Check the day, the month and the year.")
    ),
    Problem.NOT_A_CHOICE: Message(N_("“{field}” has no such answer."), N_("Choose one of the answers in the list.")),
    Problem.NOT_A_NUMBER: Message(N_("“{field}” takes a whole number."), N_("Type digits only.")),
    Problem.NOT_A_PHONE: Message(
        N_("“{field}” takes a phone number."), N_("Type digits, spaces and a plus sign only.")
    ),
    Problem.NOT_A_REFERENCE: Message(
        N_("“{field}” points to a record that does not exist."), N_("Choose a record from the list.")
    ),
    Problem.NOT_YES_NO: Message(N_("“{field}” takes yes or no."), N_("Choose yes or no, or leave it empty.")),
}
