"""Words that nobody else uses, and every way in which they could stand in a file."""

from urllib.parse import quote

NAMES = ("Ғуломҳайдарзода", "Ҷаҳоноро", "Нуриддинҷоновна")
PHONE = "935771934"
CONSULTATION = "Қарзи бобояш Шоҳмуродхоҷа"
SERVICE = "Ёрии Гулнисобегим"
DRAFT = "Зебуннисоқизи"
WORDS = (*NAMES, PHONE, CONSULTATION, SERVICE, DRAFT)


def _spellings(word: str) -> set[bytes]:
    texts = {word, word.lower(), word.upper(), word.casefold()}
    texts |= {text.translate(str.maketrans("ғҷҳқӯӣё", "гчхкуие")) for text in texts}
    spelt = {text.encode(coding) for text in texts for coding in ("utf-8", "utf-16-le", "utf-16-be")}
    escaped = {quote(text).encode() for text in texts} | {ascii(text)[1:-1].encode() for text in texts}
    return spelt | escaped


_SPELT = {word: _spellings(word) for word in WORDS}


def found_in(data: bytes) -> set[str]:
    """The words that stand in these bytes."""
    return {word for word, spelt in _SPELT.items() if any(one in data for one in spelt)}
