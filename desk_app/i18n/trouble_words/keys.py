"""The English words of trouble with users, passphrases and keys."""

from collections.abc import Mapping

from desk_app.domain import errors
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message

WORDS: Mapping[type[errors.Trouble], Message] = {
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
    errors.RecoveryCodeWrong: Message(
        N_("Group {group} of the recovery code is mistyped or missing."),
        N_("Compare this group with the paper and type it again."),
    ),
    errors.RecoveryCodeOutdated: Message(
        N_("The recovery code of this vault was made by an older version of the program."),
        N_("Make a new recovery code and print it, then try again."),
    ),
    errors.PassphraseTooShort: Message(
        N_("This passphrase is too short: it needs at least {least} characters."),
        N_("Choose a longer one: several words that only you put together."),
    ),
    errors.UserNameMissing: Message(N_("The new user has no name."), N_("Type the user's name.")),
    errors.UserNameTooLong: Message(
        N_("A user's name holds at most {limit} characters."), N_("Choose a shorter name.")
    ),
    errors.PassphraseMissing: Message(
        N_("No passphrase was given."),
        N_("Run the command in a terminal that can ask for it, or set DESK_APP_PASSPHRASE."),
    ),
    errors.KeyFileAltered: Message(
        N_("The key file was altered by somebody who does not hold the vault's key. Nothing was opened."),
        N_("Restore the last backup, and tell the coordinator who had this computer."),
    ),
    errors.NotAllowed: Message(
        N_("Your roles do not allow this: “{act}”. Nothing was changed."),
        N_("Ask the head of the desk or the coordinator."),
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
    errors.PassphraseSame: Message(
        N_("The new passphrase is the same as the old one. Nothing was changed."), N_("Choose another passphrase.")
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
    errors.UsersTooMany: Message(
        N_("This vault has {limit} users, and no more fit."), N_("Remove a user who does not work here any more.")
    ),
    errors.ProfessionKeyChanged: Message(
        N_("The key to these private notes was changed, and your earlier notes do not open with it: {role}."),
        N_("Nothing was saved. Write no private note here, and tell the coordinator who used this computer."),
    ),
    errors.ShutOut: Message(
        N_("Your key to this vault was replaced or taken away while it was open here. Nothing was saved."),
        N_("Lock the program, and unlock with the new passphrase."),
    ),
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
