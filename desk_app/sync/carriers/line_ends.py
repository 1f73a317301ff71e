"""What a mail program does to a bundle that it takes for text: it puts a carriage return before every line feed."""

_AGE = b"age-encryption.org/v1"


def mended(data: bytes) -> bytes:
    """The bytes as they were sealed, if that is all that happened to them; the seal proves it afterwards."""
    return data.replace(b"\r\n", b"\n") if data.startswith(_AGE + b"\r\n") else data


def is_sealed(data: bytes) -> bool:
    """Whether it begins as a bundle does, with or without the carriage returns."""
    return data.startswith((_AGE + b"\n", _AGE + b"\r\n"))
