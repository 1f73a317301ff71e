"""Files as they come: found, opened and verified, by whom this vault knows; and those that were kept aside before.

The changes themselves are read only where they are compared: to read them here too would be half of the work again.
"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from desk_app.crypto.signing import PublicKey
from desk_app.domain.errors import AlarmOpen, Foreign, NothingToRead, Trouble, UnknownSender
from desk_app.domain.ids import DeskCode, DeviceId
from desk_app.storage import exchange as storage
from desk_app.storage import files, found_files, partner_table
from desk_app.storage import held as held_storage
from desk_app.storage.held import HeldBundle, Why
from desk_app.storage.vault import Vault
from desk_app.sync import bundle
from desk_app.sync.bundle import Bundle, KnownSender
from desk_app.sync.carriers.pace import NotWanted, wait_for
from desk_app.usecases import alarms, roster_effects
from desk_app.usecases.exchange import PROGRAMME, SUFFIX
from desk_app.usecases.merge_plan import FilePlan, Incoming, Outcome, outcome_of

Found = tuple[FilePlan, Incoming | None]
_NAME = 16
"""So many digits of its hash name a bundle that lies in no file."""


def read(vault: Vault, paths: Iterable[Path], go_on: Callable[[int, int], bool]) -> list[Found]:
    """The bundles that were kept aside and are ready now, and those in files and folders, by sender and number.

    `go_on` is asked before each file and several times a second in it. Raises `NothingToRead` for an empty folder.
    """
    expanded = _expanded(paths)
    found = [
        _opened(vault, Path(f"{one.hash[:_NAME]}{SUFFIX}"), held_storage.data(vault.db, one.hash))
        for one in ready(vault)
    ]
    for done, path in enumerate(expanded):
        try:
            found.append(_of_file(vault, path, partial(go_on, done, len(expanded))))
        except NotWanted:
            break
    return sorted(found, key=lambda one: (one[0].sender, one[0].number))


def ready(vault: Vault) -> list[HeldBundle]:
    """What was kept aside and waits for nothing any more."""
    kept = held_storage.everything(vault.db)
    if not kept:
        return []
    known, stopped = senders(vault), alarms.stopped(vault)
    return [
        one
        for one in kept
        if one.why is not Why.EVIDENCE
        and one.device in known
        and one.device not in stopped
        and not alarms.concern(vault, one.hash)
    ]


def senders(vault: Vault) -> dict[DeviceId, KnownSender]:
    """The devices whose signatures are known: partners, and whoever was shut out and never came back."""
    shut = roster_effects.shut_devices(vault)
    found = {device: KnownSender(PublicKey(one.key), one.desk, revoked=True) for device, one in shut.items()}
    for partner in partner_table.partners(vault.db):
        revoked = partner.revoked is not None
        found[partner.device] = KnownSender(PublicKey(partner.sign_key), partner.code, revoked)
    return found


def keep(vault: Vault, one: Incoming, why: Why) -> None:
    """Keeps a bundle aside."""
    kept = HeldBundle(one.hash, one.device, one.desk, one.number, why, vault.now(), len(one.data))
    held_storage.put(vault.db, kept, one.data)


def let_go(vault: Vault, one: Incoming) -> None:
    """A bundle is done with: it goes, unless it holds the other of two contents about which there was an alarm."""
    if alarms.is_evidence(vault, one.hash):
        held_storage.mark(vault.db, one.hash, Why.EVIDENCE)
    else:
        held_storage.drop(vault.db, one.hash)


def _expanded(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if files.is_folder(path):
            inside = found_files.inside(path, {SUFFIX})
            if not inside:
                raise NothingToRead(str(path))
            found += inside
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _of_file(vault: Vault, path: Path, wanted: Callable[[], bool]) -> Found:
    try:
        return _opened(vault, path, wait_for(partial(files.read, path, bundle.FILE_CAP), wanted))
    except Trouble as trouble:
        return FilePlan(path, outcome_of(trouble), trouble=trouble), None


def _opened(vault: Vault, path: Path, data: bytes) -> Found:
    # The same bytes were verified when they came first, so a copy costs no more than its hash.
    name, digits = bundle.bundle_hash(data), bundle.digits(data)
    known = storage.received_as(vault.db, name)
    if known is not None:
        return FilePlan(path, Outcome.KNOWN, known.partner, known.number, digits=digits), _bare(name)
    try:
        opened = bundle.open_bundle(data, vault.exchange_identities, senders(vault))
        if opened.header.programme != PROGRAMME:
            raise Foreign
    except UnknownSender as trouble:
        return _stranger(vault, path, data, trouble)
    except Trouble as trouble:
        return FilePlan(path, outcome_of(trouble), getattr(trouble, "desk", ""), trouble=trouble), _bare(name)
    came = _incoming(data, opened)
    plan = FilePlan(path, Outcome.MERGED, came.desk, came.number, digits=digits)
    if came.device in alarms.stopped(vault):
        plan = FilePlan(path, Outcome.HELD, came.desk, came.number, trouble=AlarmOpen(came.desk), digits=digits)
        return plan, Incoming(data, name, came.device, came.desk, came.number, why=Why.ALARM)
    return plan, came


def _stranger(vault: Vault, path: Path, data: bytes, trouble: UnknownSender) -> Found:
    """What the header claims is not proved; it tells the person whom to ask."""
    header = bundle.read_header(bundle.unseal(data, vault.exchange_identities))
    if header.programme != PROGRAMME:
        return FilePlan(path, Outcome.FOREIGN, trouble=Foreign()), None
    plan = FilePlan(
        path, Outcome.UNKNOWN_SENDER, trouble.desk, header.number, trouble=trouble, digits=bundle.digits(data)
    )
    device, desk = DeviceId(trouble.device), DeskCode(trouble.desk)
    return plan, Incoming(data, bundle.bundle_hash(data), device, desk, header.number, why=Why.UNKNOWN)


def _incoming(data: bytes, opened: Bundle) -> Incoming:
    sender = opened.header.sender
    return Incoming(data, opened.hash, sender.device, sender.desk, opened.header.number, opened)


def _bare(name: str) -> Incoming:
    return Incoming(b"", name, DeviceId(""), DeskCode(""), 0)
