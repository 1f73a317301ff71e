"""Words of a name made ready for comparing: folded, stemmed and marked once, then compared many times."""

import enum
import re
from dataclasses import dataclass
from functools import lru_cache

from desk_app.domain.names.cleaning import clean
from desk_app.domain.names.folding import loose, neutral, skeleton
from desk_app.domain.names.keyboard import in_likely_layout
from desk_app.domain.names.known_names import known_as
from desk_app.domain.names.old_fonts import OldFont, convert_old_font, old_font
from desk_app.domain.names.stems import PATRONYMIC_WORDS, Sex, Stem, stem_of_folded

MOST_TOKENS = 6
"""No name of the country has more words that tell people apart; the rest is left out."""

_LONGEST_NAME = 200
_LONGEST_TOKEN = 40
_WORDS = re.compile(r"[^\W_]+(?:ʻ+[^\W_]+)*", re.UNICODE)
_YOTATED = frozenset({"io", "iu", "ia"})
"""Single letters that stand for two sounds: Ё. Ю. Я."""
_SEPARATE_ENDINGS = {"zoda": "zoda", "zade": "zoda", "pur": "pur"}


class Role(enum.StrEnum):
    """What the ending says a word is: most words are bare."""

    BARE = "bare"
    SURNAME = "surname"
    FATHER = "father"
    CHILD = "child"
    """-зода: a surname or a father's name, the ending does not say which."""


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One word of a name. Equal only to itself: words are made once and shared, so pairs are remembered cheaply."""

    folded: str
    stem: str
    key: str
    skeleton: str
    other_key: str
    role: Role
    sex: Sex | None
    known: frozenset[int]
    initial: bool = False
    """Only the first letter of a name (Каримов С.)."""


@lru_cache(maxsize=16384)
def token(folded: str, role: Role | None = None, sex: Sex | None = None) -> Token:
    """The token of a folded word; `role` and `sex` override what the ending says."""
    word = folded[:_LONGEST_TOKEN]
    cut = stem_of_folded(word)
    if role is None:
        role = _role(cut)
    if sex is None and cut.female != cut.male:
        sex = Sex.FEMALE if cut.female else Sex.MALE
    key = loose(cut.text)
    return Token(
        folded=word,
        stem=cut.text,
        key=key,
        skeleton=skeleton(key),
        other_key=loose(cut.other) if cut.other else "",
        role=role,
        sex=sex,
        known=known_as(key) or (known_as(loose(cut.other)) if cut.other else known_as(key)),
        initial=len(word) == 1 or word in _YOTATED,
    )


def _role(cut: Stem) -> Role:
    if cut.patronymic:
        return Role.FATHER
    if cut.child:
        return Role.CHILD
    return Role.SURNAME if cut.suffixed else Role.BARE


@lru_cache(maxsize=16384)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a name as typed, in order, at most `MOST_TOKENS`; old fonts and a wrong layout read as meant."""
    short = text[:_LONGEST_NAME]
    font = old_font(short)
    if font is None:
        # A name with few vowels may only look as if typed in the wrong layout (Stubbs, Шмидт).
        other = in_likely_layout(short)
        return _likeliest(_tokens(short), _tokens(other)) if other != short else _tokens(short)
    # Some signs belong to both fonts: the reading with more names that exist is the right one, else the font seen.
    return _likeliest(
        *(_tokens(convert_old_font(short, each)) for each in (font, *(f for f in OldFont if f is not font)))
    )


def _likeliest(*readings: tuple[Token, ...]) -> tuple[Token, ...]:
    """The reading with more names that exist, else the first."""
    return max(readings, key=lambda words: sum(bool(word.known) for word in words))


def _tokens(readable: str) -> tuple[Token, ...]:
    found: list[Token] = []
    for word in folded_words(readable):
        if found and word in PATRONYMIC_WORDS:
            found[-1] = token(found[-1].folded, Role.FATHER, PATRONYMIC_WORDS[word])
        elif found and word in _SEPARATE_ENDINGS:
            found[-1] = token(found[-1].folded + _SEPARATE_ENDINGS[word])
        elif word not in PATRONYMIC_WORDS:
            found.append(token(word))
    return tuple(found[:MOST_TOKENS])


def folded_words(text: str) -> list[str]:
    """The words of a text in neutral letters, without empty ones."""
    words = (neutral(word) for word in _WORDS.findall(clean(text)))
    return [word for word in words if word]


def joined(first: Token, second: Token) -> Token:
    """Two neighbours as one word (Абду Раҳмон)."""
    return token(first.folded + second.folded)


def forget_tokens() -> None:
    """Empties what was remembered of words."""
    token.cache_clear()
    tokens.cache_clear()
