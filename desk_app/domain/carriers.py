"""The ways a sealed bundle travels when there is a connection: which there are, and what each has to be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desk_app.domain.vocabulary import N_, Vocabulary


class Kind(StrEnum):
    """A way. The values are permanent: they are kept in vaults."""

    FOLDER = "folder"
    WEBDAV = "webdav"
    SFTP = "sftp"
    S3 = "s3"
    MAIL = "mail"


KIND = Vocabulary(
    "carrier_kind",
    {
        Kind.FOLDER: N_("A folder that is kept alike on several computers"),
        Kind.WEBDAV: N_("WebDAV server"),
        Kind.SFTP: N_("SFTP server"),
        Kind.S3: N_("S3 store"),
        Kind.MAIL: N_("Mail box"),
    },
)

SETTING = Vocabulary(
    "carrier_setting",
    {
        "name": N_("Name of this way"),
        "path": N_("Folder on this computer"),
        "url": N_("Address of the folder (https://...)"),
        "server": N_("Server"),
        "port": N_("Port"),
        "folder": N_("Folder on the server"),
        "fingerprint": N_("Fingerprint of the server"),
        "endpoint": N_("Address of the store (https://...)"),
        "bucket": N_("Bucket"),
        "region": N_("Region of the store"),
        "smtp_server": N_("Server for sending (SMTP)"),
        "smtp_port": N_("Port for sending"),
        "imap_server": N_("Server for receiving (IMAP)"),
        "imap_port": N_("Port for receiving"),
        "address": N_("Own e-mail address"),
        "user": N_("User"),
        "password": N_("Password"),
        "key": N_("Key for signing in"),
        "to": N_("The partner's e-mail address"),
    },
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that a way is told; without a `usual` value it is required."""

    name: str
    usual: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is the number of a port."""
        return self.name.endswith("port")


SETTINGS: Mapping[Kind, tuple[Setting, ...]] = {
    Kind.FOLDER: (Setting("path"),),
    Kind.WEBDAV: (Setting("url"), Setting("user")),
    Kind.SFTP: (
        Setting("server"),
        Setting("port", "22"),
        Setting("folder", ""),
        Setting("user"),
        Setting("fingerprint", ""),
    ),
    Kind.S3: (
        Setting("endpoint"),
        Setting("bucket"),
        Setting("region", "us-east-1"),
        Setting("folder", ""),
        Setting("user"),
    ),
    Kind.MAIL: (
        Setting("address"),
        Setting("smtp_server"),
        Setting("smtp_port", "465"),
        Setting("imap_server"),
        Setting("imap_port", "993"),
        Setting("user"),
    ),
}
"""What each way is told, in the order in which it is asked. Passwords stand apart."""

SECRET = frozenset({Kind.WEBDAV, Kind.SFTP, Kind.S3, Kind.MAIL})
"""Ways that have a password. At an SFTP server it may stay empty: then the program signs in with a key of its own."""
