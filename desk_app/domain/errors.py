"""Trouble: what a person at the desk can act on. Carries facts, never sentences.

`desk_app.i18n.messages` turns each class into a sentence and a next step in her language. Everything that is not
a `Trouble` is a bug of ours and is kept, without personal data, in the log. The classes are not frozen, because Python
itself writes to an exception while it travels, and compare by identity, as exceptions do.
"""

from dataclasses import dataclass
from enum import Enum


class Trouble(Exception):
    """The root of everything a person can act on."""


class Problem(Enum):
    """Why a field refuses a value."""

    TOO_LONG = "too_long"
    INVISIBLE = "invisible"
    ONE_LINE = "one_line"
    NOT_TEXT = "not_text"
    NOT_A_DATE = "not_a_date"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_REFERENCE = "not_a_reference"
    NOT_YES_NO = "not_yes_no"


@dataclass(eq=False)
class InvalidValue(Trouble):
    """A field refuses a value; `limit` counts characters."""

    kind: str
    field: str
    problem: Problem
    limit: int


class InvalidBody(Trouble):
    """The body of a received change is not of the form that sync/FORMAT.md gives."""


@dataclass(eq=False)
class FieldMissing(Trouble):
    """A new record lacks a field it cannot do without."""

    kind: str
    field: str


@dataclass(eq=False)
class UnknownKind(Trouble):
    """The command line named a kind of record that does not exist."""

    name: str


@dataclass(eq=False)
class UnknownField(Trouble):
    """The command line named a field that the kind does not have."""

    kind: str
    field: str


@dataclass(eq=False)
class FieldFixed(Trouble):
    """Somebody tried to say a field that the program alone sets: whose a record is, its number, what it corrects."""

    kind: str
    field: str


@dataclass(eq=False)
class RecordNotFound(Trouble):
    """No record has this id or number."""

    wanted: str


@dataclass(eq=False)
class EventNotEditable(Trouble):
    """An event is corrected by a new record, never changed."""

    kind: str


@dataclass(eq=False)
class ConsentMissing(Trouble):
    """What was asked for needs a consent that the client has not given, has refused or has withdrawn."""

    purpose: str


@dataclass(eq=False)
class StepNotAllowed(Trouble):
    """A referral in `state` does not go to the state `step`."""

    state: str
    step: str


@dataclass(eq=False)
class LetterNotOpen(Trouble):
    """A referral in `state` is over: no letter is printed for it any more."""

    state: str


@dataclass(eq=False)
class DeskCodeWrong(Trouble):
    """A desk's code is small Latin letters, digits and underscores."""

    code: str


@dataclass(eq=False)
class VaultMissing(Trouble):
    """The folder holds no vault."""

    folder: str


@dataclass(eq=False)
class VaultExists(Trouble):
    """A new vault would overwrite one that is there, or a folder with other files in it."""

    folder: str


@dataclass(eq=False)
class VaultDamaged(Trouble):
    """The database cannot be read: half copied, cut off or overwritten."""

    folder: str


@dataclass(eq=False)
class VaultNewer(Trouble):
    """A newer version of the program wrote this vault."""

    folder: str
    version: int


@dataclass(eq=False)
class VaultInUse(Trouble):
    """Another program holds the vault's database."""

    folder: str


@dataclass(eq=False)
class NoAccess(Trouble):
    """The file or folder may not be read or written by this user of the machine."""

    path: str


@dataclass(eq=False)
class DiskFull(Trouble):
    """No room is left; nothing of the attempted change was kept."""

    path: str


@dataclass(eq=False)
class FileUnreadable(Trouble):
    """A file that was named cannot be read."""

    path: str


@dataclass(eq=False)
class FileUnwritable(Trouble):
    """A file or folder cannot be made there: the folder is missing, the name is not possible, the drive is gone."""

    path: str


@dataclass(eq=False)
class FileExists(Trouble):
    """The file to write is there already."""

    path: str


@dataclass(eq=False)
class NotACoordinator(Trouble):
    """Only the coordinator's vault does this."""


@dataclass(eq=False)
class UnknownPartner(Trouble):
    """No partner of that code has been admitted."""

    code: str


@dataclass(eq=False)
class WrongPassphrase(Trouble):
    """The passphrase does not open this user's key."""


@dataclass(eq=False)
class UnknownUser(Trouble):
    """No user of that name has a key in this vault."""

    user: str


@dataclass(eq=False)
class UserNameTaken(Trouble):
    """Another user of this vault has that name, or one that differs in case alone."""

    user: str


@dataclass(eq=False)
class KeyFileDamaged(Trouble):
    """The key file is not as it was written; the second copy may be whole."""


@dataclass(eq=False)
class KeyParametersWeak(KeyFileDamaged):
    """The key file asks for a cheaper passphrase hash than this program ever writes: somebody changed it."""


@dataclass(eq=False)
class KeyFileNewer(Trouble):
    """A newer version of the program wrote the key file."""

    version: int


@dataclass(eq=False)
class KeyMemoryShort(Trouble):
    """The machine cannot give the memory that opening a key takes."""

    memory_kib: int


@dataclass(eq=False)
class LastSlot(Trouble):
    """Nobody could open the vault with a passphrase any more."""


@dataclass(eq=False)
class RecoveryCodeWrong(Trouble):
    """A group of the recovery code is mistyped or missing. Counted from 1; 9 means that too much was typed,
    0 that the code is well formed and belongs to another vault or was replaced."""

    group: int


class RecoveryCodeOutdated(Trouble):
    """The recovery code was made by an older version of the program and would not open the vault's next data key."""


@dataclass(eq=False)
class GlyphMissing(Trouble):
    """The printed font lacks signs of the program's own words: a template or a catalogue needs mending."""

    characters: tuple[str, ...]


@dataclass(eq=False)
class LetterTemplateBroken(Trouble):
    """The wording of a letter cannot be used; `place` is the part of the template, `problem` a code:

    unreadable (not TOML), too_large, missing (a part is not there), unknown (a part or a placeholder that does not
    exist), syntax (braces that do not close), forbidden (more than placeholders and conditions).
    """

    language: str
    place: str
    problem: str


@dataclass(eq=False)
class FileTooLarge(Trouble):
    """A file that was named is larger than anything of its kind can be; `size` in bytes."""

    path: str
    size: int


@dataclass(eq=False)
class PassphraseTooShort(Trouble):
    """A new passphrase has fewer characters than `least`."""

    least: int


@dataclass(eq=False)
class UserNameMissing(Trouble):
    """A new user needs a name."""


@dataclass(eq=False)
class UserNameTooLong(Trouble):
    """A new user's name has more characters than `limit`."""

    limit: int


@dataclass(eq=False)
class ClientNameMissing(Trouble):
    """A client needs at least one name: a first name alone is enough."""


class BundleRefused(Trouble):
    """A file taken for a bundle was refused whole; nothing of it was merged."""


@dataclass(eq=False)
class Damaged(BundleRefused):
    """The file is no bundle, or not as its sender made it. `where` names the part, for the log and support."""

    where: str


@dataclass(eq=False)
class Foreign(BundleRefused):
    """The bundle is for somebody else, or for a key of ours that is gone."""


@dataclass(eq=False)
class UnknownSender(BundleRefused):
    """The roster has no such device. The desk is what the bundle claims, unproved."""

    device: str
    desk: str


@dataclass(eq=False)
class Revoked(BundleRefused):
    """The sender's device has been shut out of the programme."""

    desk: str


@dataclass(eq=False)
class NewerFormat(BundleRefused):
    """A newer version of the program is needed to read this file."""

    version: int


@dataclass(eq=False)
class TooLarge(BundleRefused):
    """The file, or what it unpacks to, is larger than a bundle may be. In bytes."""

    size: int


@dataclass(eq=False)
class CardDamaged(Trouble):
    """The file is no card of public keys, or was altered."""


@dataclass(eq=False)
class CardNewer(Trouble):
    """A newer version of the program wrote the card."""

    version: int


@dataclass(eq=False)
class Equivocation(Trouble):
    """One number of a device's chain came with two contents: the device was copied, or somebody forges."""

    device: str


@dataclass(eq=False)
class GapBefore(Trouble):
    """A bundle begins after changes that this vault never received; `missing` are the sender's bundle numbers."""

    sender: str
    missing: tuple[int, ...]


@dataclass(eq=False)
class ForeignChanges(Trouble):
    """A desk's bundle holds changes that another device wrote."""

    sender: str


@dataclass(eq=False)
class DigitsDiffer(Trouble):
    """The digits read out do not belong to this card; `code` is the desk it claims."""

    code: str


@dataclass(eq=False)
class NothingToRead(Trouble):
    """None of the named places holds a bundle."""

    path: str


@dataclass(eq=False)
class NotForOurselves(Trouble):
    """The card is this vault's own; a vault exchanges with others."""


@dataclass(eq=False)
class PassphraseMissing(Trouble):
    """Nobody is there to be asked for the passphrase, and no variable holds it."""


@dataclass(eq=False)
class ColumnsMissing(Trouble):
    """A table lacks columns that it cannot do without, or is no table at all."""

    path: str
    columns: tuple[str, ...]


class KeyFileAltered(Trouble):
    """The key file was changed by somebody who does not hold the vault's key."""


@dataclass(eq=False)
class NotAllowed(Trouble):
    """None of the user's roles may do this; `act` is a code of `rules.roles.ACT`."""

    act: str


@dataclass(eq=False)
class NotYourProfession(Trouble):
    """Only whoever has this role, and the key that goes with it, writes such a note; `role` is a code of `ROLE`."""

    role: str


@dataclass(eq=False)
class NoteSealed(Trouble):
    """The text of a private note is sealed to a key that this user does not hold; `role` is a code of `ROLE`."""

    role: str


@dataclass(eq=False)
class ProfessionKeyMissing(Trouble):
    """The key to a profession's private notes cannot be handed over by somebody who does not hold it."""

    role: str


@dataclass(eq=False)
class LastLeader(Trouble):
    """Somebody must remain who manages the users."""

    name: str


@dataclass(eq=False)
class EscrowShareWrong(Trouble):
    """A typed share of the emergency key is not as it was printed; `group` counts from 1, 0 for its length."""

    group: int


class EscrowWrong(Trouble):
    """Two right shares that do not open this vault: they are of another key, or the vault has no emergency key."""


class BackupDamaged(Trouble):
    """The file is no backup, or is cut or altered."""


@dataclass(eq=False)
class BackupNewer(Trouble):
    """A newer version of the program made the backup."""

    version: int


@dataclass(eq=False)
class BackupUnsound(Trouble):
    """A backup that was just made did not open again, so it does not count; the older ones stay."""

    path: str


@dataclass(eq=False)
class NothingSalvaged(Trouble):
    """Not one row of a damaged database could be read."""

    folder: str


@dataclass(eq=False)
class StillWaiting(Trouble):
    """Not everything has arrived at the coordinator, so nothing is wiped; `count` counts changes and files."""

    count: int


class NoCoordinator(Trouble):
    """No coordinator has been admitted, so there is nobody who keeps the data meanwhile."""


@dataclass(eq=False)
class PictureUnreadable(Trouble):
    """A file to be attached is no picture and no PDF that can be read."""

    path: str


@dataclass(eq=False)
class BlobElsewhere(Trouble):
    """The file of an attachment has not arrived yet; `desk` holds it."""

    desk: str


class BlobDamaged(Trouble):
    """The file of an attachment is not as it was put away."""


class PassphraseSame(Trouble):
    """The new passphrase is the old one."""


@dataclass(eq=False)
class NoteAltered(Trouble):
    """A sealed text that was not written for the record it stands in, or is cut; `record` is that record's id."""

    record: str


@dataclass(eq=False)
class LastHolder(Trouble):
    """A user alone holds the key to a profession's private notes; `role` is a code of `ROLE`."""

    name: str
    role: str


class OwnUser(Trouble):
    """A user cannot remove herself: another one who leads does it."""


class RoleMissing(Trouble):
    """A user needs at least one role."""


class EscrowUnproved(Trouble):
    """The coordinator that this vault knows did not sign the emergency key, and no digits prove it."""


class EscrowDigitsDiffer(Trouble):
    """The digits read out do not belong to this emergency key."""


@dataclass(eq=False)
class PictureTooLarge(Trouble):
    """A file to be attached has more dots, pages or bytes than a scan has."""

    path: str


@dataclass(eq=False)
class SecretMissing(Trouble):
    """Nobody is there to be asked for a secret, and the variable of that name does not hold it."""

    variable: str


class NeverErased(Trouble):
    """Only what was recorded about people is erased: not the directory, courses, targets, users."""


@dataclass(eq=False)
class KindFixed(Trouble):
    """Records of this kind are made by the program alone."""

    kind: str


class CarrierTrouble(Trouble):
    """A bundle did not travel. What was sealed waits where it was, and nothing of the exchange was changed."""


@dataclass(eq=False)
class CarrierUnknown(CarrierTrouble):
    """No way of sending has that name."""

    name: str


@dataclass(eq=False)
class CarrierNameTaken(CarrierTrouble):
    """Another way of sending has that name."""

    name: str


@dataclass(eq=False)
class CarrierSettingWrong(CarrierTrouble):
    """Something that a way is told is missing or cannot be; `setting` is a code of `carriers.SETTING`."""

    setting: str


@dataclass(eq=False)
class NoConnection(CarrierTrouble):
    """The server does not answer, or went away in the middle."""

    server: str


@dataclass(eq=False)
class ServerNotTrusted(CarrierTrouble):
    """The server does not prove who it is by a certificate that this computer trusts, or offers no encryption."""

    server: str


@dataclass(eq=False)
class ServerKeyUnknown(CarrierTrouble):
    """The fingerprint of a server's key has not been compared yet."""

    server: str
    fingerprint: str


@dataclass(eq=False)
class ServerKeyChanged(CarrierTrouble):
    """A server shows another key than the one whose fingerprint was compared."""

    server: str
    fingerprint: str


@dataclass(eq=False)
class LoginRefused(CarrierTrouble):
    """The server does not take this user with this password or key."""

    server: str
    user: str


@dataclass(eq=False)
class StoreRefused(CarrierTrouble):
    """The server lets this user in, but not read or write there."""

    server: str


@dataclass(eq=False)
class StorePlaceMissing(CarrierTrouble):
    """The folder, bucket or mail box is not there."""

    place: str


@dataclass(eq=False)
class StoreFull(CarrierTrouble):
    """No room is left where the bundle should go."""

    server: str


@dataclass(eq=False)
class StoreCrowded(CarrierTrouble):
    """More files lie there than can be looked through."""

    server: str


@dataclass(eq=False)
class NameTaken(CarrierTrouble):
    """A file of that name lies there already; it was not touched."""

    name: str


@dataclass(eq=False)
class TooLargeToCarry(CarrierTrouble):
    """The server takes no file of that size."""

    server: str


@dataclass(eq=False)
class AddressRefused(CarrierTrouble):
    """The mail server does not deliver to that address."""

    address: str


@dataclass(eq=False)
class ServerFailed(CarrierTrouble):
    """The server answered with an error of its own; `answer` is its number."""

    server: str
    answer: str


class StickMissing(CarrierTrouble):
    """No stick is there."""


@dataclass(eq=False)
class StickNotOpened(CarrierTrouble):
    """A stick is plugged in, but the system shows no folder of it; `stick` is the name of its device."""

    stick: str


@dataclass(eq=False)
class StickUnclear(CarrierTrouble):
    """Several sticks are there and none was named."""

    sticks: tuple[str, ...]


@dataclass(eq=False)
class StickReadOnly(CarrierTrouble):
    """The stick takes no files: its switch is set, or the system mounted it for reading."""

    stick: str


@dataclass(eq=False)
class StickFull(CarrierTrouble):
    """No room is left on the stick."""

    stick: str


@dataclass(eq=False)
class StickCrowded(CarrierTrouble):
    """There is room on the stick, but its list of files is full: a FAT folder holds so many names and no more."""

    stick: str


@dataclass(eq=False)
class StickPulled(CarrierTrouble):
    """The stick went away in the middle."""

    stick: str


@dataclass(eq=False)
class StillOnItsWay(CarrierTrouble):
    """A way is not removed while bundles wait for it."""

    name: str


@dataclass(eq=False)
class NothingToSettle(Trouble):
    """No disagreement has this id: it was settled meanwhile, or there never was one."""

    disagreement: str


class VersionsChanged(Trouble):
    """Since the versions were shown another one came, or somebody settled: what was not seen is not replaced."""


@dataclass(eq=False)
class BothNotPossible(Trouble):
    """A field without a place for a second true value, or whose place holds something else."""

    kind: str
    field: str


class NobodyToAsk(Trouble):
    """The record is of no desk that could be asked, or about no client."""


@dataclass(eq=False)
class UsersTooMany(Trouble):
    """The key file has room for `limit` users."""

    limit: int


@dataclass(eq=False)
class LargeChange(Trouble):
    """Taking something in would remove or erase unusually much: so many records, so many of all people."""

    records: int
    people: int
    all_people: int
