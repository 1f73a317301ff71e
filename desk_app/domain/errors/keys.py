"""Trouble with users, passphrases and keys."""

from dataclasses import dataclass

from desk_app.domain.errors.root import Trouble


@dataclass(eq=False)
class WrongPassphrase(Trouble):
    """The passphrase does not open this user's key."""


@dataclass(eq=False)
class UnknownUser(Trouble):
    """No user of that name has a key in this vault."""

    user: str


@dataclass(eq=False)
class UserNotChosen(Trouble):
    """Several users have a key in this vault, and none of them was named."""


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
class PassphraseMissing(Trouble):
    """Nobody is there to be asked for the passphrase, and no variable holds it."""


class KeyFileAltered(Trouble):
    """The key file was changed by somebody who does not hold the vault's key."""


@dataclass(eq=False)
class NotAllowed(Trouble):
    """None of the user's roles may do this; `act` is a code of `rules.roles.ACT`."""

    act: str


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


class PassphraseSame(Trouble):
    """The new passphrase is the old one."""


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
class SecretMissing(Trouble):
    """Nobody is there to be asked for a secret, and the variable of that name does not hold it."""

    variable: str


@dataclass(eq=False)
class UsersTooMany(Trouble):
    """The key file has room for `limit` users."""

    limit: int


@dataclass(eq=False)
class ProfessionKeyChanged(Trouble):
    """The key of this profession is not the one that the user sealed her earlier texts with: somebody put it there."""

    role: str


class ShutOut(Trouble):
    """The user was removed, or given a new passphrase, while she had the vault open."""
