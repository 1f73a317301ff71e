"""Folding: one Latin letter per sound, so that four spellings of a name in two scripts meet."""

import re
import unicodedata

from desk_app.domain.names.cleaning import APOSTROPHE, clean

_LETTER_GROUPS = {
    # Each sound is one letter of a-z; w stands for sh and c for ch, which need a letter of their own.
    "йе": "e",
    "йё": "io",
    "shch": "w",  # щ in passports
    "sch": "w",
    "tch": "c",  # French spelling in passports before 2000
    "zh": "j",
    "kh": "h",
    "gh": "g",
    "sh": "w",
    "ch": "c",
    "ye": "e",
    "ou": "u",  # French again
    "oo": "u",
    "ee": "i",
    f"o{APOSTROPHE}": "u",
    f"g{APOSTROPHE}": "g",
}
_LETTERS = {
    **dict(zip("абвгғдеёжҷзиӣйкқлмноп", "a b v g g d e io j j z i i i k k l m n o p".split(), strict=True)),
    **dict(zip("рстуӯўфхҳцчшщъыьэюяі", "r s t u u u f h h s c w w _ i _ e iu ia i".split(), strict=True)),
    **dict(
        zip("abdefghijklmnoprstuvwxyzcq", "a b d e f g h i j k l m n o p r s t u v v h i z k k".split(), strict=True)
    ),
    **dict(zip("öüāēīōūëşščçžğġḥḫṣṭẓıəń", "u u o e i o u e w w c c j g g h h s t z i a n".split(), strict=True)),
    **dict(zip("їєґђћјљњќѓѕ", "i e g j h j j h k g k".split(), strict=True)),  # as the old fonts have them
    APOSTROPHE: "_",
}
_TABLE = str.maketrans({letter: sound.replace("_", "") for letter, sound in _LETTERS.items()})
_GROUPS = re.compile("|".join(sorted(map(re.escape, _LETTER_GROUPS), key=len, reverse=True)))
_SOUNDS = {group: sound.upper() for group, sound in _LETTER_GROUPS.items()}

_LOOSE = str.maketrans("oeyc", "aiij")
_DOUBLED = re.compile(r"(.)\1+", re.DOTALL)
_LAST_H = re.compile("(?<=[aiu])h$")


def neutral(text: str) -> str:
    """The text with one Latin letter per sound (Ҷамшед, Джамшед, Dzhamshed and Jamshed give `jamwed`).

    Words stay apart; letters of scripts without a table stay as they are.
    """
    low = clean(text).lower()
    # Groups are written in capitals first, so that a letter of one group never joins the next (Ис-ҳоқ, Isʼhoq).
    sounds = _GROUPS.sub(lambda found: _SOUNDS[found[0]], low).translate(_TABLE)
    if sounds.isascii():
        return _joined(sounds.lower())
    bare = "".join(c for c in unicodedata.normalize("NFKD", sounds) if not unicodedata.combining(c))
    return _joined(bare.lower().translate(_TABLE))


def _joined(sounds: str) -> str:
    """Two letters that one script writes for one letter of the other: дж, dzh for ҷ and ts for ц."""
    return sounds.replace("dj", "j").replace("ts", "s")


def loose(token: str) -> str:
    """The key of a folded token that forgives habits of typing: a and o, e and i, ч and ҷ, doubling, a last h."""
    key = _DOUBLED.sub(r"\1", token.translate(_LOOSE))
    return _LAST_H.sub("", key) if len(key) > 2 else key


def skeleton(key: str) -> str:
    """A wider net below `loose`: ё typed as е, ҳ heard as г or not at all, сҳ read as sh, в after о dropped."""
    merged = key.replace("sh", "w").replace("zh", "j").replace("kh", "h").replace("g", "h")
    merged = re.sub("(?<=[aiu])h(?=[^aiu])", "", merged)
    return _DOUBLED.sub(r"\1", re.sub("i[aiu]|ai", "i", merged))
