"""What the page of partners shows, read in the worker, and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk_app.domain.clock import DUSHANBE
from desk_app.domain.errors import NotAllowed
from desk_app.domain.ids import DeskCode, DeviceId
from desk_app.domain.rules.roles import Act
from desk_app.i18n import formats
from desk_app.i18n.phrases import file_size
from desk_app.i18n.places import desk_name
from desk_app.i18n.translator import Translator
from desk_app.storage.held import HeldBundle, Why
from desk_app.storage.vault import Vault
from desk_app.ui.icons import Icon
from desk_app.ui.theme import Tone
from desk_app.ui.widgets.row_list import Row
from desk_app.usecases import alarms, held, roster, users
from desk_app.usecases.alarms import AlarmShown
from desk_app.usecases.held import WHY
from desk_app.usecases.roster import Member, RosterShown, SetAside

TOLD = "bundle"
"""What changes here is told under the kind that the page of the exchange listens to."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Who belongs to the programme, the alarms, what is kept aside and how many of it can be taken in; which computer
    this is; whether the user leads, here or the whole programme."""

    roster: RosterShown
    aside: tuple[SetAside, ...]
    alarms: tuple[AlarmShown, ...]
    held: tuple[HeldBundle, ...]
    ready: int
    own: DeviceId
    own_code: DeskCode
    leads: bool
    is_coordinator: bool

    def member(self, device: str) -> Member | None:
        """The member with that computer."""
        return next((one for one in self.roster.members if one.device == device), None)

    def set_aside(self, device: str) -> SetAside | None:
        """What of a computer does not count."""
        return next((one for one in self.aside if one.device == device), None)

    def is_former(self, one: Member) -> bool:
        """Whether its desk has a newer computer."""
        others = (each for each in self.roster.members if each.code == one.code)
        return not one.is_current and any(each.since > one.since for each in others)

    @property
    def waiting(self) -> tuple[HeldBundle, ...]:
        """What is kept aside and not for proof."""
        return tuple(one for one in self.held if one.why is not Why.EVIDENCE)


def read(vault: Vault) -> Shown:
    """Everything at once."""
    try:
        users.require(vault, Act.MANAGE_PARTNERS)
    except NotAllowed:
        leads = False
    else:
        leads = True
    return Shown(
        roster.current(vault),
        roster.set_aside(vault),
        alarms.open_alarms(vault),
        held.bundles(vault),
        held.ready(vault),
        vault.device,
        vault.desk,
        leads,
        vault.is_coordinator,
    )


def day_of(at: int) -> str:
    """The day of a moment in Unix milliseconds."""
    return formats.day(datetime.fromtimestamp(at / 1000, DUSHANBE).date())


def hindrance(shown: Shown, tr: Translator) -> str:
    """Why this user cannot shut anybody out; empty where she can."""
    if not shown.is_coordinator:
        return tr.text("Only a coordinator shuts partners out and admits them again.")
    return "" if shown.leads else tr.text("Only whoever leads the programme shuts partners out and admits them again.")


def member_state(one: Member, shown: Shown, tr: Translator) -> tuple[str, Icon, Tone]:
    """How it stands with a member, in words."""
    if one.revoked_by:
        by = ", ".join(desk_name(code, tr) for code in one.revoked_by)
        return tr.text("Shut out since {day} by {by}", day=day_of(one.since), by=by), Icon.REFUSED, Tone.DANGER
    if one.device == shown.own:
        return tr.text("This computer"), Icon.STORED, Tone.PLAIN
    if shown.is_former(one):
        return tr.text("Former computer of this desk"), Icon.HISTORY, Tone.PLAIN
    return tr.text("Admitted since {day}", day=day_of(one.since)), Icon.DONE, Tone.DONE


def aside_words(one: SetAside, tr: Translator) -> str:
    """What of a computer does not count."""
    return tr.plural(
        "{count} change of {desk} is set aside: it is kept, and shows nowhere.",
        "{count} changes of {desk} are set aside: they are kept, and show nowhere.",
        one.changes,
        desk=desk_name(one.code, tr),
    )


def member_row(one: Member, shown: Shown, tr: Translator) -> Row:
    """A member in the list."""
    state, icon, tone = member_state(one, shown, tr)
    aside = shown.set_aside(one.device)
    said = [one.name] if one.name not in ("", one.code) else []
    said += [tr.plural("{count} change set aside", "{count} changes set aside", aside.changes)] if aside else []
    if one.revoked_by:  # By whom it was is too long for the end of a row.
        said, state = [state, *said], tr.text("Shut out")
    title, detail = desk_name(one.code, tr), " · ".join(said)
    return Row(one.device, title, detail, tail=state, icon=icon, tone=tone)


def held_row(one: HeldBundle, tr: Translator) -> Row:
    """A bundle that is kept aside: whose it claims to be."""
    title = tr.text("{partner}, no. {number}", partner=desk_name(one.desk, tr), number=str(one.number))
    came = tr.text("Came on {day}", day=day_of(one.came))
    detail = " · ".join((tr.choice(WHY, one.why), came, file_size(one.size, tr)))
    return Row(one.hash, title, detail, icon=Icon.WAITING, tone=Tone.ATTENTION)


def versions(shown: Shown, tr: Translator) -> str:
    """Which versions of the roster are known."""
    known = shown.roster.versions
    if not known and shown.is_coordinator and shown.roster.members:
        return ""  # They were admitted before there was a roster: its first version comes with the next act.
    if not known and shown.is_coordinator:
        return tr.text("Nobody is admitted yet. Show your card to the partner and admit the partner's card.")
    if not known:
        return tr.text("No roster has come yet. It comes with the coordinator's next bundle.")
    said = [
        tr.text("{partner}: version {number}", partner=desk_name(code, tr), number=str(number))
        for code, number in sorted(known.items())
    ]
    return tr.text("Roster: {versions}.", versions=", ".join(said))


def alarm_headline(one: AlarmShown, shown: Shown, tr: Translator) -> str:
    """What was seen."""
    number = str(one.number)
    if one.is_own:
        return tr.text(
            "This vault was copied: its change no. {number} was also written elsewhere, with different content.",
            number=number,
        )
    return tr.text(
        "Two computers write as {desk}: its change no. {number} came twice, with different content.",
        desk=alarm_desk(one, shown, tr),
        number=number,
    )


def alarm_desk(one: AlarmShown, shown: Shown, tr: Translator) -> str:
    """Whose computer it is about; also one that its desk no longer uses."""
    member = shown.member(one.device)
    return desk_name(member.code if member is not None else one.code, tr)


def alarm_meaning(one: AlarmShown, tr: Translator) -> str:
    """What it can mean."""
    if one.is_own:
        return tr.text(
            "A copy of this vault was opened on another computer, or an old state of it was put back. "
            "Nothing is lost: what is written here goes on as a series of its own."
        )
    return tr.text(
        "Its computer or its vault was copied, or an old state was put back, and both go on writing. "
        "Or somebody pretends to be this desk."
    )


def held_next(one: HeldBundle, tr: Translator) -> Sequence[str]:
    """What can be done about a bundle that is kept aside."""
    match one.why:
        case Why.UNKNOWN:
            return (
                tr.text("Whose it is, only the file says. Nothing of it has been taken in."),
                tr.text("Ask the sender for the card and compare its digits. Then the bundle can be taken in."),
            )
        case Why.ALARM:
            return (tr.text("It waits until somebody decides about the alarm."),)
        case _:
            return (tr.text("It holds the other of two contents. Keep it until the desk knows how they came about."),)
