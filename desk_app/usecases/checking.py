"""Checking a vault: its file, its log, and that what is shown is what the log says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desk_app.crypto.keyfile import UserSlot
from desk_app.crypto.signing import PublicKey
from desk_app.domain.change import split_chain
from desk_app.domain.errors import KeyFileAltered, KeyFileDamaged, KeyFileNewer, VaultDamaged
from desk_app.domain.ids import UserId
from desk_app.storage import audit, audit_signatures, blob_check, log_table, members
from desk_app.storage import check as storage
from desk_app.storage.check import Finding
from desk_app.storage.signatures import Authors
from desk_app.storage.sqlcipher import as_trouble
from desk_app.storage.vault import DATABASE, Vault

Progress = Callable[[int, int], bool]
"""Called with steps done and steps in all; False stops the check."""

MOST_PROBLEMS = 1000
"""A list longer than this helps nobody."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found. `state` hashes everything visible: vaults that hold the same changes print the same.

    `stopped` says that the person stopped it: then nothing else counts.
    """

    ok: bool
    state: str
    problems: tuple[Finding, ...]
    stopped: bool = False


class _Stopped(Exception):
    """The person stopped the check."""


def check(vault: Vault, deep: bool = False, progress: Progress | None = None) -> CheckResult:
    """Verifies every chain and rebuilds what is shown, without changing anything; `deep` reads every page's seal,
    every user's signature and every attachment's file.

    Damage to the file is a problem among the others, never trouble.
    """
    problems: list[Finding] = []
    projection = storage.Projection(vault.db, vault.registry)
    try:
        with as_trouble(vault.folder / DATABASE):
            for finding in _findings(vault, projection, deep, progress):
                problems.append(finding)
                if len(problems) >= MOST_PROBLEMS:
                    break
    except VaultDamaged:
        problems.append(Finding("unreadable"))
        return CheckResult(False, "", tuple(problems))
    except _Stopped:
        return CheckResult(False, "", tuple(problems), stopped=True)
    return CheckResult(not problems, projection.state, tuple(problems))


def _findings(vault: Vault, projection: storage.Projection, deep: bool, progress: Progress | None) -> Iterator[Finding]:
    chains = log_table.chains(vault.db)
    kinds = sorted(vault.registry, key=lambda kind: kind.number)
    steps = [storage.pages(vault.db, deep)]
    steps += [storage.chain(vault.db, chain) for chain in chains]
    steps += [projection.kind(kind) for kind in kinds]
    steps.append(projection.aliases())
    steps.append(storage.erasures(vault.db, vault.registry))
    steps.append(Finding("audit", number=number) for number in audit.verify(vault.db))
    if deep:
        known = _keys_of_users(vault)
        steps.append(Finding("audit", number=number) for number in audit_signatures.wrong(vault.db, known))
        authors = Authors(vault.db, known, audit_signatures.keys_had(vault.db))
        own = [chain for chain in chains if split_chain(chain)[0] == vault.device]
        steps += [authors.chain(chain, whole=chain == vault.chain) for chain in own]
        steps.append(authors.keys())
        steps.append(blob_check.files(vault.db, vault.folder))
        steps.append(storage.key_files(vault.folder, vault.key_file))
    for done, step in enumerate(steps):
        if progress is not None and not progress(done, len(steps)):
            raise _Stopped
        yield from step


def _keys_of_users(vault: Vault) -> dict[UserId, PublicKey]:
    """Their public signing keys: of whoever has a slot as the key file shows it, which her passphrase seals."""
    keys = {one.user: one.sign_key for one in members.everybody(vault.db)}
    try:
        slots = [slot for slot in vault.key_file().users if isinstance(slot, UserSlot)]
    except (KeyFileAltered, KeyFileDamaged, KeyFileNewer):
        slots = []  # Which is a finding of its own.
    return {**keys, **{slot.user: PublicKey(slot.sign_key) for slot in slots}}
