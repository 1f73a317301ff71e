"""What a bundle says of what its sender has: by it is told what goes there next (sync/FORMAT.md 3)."""

from msgspec import UnsetType

from desk_app.domain.change import ChainId, split_chain
from desk_app.domain.desks import is_coordinator
from desk_app.domain.holdings import MOST_SPANS, Holdings
from desk_app.storage import exchange as storage
from desk_app.storage import log_table, partner_table
from desk_app.storage.exchange import Received
from desk_app.storage.vault import Vault
from desk_app.sync.bundle import Bundle
from desk_app.sync.bundle_header import Header


def of(vault: Vault, opened: Bundle) -> Received:
    """The bundle as one that was received now."""
    header = opened.header
    return Received(opened.hash, header.sender.desk, header.number, header.made_on, vault.now())


def heed(vault: Vault, header: Header) -> None:
    """Keeps what the sender has by its own word. In the transaction under way."""
    sender = header.sender
    partner_table.note_has_of_own(vault.db, sender.desk, sender.device, header.holdings)
    _note_receipt(vault, header)


def _note_receipt(vault: Vault, header: Header) -> None:
    """Moves the acknowledgement to where the sender says. One that says nothing holds nothing whole: it was emptied,
    put back or copied, or its bundle comes late, and then more goes once than is needed. One that names a bundle which
    this vault does not know of was sent it before this vault was restored."""
    partner, receipt = header.sender.desk, header.acknowledges
    if receipt is not None:
        own = {chain: seq for chain, seq in header.have.items() if split_chain(chain)[0] == vault.device}
        storage.note_receipt(vault.db, partner, receipt.number, receipt.hash, vault.now(), own)
    else:
        storage.forget_receipts(vault.db, partner)
    if is_coordinator(partner):
        storage.note_lacking(vault.db, partner, _lacking(vault, header))


def _lacking(vault: Vault, header: Header) -> dict[ChainId, int]:
    """Chain of this vault's own -> up to which number a coordinator holds what is here, where that is not all. An older
    version of the program does not tell what it holds over holes."""
    told = not isinstance(header.beyond, UnsetType)
    ours = Holdings(log_table.held(vault.db), log_table.beyond(vault.db, {vault.device}, MOST_SPANS) if told else {})
    own = (chain for chain in {**ours.upto, **ours.beyond} if split_chain(chain)[0] == vault.device)
    first = {chain: ours.first_lacking(chain, header.holdings) for chain in own}
    return {chain: seq - 1 for chain, seq in first.items() if seq is not None}


def is_newest(vault: Vault, received: Received) -> bool:
    """Whether no later bundle of its sender came before; whoever was restored counts anew, so the time tells too."""
    before = storage.received_from(vault.db, received.partner)
    return all(received.number > one.number for one in before) or all(received.made > one.made for one in before)
