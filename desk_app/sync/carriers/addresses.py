"""Addresses of servers as people type them: refused where anybody on the way could read along."""

from urllib.parse import SplitResult, urlsplit

from desk_app.domain.errors import CarrierSettingWrong

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def checked_url(typed: str, setting: str) -> SplitResult:
    """An address as it was typed, in parts. Raises `CarrierSettingWrong` unless it is encrypted or of this computer."""
    try:
        url = urlsplit(typed.strip())
        good = url.hostname and not (url.query or url.fragment or url.username) and (url.port is None or url.port)
    except ValueError as error:
        raise CarrierSettingWrong(setting) from error
    if not good or not (url.scheme == "https" or (url.scheme == "http" and url.hostname in _LOOPBACK)):
        raise CarrierSettingWrong(setting)
    return url
