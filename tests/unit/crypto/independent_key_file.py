"""A second reader of key files, written from desk_app/crypto/FORMAT.md alone. It imports nothing of the program."""

import hashlib
import hmac
import json
import subprocess
import unicodedata
from base64 import b64decode
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Said = dict[str, Any]


def read(file: Path, passphrase: str, work: Path) -> tuple[bytes, bytes]:
    """The data key and the database's salt, for the first user; any doubt raises. `work` is a folder to write to."""
    data = file.read_bytes()
    said = json.loads(data)
    assert canonical(said) == data
    assert said["format"] == 2
    checked = hashlib.sha256(b"roh key file v2\0" + canonical({**said, "check": ""})).hexdigest()
    assert checked == said["check"]
    slot = next(one for one in said["slots"] if one["kind"] == "user")
    identity, anchor = opened_slot(said["vault"], slot, passphrase)
    key = next(one for one in said["keys"] if one["purpose"] == "data")
    inside = unwrapped(b64decode(key["wraps"][slot["slot"]]), identity, work)
    front = b"roh key wrap v2\0" + said["vault"].encode() + b"\0data\0"
    assert inside.startswith(front)
    data_key, salt, told = inside[len(front) :][:32], inside[len(front) :][32:48], inside[len(front) :][48:]
    assert told == anchor
    bare = {**said, "check": "", "keys": [{**one, "mac": ""} for one in said["keys"]]}
    mac_key = HKDF(SHA256(), 32, salt=salt, info=b"roh key file mac v2\0").derive(data_key)
    assert hmac.new(mac_key, canonical(bare), hashlib.sha256).hexdigest() == key["mac"]
    return data_key, salt


def opened_slot(vault: str, slot: Said, passphrase: str) -> tuple[str, bytes]:
    """What a passphrase opens: the age identity and the anchor."""
    cost = slot["argon2id"]
    stretching = Argon2id(
        salt=b64decode(slot["salt"]),
        length=32,
        iterations=cost["passes"],
        lanes=cost["lanes"],
        memory_cost=cost["memory_kib"],
    )
    key = stretching.derive(unicodedata.normalize("NFKC", passphrase).encode())
    facts = b"roh key slot v2\0" + vault.encode() + canonical({**slot, "sealed": ""})
    plain = ChaCha20Poly1305(key).decrypt(b64decode(slot["nonce"]), b64decode(slot["sealed"]), facts)
    assert len(plain) == 138
    return plain[:74].decode(), plain[106:]


def unwrapped(wrap: bytes, identity: str, work: Path) -> bytes:
    """What an age file holds."""
    key_file = work / "identity.key"
    key_file.write_text(identity)
    return subprocess.run(["age", "-d", "-i", str(key_file)], input=wrap, capture_output=True, check=True).stdout


def canonical(said: Said) -> bytes:
    """JSON in its one spelling."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
