"""What storing and judging the roster have in common: its versions, and whose are believed."""

from dataclasses import dataclass

from desk_app.domain.change import ChainId, split_chain
from desk_app.domain.ids import DeskCode, DeviceId


@dataclass(frozen=True, slots=True)
class Version:
    """One version as it lies in the log: in `chain` under `seq`. `previous` is the hash of the one before in the same
    chain, `content` canonical JSON, `signature` base64."""

    chain: ChainId
    seq: int
    number: int
    previous: str
    content: str
    signature: str

    @property
    def device(self) -> DeviceId:
        """The coordinator's device that wrote it."""
        return split_chain(self.chain)[0]


@dataclass(frozen=True, slots=True)
class Coordinator:
    """One whose versions are believed, with the raw public key of its device."""

    desk: DeskCode
    key: bytes
