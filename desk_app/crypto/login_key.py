"""A key for signing in at a server, in the formats of OpenSSH. It opens nothing of a vault and signs no change."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk_app.domain.ids import RandomBytes

_COMMENT = "roh"


def new_login_key(random: RandomBytes) -> str:
    """A new Ed25519 key, private."""
    return (
        Ed25519PrivateKey.from_private_bytes(random(32))
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption())
        .decode("ascii")
    )


def public_line(private: str) -> str:
    """What whoever runs the server puts into `authorized_keys`; empty for what is no key."""
    try:
        key = serialization.load_ssh_private_key(private.encode(), None)
    except (ValueError, UnsupportedAlgorithm):
        return ""
    line = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    return f"{line.decode('ascii')} {_COMMENT}"
