"""Uzbek in Latin letters -> Uzbek in Cyrillic letters, by rule with a list of exceptions.

The Cyrillic Uzbek catalogue is generated from the Latin one with this and checked in, so that nobody translates
twice. The rules are those of the 1995 alphabet law read backwards; what the Latin spelling no longer tells (ц, ь,
э after a consonant) stands in `STEMS`.
"""

import re

# Left as they are: placeholders, file extensions, addresses, keys, words that one types as they stand in a command,
# acronyms that Uzbek Cyrillic writes in Latin too, an apostrophe that is spoken of.
KEPT = re.compile(
    r"\{[^{}]*\}"
    r"|<[^<>]*>"
    r"|(?<=\.)[a-z][a-z0-9]{1,4}\b"
    r"|\b(?:PDF|XLSX|CSV|USB|QR|DVV|EU|BMZ|HTML|TJS|JSON|MIT|Excel|Windows|Linux|SHA|UTC)\b"
    r"|\b(?:JPEG|PNG|TIFF|WebP|WebDAV|SFTP|SMTP|IMAP|S3)\b|https?://[^\s()]*|\b(?:rotate-key|stick)\b"
    r"|\b(?:PO|UTF|Poedit)\b|(?<!\w)[ʻʼ](?!\w)"
    r"|(?<!\w)--[a-z-]+|\b[A-Z]+(?:_[A-Z]+)+\b"
    r"|\b(?:Caps Lock|Ctrl|Alt|Shift|Enter|Esc|Tab|Del|Home|End|F[0-9]{1,2})\b(?:\+[A-Z0-9]\b)?"
)

# Stem in Latin letters -> stem in Cyrillic; a final ь is dropped before an ending (пароль, паролни).
STEMS = {
    "abses": "абсцесс",
    "abzats": "абзац",
    "aksent": "акцент",
    "albom": "альбом",
    "alkogol": "алкоголь",
    "aprel": "апрель",
    "assotsi": "ассоци",
    "atelye": "ателье",
    "dekabr": "декабрь",
    "detal": "деталь",
    "fakultet": "факультет",
    "feldsher": "фельдшер",
    "fevral": "февраль",
    "film": "фильм",
    "gospital": "госпиталь",
    "intervyu": "интервью",
    "inyeksiya": "инъекция",
    "iyul": "июль",
    "iyun": "июнь",
    "kabel": "кабель",
    "kalendar": "календарь",
    "kansel": "канцел",
    "karyera": "карьера",
    "koeffitsiyent": "коэффициент",
    "kompyuter": "компьютер",
    "konsepsiya": "концепция",
    "konsert": "концерт",
    "konsult": "консульт",
    "kontrol": "контроль",
    "kultur": "культур",
    "kuryer": "курьер",
    "lager": "лагерь",
    "litsenziya": "лицензия",
    "litsey": "лицей",
    "medal": "медаль",
    "meditsina": "медицина",
    "militsiya": "милиция",
    "model": "модель",
    "modul": "модуль",
    "noyabr": "ноябрь",
    "obyekt": "объект",
    "ofitser": "офицер",
    "oktabr": "октябрь",
    "panel": "панель",
    "parol": "пароль",
    "patsiyent": "пациент",
    "penitensiar": "пенитенциар",
    "pensiya": "пенсия",
    "portfel": "портфель",
    "premyer": "премьер",
    "prinsip": "принцип",
    "profil": "профиль",
    "protsed": "процед",
    "retsept": "рецепт",
    "retsidiv": "рецидив",
    "rezultat": "результат",
    "rol": "роль",
    "sekretar": "секретарь",
    "selsiy": "цельсий",
    "sement": "цемент",
    "sentabr": "сентябрь",
    "sentner": "центнер",
    "senzura": "цензура",
    "sex": "цех",
    "shprits": "шприц",
    "shtempel": "штемпель",
    "sikl": "цикл",
    "sirk": "цирк",
    "sivil": "цивил",
    "sotsial": "социал",
    "spets": "спец",
    "subyekt": "субъект",
    "sudya": "судья",
    "tabel": "табель",
    "vaksina": "вакцина",
    "vedomost": "ведомость",
    "yanvar": "январь",
}

# A stem that is only ever a whole word before its endings: "rol" is not the start of every word in rol-.
_SHORT = frozenset({"rol", "sex", "sirk", "film"})
_ENDINGS = r"(?=(?:i|ni|ning|ga|ka|da|dan|lar\w*|im|ing|ingiz|imiz|ini|ining|iga|ida|idan)?(?!\w))"

_PAIRS = {
    "sʼh": "сҳ",
    "yoʻ": "йў",
    "oʻ": "ў",
    "gʻ": "ғ",
    "sh": "ш",
    "ch": "ч",
    "yo": "ё",
    "yu": "ю",
    "ya": "я",
    "ye": "е",
    "tsiya": "ция",
    "tsion": "цион",
    "tsent": "цент",
    "tsess": "цесс",
    "ksiya": "кция",
    "nsiya": "нция",
    "psiya": "пция",
}
_SINGLE = dict(zip("abdefghijklmnopqrstuvxyzʼ", "абдефгҳижклмнопқрстувхйзъ", strict=True))
_VOWELS = "aeiouʻ"

_STEM = re.compile(
    r"\b(?:"
    + "|".join(stem + (_ENDINGS if stem in _SHORT else "") for stem in sorted(STEMS, key=len, reverse=True))
    + r")",
    re.IGNORECASE,
)
_PAIR = re.compile("|".join(sorted(_PAIRS, key=len, reverse=True)), re.IGNORECASE)
_WORD = re.compile(r"[A-Za-zʻʼ]+")


def to_cyrillic(text: str) -> str:
    """The text in Uzbek Cyrillic; placeholders, file extensions, key names and kept acronyms stay as they are."""
    parts: list[str] = []
    end = 0
    for kept in KEPT.finditer(text):
        parts += [_WORD.sub(_word, text[end : kept.start()]), kept.group()]
        end = kept.end()
    parts.append(_WORD.sub(_word, text[end:]))
    return "".join(parts)


def _word(match: re.Match[str]) -> str:
    word = match.group()
    stem = _STEM.match(word)
    if stem is None:
        return _letters(word, at_start=True)
    ending = _letters(word[stem.end() :], at_start=False)
    cyrillic = STEMS[stem.group().lower()]
    return _like(stem.group(), cyrillic.removesuffix("ь") if ending else cyrillic) + ending


def _letters(word: str, *, at_start: bool) -> str:
    out: list[str] = []
    place = 0
    while place < len(word):
        pair = _PAIR.match(word, place)
        if pair is not None:
            out.append(_like(pair.group(), _PAIRS[pair.group().lower()]))
            place = pair.end()
            continue
        letter = word[place]
        before = word[place - 1].lower() if place else ""
        is_hard_e = letter.lower() == "e" and (before in _VOWELS if before else at_start)
        out.append(_like(letter, "э" if is_hard_e else _SINGLE.get(letter.lower(), letter.lower())))
        place += 1
    return "".join(out)


def _like(model: str, letters: str) -> str:
    """The letters in the case of the model: sh ш, Sh Ш, SH Ш; Tsiya Ция, TSIYA ЦИЯ."""
    if not model[0].isupper():
        return letters
    capitals = len(model) > 1 and model.upper() == model
    return letters.upper() if capitals or len(letters) == 1 else letters[0].upper() + letters[1:]
