"""The English words of trouble with the roster, with senders who wait, and with computers that were copied."""

from collections.abc import Mapping

from desk_app.domain import errors
from desk_app.domain.vocabulary import N_
from desk_app.i18n.message import Message

WORDS: Mapping[type[errors.Trouble], Message] = {
    errors.RosterForged: Message(
        N_("Somebody wrote a version of the roster in the place of {desk}. It is not used."),
        N_("Call the coordinator and say so: a computer may be in the wrong hands."),
    ),
    errors.RosterNewer: Message(
        N_("A newer version of the program wrote the roster of {desk}. What was known of it stays in use."),
        N_("Install the newest version of the program on this computer."),
    ),
    errors.RosterForked: Message(
        N_("Two different versions {version} of the roster came from {desk}. Neither is used."),
        N_("Call the coordinator: that computer may have been copied."),
    ),
    errors.RosterRolledBack: Message(
        N_("{desk} goes back to version {version} of its roster. Here version {known} is known and stays in use."),
        N_("Call the coordinator: an older backup may have been restored there."),
    ),
    errors.RosterBehind: Message(
        N_("Others know version {known} of this coordinator's roster, and here lies version {version}."),
        N_(
            "A backup was restored since. Look through the partners: whom you shut out since then, shut out again, and "
            "whom you admitted, admit again."
        ),
    ),
    errors.RevokedElsewhere: Message(
        N_("{desk} was shut out by {by}, and stays so."), N_("Ask {by} to admit the partner again.")
    ),
    errors.NotRevoked: Message(
        N_("{desk} is not shut out."), N_("Look at the roster for whom you mean, and for the spelling of the code.")
    ),
    errors.UnknownBundle: Message(
        N_("No bundle with the number {number} came from {desk}."),
        N_("Look at the list of bundles received for the last one that was right."),
    ),
    errors.AlarmOpen: Message(
        N_("The computer of {desk} may have been copied. The bundle is kept aside and nothing of it was taken in."),
        N_("Settle the alarm first: call the desk and ask who works on which computer."),
    ),
    errors.NothingHeld: Message(
        N_("No bundle with the name {name} is kept aside."), N_("Look at the list of bundles that are kept aside.")
    ),
    errors.NoAlarm: Message(N_("There is no open alarm {name}."), N_("Look at the list of alarms.")),
}
