"""Key files for tests: cheap passphrases, randomness that repeats, and edits as an attacker would make them."""

import hashlib
import json
import random
from collections.abc import Callable
from typing import Any

from desk_app.crypto.keyfile import KeyFile, encode_key_file
from desk_app.crypto.keyring import NewUser
from desk_app.crypto.passphrase import FLOOR_PARAMETERS
from desk_app.domain.ids import UserId
from desk_app.domain.rules.roles import Role

PASSPHRASE = "чор дарахти зард"


def user(name: str = "Мадина", phrase: str = PASSPHRASE, user_id: str = "0a0b0c0d", *roles: Role) -> NewUser:
    return NewUser(UserId(user_id), name, phrase, FLOOR_PARAMETERS, frozenset(roles))


def random_bytes(seed: int = 2) -> Callable[[int], bytes]:
    return random.Random(seed).randbytes


def edited(key_file: KeyFile, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The key file as an attacker would alter it: its check sum made right again."""
    content = json.loads(encode_key_file(key_file))
    content["check"] = ""
    change(content)

    def packed() -> bytes:
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    content["check"] = hashlib.sha256(b"roh key file v2\0" + packed()).hexdigest()
    return packed()
