"""Opening a way by what it was told. Only whoever opens one pays for its libraries."""

from collections.abc import Mapping
from pathlib import Path

from desk_app.domain.carriers import SETTINGS, Kind
from desk_app.domain.clock import Milliseconds
from desk_app.domain.errors import CarrierSettingWrong
from desk_app.sync.carriers.addresses import checked_url
from desk_app.sync.carriers.carrier import Carrier
from desk_app.sync.carriers.pace import Pace


def checked(kind: Kind, values: Mapping[str, str]) -> dict[str, str]:
    """The settings of a way, the usual ones filled in. Raises `CarrierSettingWrong` for one missing or not possible."""
    known = {setting.name for setting in SETTINGS[kind]}
    for name in values:
        if name not in known:
            raise CarrierSettingWrong(name)
    whole: dict[str, str] = {}
    for setting in SETTINGS[kind]:
        value = values.get(setting.name, "").strip() or setting.usual
        if value is None or not value.isprintable() or (setting.is_number and not _is_port(value)):
            raise CarrierSettingWrong(setting.name)
        if setting.name in ("url", "endpoint"):
            checked_url(value, setting.name)
        whole[setting.name] = value
    return whole


def open_carrier(
    kind: Kind,
    told: Mapping[str, str],
    password: str,
    key: str,
    own_box: str,
    milliseconds: Milliseconds,
    pace: Pace,
) -> Carrier:
    """Opens a way with settings that were `checked`, which says to `pace` what goes and comes; a folder says nothing,
    for what goes to a disk goes when the system writes it. Raises a `CarrierTrouble` where it cannot be reached."""
    match kind:
        case Kind.FOLDER:
            from desk_app.sync.carriers.folder import FolderCarrier

            return FolderCarrier(Path(told["path"]))
        case Kind.WEBDAV:
            from desk_app.sync.carriers.webdav import WebDavCarrier

            return WebDavCarrier(told["url"], told["user"], password, own_box, pace)
        case Kind.SFTP:
            from desk_app.sync.carriers.sftp import Login, SftpCarrier

            login = Login(told["server"], int(told["port"]), told["user"], told["fingerprint"], password, key)
            return SftpCarrier(login, told["folder"], own_box, pace)
        case Kind.S3:
            from desk_app.sync.carriers.s3 import S3Carrier
            from desk_app.sync.carriers.s3_signing import Signer

            signer = Signer(told["user"], password, told["region"])
            return S3Carrier(told["endpoint"], told["bucket"], told["folder"], signer, own_box, milliseconds, pace)
        case Kind.MAIL:
            from desk_app.sync.carriers.mail import Box, MailCarrier

            ports = int(told["smtp_port"]), int(told["imap_port"])
            box = Box(
                told["address"], told["smtp_server"], ports[0], told["imap_server"], ports[1], told["user"], password
            )
            return MailCarrier(box, milliseconds, pace)


def _is_port(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 6 and 0 < int(value) < 65_536
