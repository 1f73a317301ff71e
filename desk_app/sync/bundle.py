"""Bundles: sealed, signed files of changes from one desk to another. Bytes in, values out; FORMAT.md has every byte.

Reading goes in stages, and each refuses the whole file: size, seal, frame, sender, signature, recipient, caps; only
what has passed all of them reaches zstd and the decoder of changes.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import msgspec
import zstandard

from desk_app.crypto.sealing import (
    ExchangeIdentity,
    NotForUsError,
    NotSealedError,
    Recipient,
    SealBrokenError,
    fingerprint,
    open_sealed,
    seal,
)
from desk_app.crypto.signing import PublicKey, SigningKey
from desk_app.domain.change import ChainId, Change, chain_id
from desk_app.domain.errors import Damaged, Foreign, Revoked, TooLarge, UnknownSender
from desk_app.domain.ids import DeskCode, DeviceId, RandomBytes
from desk_app.sync.bundle_changes import BadChunk, decode_chunk, encode_chunk
from desk_app.sync.bundle_files import Files, decode_files, encode_files
from desk_app.sync.bundle_header import FORMAT, READER, Counts, Facts, Header, decode_header, encode_header
from desk_app.sync.framing import Chunk, Frame, build, split_header, take_apart

FILE_CAP = 256 * 1024 * 1024
RAW_CAP = 512 * 1024 * 1024
CHUNK_CAP = 16 * 1024 * 1024
RATIO_CAP = 200
RATIO_FREE = 2 * CHUNK_CAP
"""Small bundles of repeated text pack better than any ratio; up to this size that is no bomb."""
_CHUNK_TARGET = 8 * 1024 * 1024
_ROW_ALLOWANCE = 256
"""More than a change takes in the columns, with its longest integers and both hashes."""
_LEVEL = 9


@dataclass(frozen=True, slots=True)
class KnownSender:
    """What the roster knows of a device."""

    key: PublicKey
    desk: DeskCode
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose seal, frame, signature, sender and recipient are right. What it holds stays sealed until somebody
    asks and is opened anew at each asking: a hundred bundles of one plan would fill a small machine's memory otherwise.
    """

    header: Header
    hash: str
    _data: bytes = field(repr=False)
    _identities: tuple[ExchangeIdentity, ...] = field(repr=False)

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes. Raises `Damaged` as `batches`."""
        return tuple([change for batch in self.batches() for change in batch])

    @property
    def files(self) -> Files | None:
        """What the sender says and sends of attachments' files; None where it says nothing."""
        return _files(self._opened())

    def batches(self) -> Iterator[list[Change]]:
        """The changes, a chunk at a time, by chain and number, none twice.

        Raises `Damaged` where the sender, in spite of his signature, wrote anything else.
        """
        return unpacked(self.header, self._opened().chunks)

    def _opened(self) -> Frame:
        return take_apart(unseal(self._data, self._identities))


def write_bundle(
    facts: Facts,
    changes: Sequence[Change],
    key: SigningKey,
    recipients: Sequence[Recipient],
    random: RandomBytes,
    files: Files | None = None,
) -> bytes:
    """The file to carry. `key` is the sending device's. Versions that know no files read it when `files` is None.

    Raises `TooLarge` when a reader would refuse the size (send fewer changes per bundle), and `ValueError` when the
    facts or changes are such as no log holds.
    """
    ordered = sorted(changes, key=itemgetter(0, 1, 2))
    chunks = [_pack(encode_chunk(part)) for part in _parts(ordered)]
    _check_sizes(chunks)
    header = Header(
        **msgspec.structs.asdict(facts),
        format=FORMAT,
        minimum_reader=READER,
        bundle=random(16).hex(),
        recipients=tuple(fingerprint(recipient) for recipient in recipients),
        counts=Counts(len(ordered), len(chunks), sum(chunk.raw_size for chunk in chunks)),
    )
    parts = encode_files(files) if files is not None else None
    sealed = seal(build(encode_header(header), chunks, key, parts), recipients)
    if len(sealed) > FILE_CAP:
        raise TooLarge(len(sealed))
    return sealed


def unseal(data: bytes, identities: Sequence[ExchangeIdentity]) -> bytes:
    """What the file holds under its seal. Raises `TooLarge`, `Damaged`, `Foreign`."""
    if len(data) > FILE_CAP:
        raise TooLarge(len(data))
    try:
        return open_sealed(data, identities)
    except NotSealedError as error:
        raise Damaged("not a bundle") from error
    except NotForUsError as error:
        raise Foreign from error
    except SealBrokenError as error:
        raise Damaged("seal") from error


def read_header(plain: bytes) -> Header:
    """What the bundle claims, unverified: to tell the person what lies before her. Raises `Damaged`, `NewerFormat`."""
    return decode_header(split_header(plain))


def open_bundle(data: bytes, identities: Sequence[ExchangeIdentity], senders: Mapping[DeviceId, KnownSender]) -> Bundle:
    """A file verified up to its signature and caps; its changes when they are asked for. Raises a `BundleRefused`."""
    frame = take_apart(unseal(data, identities))
    header = decode_header(frame.header)
    _check_sender(header, frame, senders)
    if not {fingerprint(identity.recipient) for identity in identities}.intersection(header.recipients):
        raise Foreign
    _check_sizes(frame.chunks)
    raw_bytes = sum(chunk.raw_size for chunk in frame.chunks)
    if header.counts.chunks != len(frame.chunks) or header.counts.raw_bytes != raw_bytes:
        raise Damaged("counts")
    _files(frame)
    return Bundle(header, bundle_hash(data), data, tuple(identities))


def unpacked(header: Header, chunks: Sequence[Chunk]) -> Iterator[list[Change]]:
    """The changes in chunks that this header was signed with. Raises `Damaged` as `Bundle.batches`."""
    count = 0
    reached: dict[ChainId, int] = {}
    for index, chunk in enumerate(chunks):
        batch = _unpack(index, chunk)
        _check_ranges(batch, header.ranges, reached)
        count += len(batch)
        yield batch
    if count != header.counts.changes:
        raise Damaged("counts")


def bundle_hash(data: bytes) -> str:
    """The name of a file's content, for receipts: SHA-256 as hex."""
    return hashlib.sha256(data).hexdigest()


def digits(data: bytes) -> str:
    """Six digits of the file's content, to compare by phone."""
    number = hashlib.sha256(b"roh bundle digits v1\0" + bytes.fromhex(bundle_hash(data))).digest()
    return f"{int.from_bytes(number) % 1_000_000:06}"


def _parts(changes: Sequence[Change]) -> Iterator[Sequence[Change]]:
    """Stretches that make one chunk each: at most 8 MiB, unless a single body is larger."""
    start = size = 0
    for at, change in enumerate(changes):
        weight = _ROW_ALLOWANCE + len(change.body)
        if at > start and size + weight > _CHUNK_TARGET:
            yield changes[start:at]
            start, size = at, 0
        size += weight
    if start < len(changes):
        yield changes[start:]


def _pack(raw: bytes) -> Chunk:
    return Chunk(len(raw), zstandard.ZstdCompressor(level=_LEVEL).compress(raw))


def _files(frame: Frame) -> Files | None:
    return decode_files(frame.files) if frame.files else None


def _unpack(index: int, chunk: Chunk) -> list[Change]:
    try:
        # zstd would make room for what its own header claims, so that must be the size already found acceptable.
        if zstandard.frame_content_size(chunk.packed) != chunk.raw_size:
            raise Damaged(f"chunk {index}")
        unpacker = zstandard.ZstdDecompressor(max_window_size=CHUNK_CAP)
        raw = unpacker.decompress(chunk.packed, max_output_size=chunk.raw_size, allow_extra_data=False)
        if len(raw) != chunk.raw_size:
            raise Damaged(f"chunk {index}")
        return decode_chunk(raw)
    except (zstandard.ZstdError, BadChunk) as error:
        raise Damaged(f"chunk {index}") from error


def _check_ranges(
    batch: Sequence[Change], ranges: Mapping[ChainId, tuple[int, int]], reached: dict[ChainId, int]
) -> None:
    """Raises `Damaged` unless each chain goes on after `reached`, which moves along, and stays in its range."""
    firsts = {(change.device, change.incarnation): change.seq for change in reversed(batch)}
    lasts = {(change.device, change.incarnation): change.seq for change in batch}
    for (device, incarnation), last in lasts.items():
        chain = chain_id(device, incarnation)
        lowest, highest = ranges.get(chain, (1, 0))
        if not max(lowest, reached.get(chain, 0) + 1) <= firsts[device, incarnation] or last > highest:
            raise Damaged("ranges")
        reached[chain] = last


def _check_sizes(chunks: Sequence[Chunk]) -> None:
    """Raises `TooLarge` for what would unpack beyond the caps."""
    raw_bytes = sum(chunk.raw_size for chunk in chunks)
    packed = sum(len(chunk.packed) for chunk in chunks)
    if any(chunk.raw_size > CHUNK_CAP for chunk in chunks) or raw_bytes > min(RAW_CAP, RATIO_FREE + RATIO_CAP * packed):
        raise TooLarge(raw_bytes)


def _check_sender(header: Header, frame: Frame, senders: Mapping[DeviceId, KnownSender]) -> None:
    sender = senders.get(header.sender.device)
    if sender is None:
        raise UnknownSender(header.sender.device, header.sender.desk)
    if not frame.is_signed_by(sender.key):
        raise Damaged("signature")
    if sender.desk != header.sender.desk:
        raise Damaged("sender")
    if sender.revoked:
        raise Revoked(sender.desk)
