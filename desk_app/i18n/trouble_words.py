"""The English words of every trouble: what happened and what is safe, then what to do. Checked to be complete.

Placeholders are the names of the error's facts.
"""

from collections.abc import Mapping

from desk_app.domain import errors
from desk_app.domain.errors import Problem, Trouble
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message
from desk_app.i18n.programme_trouble_words import OF_PROGRAMME
from desk_app.i18n.review_trouble_words import OF_REVIEW
from desk_app.i18n.roster_trouble_words import OF_ROSTER
from desk_app.i18n.transfer_trouble_words import OF_TRANSFERS

BUG = Message(
    N_("Something went wrong inside the program. What was saved is safe."),
    N_("Try again. If it happens again, close the program, open it anew and tell the coordinator."),
)

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

OF_RECOVERY_GROUPS: Mapping[int, Message] = {
    0: Message(
        N_("This recovery code is complete, but it belongs to another vault or was replaced by a newer one."),
        N_("Look for the newest paper with the code of this vault."),
    ),
    9: Message(
        N_("More was typed than a recovery code has."), N_("Type the eight groups of the code and nothing else.")
    ),
}
"""The two group numbers of `RecoveryCodeWrong` that name no group."""

OF_TROUBLES: Mapping[type[Trouble], Message] = {
    **OF_REVIEW,
    **OF_TRANSFERS,
    **OF_PROGRAMME,
    **OF_ROSTER,
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
    errors.DeskCodeWrong: Message(
        N_("“{code}” cannot be a desk's code."),
        N_("Use small Latin letters, digits and underscores, starting with a letter."),
    ),
    errors.VaultMissing: Message(
        N_("There is no vault in the folder “{folder}”."), N_("Choose another folder, or create a new vault.")
    ),
    errors.VaultExists: Message(
        N_("The folder “{folder}” already holds a vault or other files. Nothing was changed."),
        N_("Choose an empty folder."),
    ),
    errors.VaultDamaged: Message(
        N_("The data in the folder “{folder}” cannot be read: it is damaged or was copied only in part."),
        N_("Do not delete anything. Restore the last backup, or ask the coordinator."),
    ),
    errors.VaultNewer: Message(
        N_("A newer version of the program wrote this vault. Nothing was changed."),
        N_("Install the newest version of the program on this computer."),
    ),
    errors.VaultInUse: Message(
        N_("The vault is already open in another window or program."),
        N_("Close the other window and try again."),
    ),
    errors.NoAccess: Message(
        N_("This computer does not allow reading or writing “{path}”."),
        N_("Choose another place, or ask whoever looks after this computer for access."),
    ),
    errors.DiskFull: Message(
        N_("There is no room left for “{path}”. The last change was not saved; everything before it is safe."),
        N_("Free some room on the disk and save again."),
    ),
    errors.FileUnreadable: Message(
        N_("The file “{path}” cannot be read."), N_("Check that the file exists and that the drive is connected.")
    ),
    errors.FileUnwritable: Message(
        N_("The file “{path}” cannot be written."),
        N_("Check that the folder exists, that the name is possible and that the drive is connected."),
    ),
    errors.FileExists: Message(
        N_("The file “{path}” already exists and was not overwritten."), N_("Choose another name.")
    ),
    errors.NotACoordinator: Message(N_("Only the coordinator can do this."), N_("Ask the coordinator to do it.")),
    errors.UnknownPartner: Message(
        N_("No partner with the code “{code}” has been admitted."),
        N_("Check the code, or admit the partner by its card."),
    ),
    errors.WrongPassphrase: Message(
        N_("The passphrase is not right."),
        N_("Check the keyboard language and Caps Lock, and type it again."),
    ),
    errors.UnknownUser: Message(
        N_("This vault has no user called “{user}”."), N_("Check the name, or choose it from the list.")
    ),
    errors.UserNotChosen: Message(
        N_("Several users can open this vault."),
        N_("Choose who you are; on the command line, name yourself with --user."),
    ),
    errors.UserNameTaken: Message(N_("This vault already has a user called “{user}”."), N_("Choose another name.")),
    errors.KeyFileDamaged: Message(
        N_("The key file of this vault is damaged. The data itself was not touched."),
        N_("Restore the last backup, or use the recovery code."),
    ),
    errors.KeyParametersWeak: Message(
        N_("Somebody changed the key file so that it protects the passphrase badly. The vault was not opened."),
        N_("Do not type the passphrase on this computer. Restore the last backup and tell the coordinator."),
    ),
    errors.KeyFileNewer: Message(
        N_("A newer version of the program wrote the key file. Nothing was changed."),
        N_("Install the newest version of the program on this computer."),
    ),
    errors.KeyMemoryShort: Message(
        N_("This computer has too little free memory to open the vault."),
        N_("Close other programs and try again."),
    ),
    errors.LastSlot: Message(
        N_("This is the last user who can open the vault, so it stays."),
        N_("Add another user first, then remove this one."),
    ),
    errors.RecoveryCodeOutdated: Message(
        N_("The recovery code of this vault was made by an older version of the program."),
        N_("Make a new recovery code and print it, then try again."),
    ),
    errors.RecoveryCodeWrong: Message(
        N_("Group {group} of the recovery code is mistyped or missing."),
        N_("Compare this group with the paper and type it again."),
    ),
    errors.GlyphMissing: Message(
        N_("The font of the letters lacks these signs: {characters}. Nothing was printed."),
        N_("Replace these signs in the wording, or tell the coordinator."),
    ),
    errors.LetterTemplateBroken: Message(
        N_("The letter wording in {language} cannot be used. The place is “{place}”."),
        N_("Correct this place in the wording, or go back to the wording that came with the program."),
    ),
    errors.PassphraseMissing: Message(
        N_("No passphrase was given."),
        N_("Run the command in a terminal that can ask for it, or set DESK_APP_PASSPHRASE."),
    ),
    errors.ColumnsMissing: Message(
        N_("The table “{path}” lacks these columns: {columns}."), N_("Name the columns in its first line.")
    ),
    errors.FileTooLarge: Message(
        N_("The file “{path}” is too large to be what it should be. It was not read."),
        N_("Check that this is the right file."),
    ),
    errors.CatalogueDamaged: Message(
        N_("“{path}” cannot be read as a catalogue: the trouble is in line {line}. No word was changed."),
        N_("Save it again in the program it was written with, as a PO file in UTF-8."),
    ),
    errors.CatalogueLanguageUnknown: Message(
        N_("“{path}” does not say which language it is in. No word was changed."),
        N_("Export a catalogue here, and translate in that file."),
    ),
    errors.PassphraseTooShort: Message(
        N_("This passphrase is too short: it needs at least {least} characters."),
        N_("Choose a longer one: several words that only you put together."),
    ),
    errors.UserNameMissing: Message(N_("The new user has no name."), N_("Type the user's name.")),
    errors.UserNameTooLong: Message(
        N_("A user's name holds at most {limit} characters."), N_("Choose a shorter name.")
    ),
    errors.ClientNameMissing: Message(
        N_("The client has no name yet, so the record was not saved."), N_("Type at least the given name.")
    ),
    errors.BundleRefused: Message(
        N_("The bundle was refused. Nothing was changed."), N_("Ask the sender for the bundle again.")
    ),
    errors.Damaged: Message(
        N_("This file is damaged or is not a bundle. Nothing was changed."),
        N_("Copy the file again, or ask the sender for the bundle again."),
    ),
    errors.Foreign: Message(
        N_("This bundle was made for somebody else, or so long ago that its key is gone. Nothing was changed."),
        N_("Give it to its addressee, or send the sender a bundle or a card and ask for a new bundle."),
    ),
    errors.UnknownSender: Message(
        N_("The sender of this bundle is not known here. It says that it comes from {desk}. Nothing was changed."),
        N_("Ask the sender for the card, compare the digits by phone, and admit the partner."),
    ),
    errors.Revoked: Message(
        N_("The partner {desk} has been shut out of the programme. Nothing was changed."),
        N_("Ask the coordinator why, and for a new card."),
    ),
    errors.NewerFormat: Message(
        N_("A newer version of the program wrote this bundle. Nothing was changed."),
        N_("Install the newest version of the program on this computer and take the bundle in again."),
    ),
    errors.TooLarge: Message(
        N_("This file is larger than a bundle may be. Nothing was changed."),
        N_("Check that this is the right file, or ask the sender for the bundle again."),
    ),
    errors.CardDamaged: Message(
        N_("This file is not a partner's card, or somebody altered it. Nothing was changed."),
        N_("Ask the partner for the card again."),
    ),
    errors.CardNewer: Message(
        N_("A newer version of the program wrote this card. Nothing was changed."),
        N_("Install the newest version of the program on this computer."),
    ),
    errors.CodeUnreadable: Message(
        N_("No QR code of a partner's card can be read in “{path}”, or there are several."),
        N_(
            "Take the picture again: one code alone, straight from the front, sharp and large. Or take the card's file."
        ),
    ),
    errors.Equivocation: Message(
        N_("Two different records came under one number of the same computer. Nothing was changed."),
        N_("Keep the file and tell the coordinator: a computer may have been copied."),
    ),
    errors.GapBefore: Message(
        N_("Bundles from {sender} are missing before this one: {missing}. It waits until they arrive."),
        N_("Take in the missing bundles, or ask the sender for a full bundle."),
    ),
    errors.ForeignChanges: Message(
        N_("The bundle from {sender} holds records that another desk wrote. Nothing was changed."),
        N_("Keep the file and tell the coordinator."),
    ),
    errors.DigitsDiffer: Message(
        N_("The digits do not belong to this card of {code}. The partner was not admitted."),
        N_("Call the partner and compare the digits once more; if they still differ, ask for a new card."),
    ),
    errors.NothingToRead: Message(
        N_("No bundle was found in “{path}”."), N_("Choose the file or folder with the bundle.")
    ),
    errors.NotForOurselves: Message(
        N_("This card is this vault's own. Nothing was changed."), N_("Choose the card of another desk.")
    ),
    errors.KeyFileAltered: Message(
        N_("The key file was altered by somebody who does not hold the vault's key. Nothing was opened."),
        N_("Restore the last backup, and tell the coordinator who had this computer."),
    ),
    errors.NotAllowed: Message(
        N_("Your roles do not allow this: “{act}”. Nothing was changed."),
        N_("Ask the head of the desk or the coordinator."),
    ),
    errors.NotYourProfession: Message(
        N_("Only this role writes such a note and holds the key for it: {role}."),
        N_("Write a consultation, or ask a colleague with that role."),
    ),
    errors.NoteSealed: Message(
        N_("The text of this note opens only for this role: {role}."),
        N_("Ask its author, or a colleague with that role."),
    ),
    errors.ProfessionKeyMissing: Message(
        N_("You do not hold the key to these private notes: {role}. Nothing was handed over."),
        N_("Ask a colleague with that role, or use the recovery code."),
    ),
    errors.LastLeader: Message(
        N_("“{name}” is the last user who can manage the others. Nothing was changed."),
        N_("Give another user that role first."),
    ),
    errors.EscrowShareWrong: Message(
        N_("This part of the emergency key is not as it was printed: look at group {group}."),
        N_("Compare it with the paper, group by group."),
    ),
    errors.EscrowWrong: Message(
        N_("These two parts do not open this vault."),
        N_("Look for the papers with the number of the emergency key that this vault names."),
    ),
    errors.BackupDamaged: Message(
        N_("This file is not a backup, or it was cut or altered. Nothing was changed."),
        N_("Choose another backup."),
    ),
    errors.BackupNewer: Message(
        N_("A newer version of the program made this backup. Nothing was changed."),
        N_("Install the newest version of the program on this computer."),
    ),
    errors.BackupUnsound: Message(
        N_("The backup “{path}” did not open again after it was written, so it does not count. Older ones stay."),
        N_("Check the data under Settings, then choose another place and try again."),
    ),
    errors.NothingSalvaged: Message(
        N_("Nothing could be read in “{folder}”."),
        N_("Restore the last backup, or ask the coordinator for the records that were sent."),
    ),
    errors.StillWaiting: Message(
        N_("Not everything has arrived at the coordinator yet: {count} changes and files wait. Nothing was emptied."),
        N_("Send a bundle, wait for the coordinator's answer and take it in."),
    ),
    errors.NoCoordinator: Message(
        N_("No coordinator has been admitted, so nobody would keep the data. Nothing was changed."),
        N_("Admit the coordinator under Exchange first."),
    ),
    errors.PictureUnreadable: Message(
        N_("“{path}” is no picture or PDF that can be read. Nothing was added."),
        N_("Choose a JPEG, PNG or TIFF picture, or a PDF document."),
    ),
    errors.PictureTooLarge: Message(
        N_("“{path}” is larger than a scan or photo may be. Nothing was added."),
        N_("Scan it with fewer dots per inch, or in parts of at most 50 pages."),
    ),
    errors.BlobElsewhere: Message(
        N_("This file has not arrived yet. It lies at the desk {desk}."),
        N_("It comes with one of the next bundles. Until then ask that desk."),
    ),
    errors.BlobDamaged: Message(
        N_("This file is not as it was put away."),
        N_("Restore it from a backup, or ask the desk that added it for a new bundle."),
    ),
    errors.PassphraseSame: Message(
        N_("The new passphrase is the same as the old one. Nothing was changed."), N_("Choose another passphrase.")
    ),
    errors.NoteAltered: Message(
        N_("The text of this note is not the one that its author wrote for it. Somebody moved or altered it."),
        N_("Ask its author to write it again, and tell the coordinator."),
    ),
    errors.LastHolder: Message(
        N_("“{name}” alone holds the key to these private notes: {role}. Nothing was changed."),
        N_("Let the key be handed over first. Without that, only the recovery code still opens these notes."),
    ),
    errors.OwnUser: Message(
        N_("Nobody can remove the own user. Nothing was changed."),
        N_("Ask another user who can manage users."),
    ),
    errors.RoleMissing: Message(N_("A user needs at least one role."), N_("Choose a role.")),
    errors.EscrowUnproved: Message(
        N_("The coordinator known here did not sign this emergency key. It was not taken."),
        N_("Call the coordinator, have the digits of the key read out and type them."),
    ),
    errors.EscrowDigitsDiffer: Message(
        N_("The digits do not belong to this emergency key. It was not taken."),
        N_("Compare the digits with the coordinator once more; if they still differ, ask for a new file."),
    ),
    errors.SecretMissing: Message(
        N_("The command needs more than it was given. Nothing was changed."),
        N_("Run the command in a terminal that can ask for it, or set {variable}."),
    ),
    errors.NeverErased: Message(
        N_("Only what was recorded about people can be erased. Nothing was changed."),
        N_("Remove it from the list instead, or correct it."),
    ),
    errors.KindFixed: Message(
        N_("Records of the kind “{kind}” are made by the program alone. Nothing was changed."),
        N_("Leave this record as it is."),
    ),
    errors.CarrierTrouble: Message(
        N_("The bundle could not be sent or fetched. Nothing was changed."), N_("Try again later.")
    ),
    errors.CarrierUnknown: Message(
        N_("No way of sending is called “{name}”."), N_("Choose one that is on the list, or add it.")
    ),
    errors.CarrierNameTaken: Message(
        N_("Another way of sending is called “{name}”. Nothing was changed."), N_("Choose another name.")
    ),
    errors.CarrierSettingWrong: Message(
        N_("This cannot be right: “{setting}”. Nothing was changed."),
        N_("Ask whoever runs the server what belongs there."),
    ),
    errors.NoConnection: Message(
        N_("{server} does not answer, or the connection broke. What is to be sent stays here and waits."),
        N_("Check the connection. The program tries again by itself."),
    ),
    errors.ServerNotTrusted: Message(
        N_("{server} did not prove who it is. Nothing was sent, and no password was given to it."),
        N_("Check the date of this computer and the name of the server; then ask whoever runs it."),
    ),
    errors.ServerKeyUnknown: Message(
        N_("{server} has not been confirmed yet. Its fingerprint is {fingerprint}. Nothing was sent."),
        N_("Ask whoever runs the server for its fingerprint. If it is the same, enter it in the settings."),
    ),
    errors.ServerKeyChanged: Message(
        N_("{server} is not the server that was confirmed: its fingerprint is {fingerprint}. Nothing was sent."),
        N_("Ask whoever runs the server before you send anything."),
    ),
    errors.LoginRefused: Message(
        N_("{server} did not let “{user}” in. What is to be sent stays here and waits."),
        N_("Check the user and the password in the settings of this way."),
    ),
    errors.StoreRefused: Message(
        N_("{server} does not let this user read or write there. What is to be sent stays here and waits."),
        N_("Ask whoever runs the server to allow it."),
    ),
    errors.StorePlaceMissing: Message(
        N_("“{place}” is not there. What is to be sent stays here and waits."),
        N_("Check the settings of this way, or ask whoever runs the server."),
    ),
    errors.StoreFull: Message(
        N_("No room is left on {server}. What is to be sent stays here and waits."),
        N_("Ask whoever runs the server to make room."),
    ),
    errors.StoreCrowded: Message(
        N_("Too many files lie on {server} to look through them. Nothing was changed."),
        N_("Ask whoever runs the server to remove old files."),
    ),
    errors.NameTaken: Message(
        N_("A file called “{name}” is there already. It was not touched."), N_("Send a new bundle.")
    ),
    errors.TooLargeToCarry: Message(
        N_("{server} takes no file of this size. What is to be sent stays here."),
        N_("Send the bundle by another way, or on a stick."),
    ),
    errors.AddressRefused: Message(
        N_("The mail server does not deliver to “{address}”. What is to be sent stays here."),
        N_("Check the partner's address and send again."),
    ),
    errors.ServerFailed: Message(
        N_("{server} answered with an error ({answer}). What is to be sent stays here and waits."),
        N_("Try again later. If it stays so, tell whoever runs the server."),
    ),
    errors.StickMissing: Message(N_("No stick is there."), N_("Plug the stick in and wait until it is found.")),
    errors.StickNotOpened: Message(
        N_("A stick is plugged in ({stick}), but the system has not opened it."),
        N_("Open it in the file manager, then try again. If that fails, use another stick."),
    ),
    errors.StickUnclear: Message(N_("Several sticks are there: {sticks}."), N_("Name one of them.")),
    errors.StickReadOnly: Message(
        N_("The stick “{stick}” takes no files: it is locked. Nothing was written."),
        N_("Move the small switch on its side, or use another stick."),
    ),
    errors.StickFull: Message(
        N_("No room is left on the stick “{stick}”. Nothing of the bundle stays on it."),
        N_("Remove files from the stick, or use another one."),
    ),
    errors.StickCrowded: Message(
        N_("The stick “{stick}” has room, but its list of files is full. Nothing of the bundle stays on it."),
        N_("Put its files into a folder of the stick, or use another stick."),
    ),
    errors.StickPulled: Message(
        N_("The stick “{stick}” was pulled out too early. The bundle is not on it."),
        N_("Plug the stick in and send again. Wait for the number before you take it out."),
    ),
    errors.StillOnItsWay: Message(
        N_("Bundles still wait to be sent by “{name}”, so it stays."),
        N_("Wait until they are sent, or take them off the list first."),
    ),
    errors.UsersTooMany: Message(
        N_("This vault has {limit} users, and no more fit."), N_("Remove a user who does not work here any more.")
    ),
    errors.ShutOut: Message(
        N_("Your key to this vault was replaced or taken away while it was open here. Nothing was saved."),
        N_("Lock the program, and unlock with the new passphrase."),
    ),
    errors.ProfessionKeyChanged: Message(
        N_("The key to these private notes was changed, and your earlier notes do not open with it: {role}."),
        N_("Nothing was saved. Write no private note here, and tell the coordinator who used this computer."),
    ),
}
