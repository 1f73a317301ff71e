"""The English words of trouble with a vault as a whole: opening, backups, salvage, a journey."""

from collections.abc import Mapping

from desk_app.domain import errors
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message

WORDS: Mapping[type[errors.Trouble], Message] = {
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
    errors.NotACoordinator: Message(N_("Only the coordinator can do this."), N_("Ask the coordinator to do it.")),
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
}
