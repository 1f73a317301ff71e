"""What the search index keeps of names and what a typed word asks of it, as one types, in any script or layout.

Both sides are loose folded words of a-z and 0-9 alone, so that they are safe in a full-text query once quoted. A word
is kept whole, for beginnings, and as its stem with `STEM_END` behind it, which no beginning of another word meets: so
a whole Раҳмонов finds Раҳмонзода, and Нуров does not find every Нуриддин.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from desk_app.domain.names.candidates import STEM_KEY
from desk_app.domain.names.cleaning import APOSTROPHE, clean
from desk_app.domain.names.folding import loose, neutral
from desk_app.domain.names.keyboard import layout_variants
from desk_app.domain.names.numbers import digits
from desk_app.domain.names.old_fonts import convert_old_font, old_font
from desk_app.domain.names.stems import PATRONYMIC_WORDS
from desk_app.domain.names.word_forms import stem_keys

STEM_END = "0"
"""Behind a stem: names have no digits, so a query for a stem meets whole stems only."""

MOST_WORDS = 64
"""Of one text, in the index; a query has at most `MOST_ASKED`."""
MOST_ASKED = 8

_LONGEST_WORD = 40
_WORDS = re.compile(r"[^\W_]+(?:ʻ+[^\W_]+)*ʻ?")
_NUMBER = re.compile(r"[+(]?[0-9][0-9 ()+./-]*")
_COUNTRY = "992"

_HALF_TYPED = {
    # The last letter typed may be the first half of a sound written with two: what the sound would be.
    "s": "w",
    "c": "j",
    "k": "h",
    "z": "j",
    "d": "j",
    "t": "s",
    "o": "u",
    "д": "j",
    "т": "s",
}
_SOUNDS = "abcdefghijklmnoprstuvwz"
"""The letters of folded words."""
_SHORTEST_WITH_SLIP, _LONGEST_WITH_SLIP = 4, 16
_SHORT_PART = 4
"""Letters of a word that is often the first or last part of a name: Абду, Шоҳ, Бек, Ҷон."""
_MOST_JOINED = 3
_YO = str.maketrans("ёЁ", "еЕ")
_NARROW_O = str.maketrans({"ӯ": "о", "ў": "о", "Ӯ": "О", "Ў": "О"})


def index_tokens(names: Iterable[str]) -> tuple[str, ...]:
    """The words to keep for these names, numbers or telephones: sorted, each once."""
    return tuple(sorted(frozenset().union(*map(_of_text, names))))


def forget_index_words() -> None:
    """Empties the cache of indexed texts."""
    _of_text.cache_clear()


@lru_cache(maxsize=16384)
def _of_text(text: str) -> frozenset[str]:
    # Names repeat: a few thousand make up most of a country's people.
    number = _of_number(text)
    if number:
        return frozenset(number)
    words = _words(text)[:MOST_WORDS]
    readings = {reading for word in (*words, *_joined(words)) for reading in (word, *_readings(word))}
    return frozenset[str]().union(*map(_of_folded, set(map(neutral, readings))))


def _joined(words: Sequence[str]) -> Iterator[str]:
    """Neighbours as one word, for names that are also written so (Абду Раҳмон); of a long text where one is short."""
    for one, other in pairwise(words):
        if len(words) == 2 or min(len(one), len(other)) <= _SHORT_PART:
            yield one + other


def query_tokens(text: str, *, other_layout: bool = True) -> tuple[tuple[str, ...], ...]:
    """For each word typed, the beginnings to look for: any of them will do. Empty if nothing can be looked for.

    `other_layout` False takes the text for what it says, without what the same keys give in the other layout.
    """
    number = text.strip()
    if _NUMBER.fullmatch(number):
        return ((digits(number),),)
    asked = (_alternatives(word, other_layout) for word in text[: MOST_ASKED * _LONGEST_WORD].split()[:MOST_ASKED])
    return tuple(words for group in asked for words in group if words)[:MOST_ASKED]


def other_readings(text: str) -> tuple[str, ...]:
    """The typed text with two neighbours as one word (Раҳмон зода), and without words that only say whose child.

    Empty for a single word: there is no other way to read it.
    """
    words = text.replace("-", " ").split()[:MOST_ASKED]
    plain = [word for word in words if neutral(word) not in PATRONYMIC_WORDS]
    joined = [[*words[:place], one + other, *words[place + 2 :]] for place, (one, other) in enumerate(pairwise(words))]
    found = [*joined[:_MOST_JOINED], *([plain] if plain and plain != words else [])]
    return tuple(" ".join(each) for each in found)


def slip_keys(word: str) -> tuple[str, ...]:
    """The keys of names of which a fully typed word is one slip of the finger away: a letter wrong, missing, too much,
    or two of them exchanged. Of a short or very long word none.
    """
    typed = neutral(word)
    if not _SHORTEST_WITH_SLIP <= len(typed) <= _LONGEST_WITH_SLIP or not typed.isascii() or not typed.isalpha():
        return ()
    parts = [(typed[:place], typed[place:]) for place in range(len(typed) + 1)]
    meant = {begun + rest[1:] for begun, rest in parts if rest}
    meant |= {begun + rest[1] + rest[0] + rest[2:] for begun, rest in parts if len(rest) > 1}
    meant |= {begun + sound + rest[1:] for begun, rest in parts if rest for sound in _SOUNDS}
    meant |= {begun + sound + rest for begun, rest in parts for sound in _SOUNDS}
    return tuple(sorted({STEM_KEY + key for each in meant for key in stem_keys(each)}))


def typed_words(text: str) -> tuple[str, ...]:
    """The words of what was typed, as the search takes them: old fonts read as meant, hyphens between words."""
    return tuple(_words(text[: MOST_ASKED * _LONGEST_WORD])[:MOST_ASKED])


def _words(text: str) -> list[str]:
    font = old_font(text[:1000])
    return [w[:_LONGEST_WORD] for w in _WORDS.findall(clean(convert_old_font(text, font) if font else text))]


def _readings(word: str) -> Iterable[str]:
    """How else the word may be typed: ё as е, oʻ and ӯ as o."""
    low = word.lower()
    yield low.translate(_YO).replace("yo", "e")
    yield low.translate(_NARROW_O).replace("o" + APOSTROPHE, "o")


def _safe(folded: str) -> str:
    """The folded word in a-z and 0-9; letters of scripts without a table by their numbers."""
    if folded.isascii() and folded.isalnum():
        return folded[:_LONGEST_WORD]
    return "".join(c if c.isascii() else f"u{ord(c):x}" for c in folded if not c.isascii() or c.isalnum())[
        :_LONGEST_WORD
    ]


def _key(folded: str) -> str:
    safe = _safe(folded)
    return safe if any(c.isdigit() for c in safe) else loose(safe)


def _stems(folded: str) -> set[str]:
    return {_safe(key) + STEM_END for key in stem_keys(folded) if len(key) > 1}


def _of_folded(folded: str) -> set[str]:
    key = _key(folded)
    if not key:
        return set()
    if any(c.isdigit() for c in key):
        return {key, digits(key)}
    return {key, *_stems(folded)}


def _of_number(text: str) -> set[str]:
    """A telephone's digits: all, without the country, and the last seven."""
    if not _NUMBER.fullmatch(text.strip()):
        return set()
    found = digits(text)
    if len(found) < 7:
        return {found}
    return {found, found.removeprefix(_COUNTRY), found[-7:]}


def _alternatives(typed: str, other_layout: bool) -> list[tuple[str, ...]]:
    """The words in one typed piece (a hyphen parts them), each with its beginnings, likeliest first."""
    found = [_beginnings(word) for word in _words(typed)]
    variants = layout_variants(typed) if other_layout else ()
    others = [_beginnings(word) for variant in variants for word in _words(variant)]
    if len(others) != 1:
        return found or others
    # Several words with one in the other layout: what parts them are letters there (hf[bv is рахим).
    return [tuple(dict.fromkeys((*found[0], *others[0])))] if len(found) == 1 else others


def _beginnings(word: str) -> tuple[str, ...]:
    low = word.lower()
    folded = neutral(low)
    key = _key(folded)
    if not key:
        return ()
    if any(c.isdigit() for c in key):
        return (key,)
    length, sound = (2, "j") if low.endswith("dz") else (1, _HALF_TYPED.get(low[-1], ""))
    begun = [loose(_safe(neutral(low[:-length])) + sound)] if sound else []
    stems = sorted(_stems(folded)) if len(key) > 2 else []
    return tuple(dict.fromkeys((key, *begun, *stems)))
