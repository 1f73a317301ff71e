"""What somebody with the vault's own data key can see: every page of the database, decrypted, dead ones too."""

import json
from base64 import b64encode
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from desk_app.domain import names
from desk_app.storage.vault import DATABASE, Vault

_PAGE, _RESERVED, _IV, _SALT = 4096, 80, 16, 16
_LOG_HEADER, _FRAME_HEADER = 32, 24


def everything_in(vault: Vault) -> bytes:
    """The database's pages (of an open vault, with what its log holds), and each value that plain SQL gives."""
    values = b""
    try:
        vault.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        values = b"\n".join(_values(vault))
    except Exception as error:  # A closed vault has its pages alone.
        if "closed" not in str(error):
            raise
    return b"".join(_pages(vault)) + values


def spellings(text: str) -> list[bytes]:
    """The forms in which a text would be found: as it is, in 16 bits, escaped, in base64 wherever it began, folded."""
    plain = text.encode()
    shifted = [b64encode(bytes(before) + plain)[4 if before else 0 : -4] for before in range(3)]
    escaped = json.dumps(text)[1:-1]
    folded = [token.encode() for token in names.index_tokens([text]) if len(token) > 5]
    found = [plain, text.encode("utf-16-le"), escaped.encode(), plain.hex().encode(), *shifted, *folded]
    assert all(len(form) > 5 for form in found), "a shorter form may stand there by chance"
    return found


def _pages(vault: Vault) -> Iterator[bytes]:
    data = (vault.folder / DATABASE).read_bytes()
    for start in range(0, len(data), _PAGE):
        yield _opened(vault, data[start : start + _PAGE], 0 if start else _SALT)


def _opened(vault: Vault, page: bytes, start: int) -> bytes:
    iv = page[_PAGE - _RESERVED :][:_IV]
    opened = Cipher(AES256(vault.keys.data_key.key), CBC(iv)).decryptor()
    return opened.update(page[start : _PAGE - _RESERVED]) + opened.finalize()


def _values(vault: Vault) -> Iterator[bytes]:
    for (table,) in vault.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in vault.db.execute(f'SELECT * FROM "{table}"'):
            for value in row:
                yield value if isinstance(value, bytes) else str(value).encode()


def log_frames(vault: Vault) -> bytes:
    """Every page that stands in the write-ahead log, decrypted; frames that were written over others included."""
    data = vault.folder.joinpath(f"{DATABASE}-wal").read_bytes()[_LOG_HEADER:]
    size = _FRAME_HEADER + _PAGE
    frames = (data[start + _FRAME_HEADER : start + size] for start in range(0, len(data), size))
    return b"".join(_opened(vault, frame, 0) for frame in frames)
