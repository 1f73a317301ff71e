"""The English words of trouble on the way of a bundle: servers, mail, sticks."""

from collections.abc import Mapping

from desk_app.domain import errors
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message

WORDS: Mapping[type[errors.Trouble], Message] = {
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
}
