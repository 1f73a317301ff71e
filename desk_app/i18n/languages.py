"""The languages of window and paper: their names, letters, quotation marks, months and plural rules.

Qt and ICU are not asked: they have no Tajik or Uzbek of use (dates dd/MM/yy, no collation). Months of letters stand in
the form that follows a day's number.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """One language form. `code` names its catalogue; English is the source and has none.

    `alphabet` holds its lower-case letters in order, each once, without digraphs; `plural_rule` is the gettext header.
    `group` and `point` part the thousands and the decimals of a number.
    """

    code: str
    own_name: str
    alphabet: str
    quotes: tuple[str, str]
    months: tuple[str, ...]
    months_after_day: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    plural_rule: str
    plural_forms: int
    somoni: str
    point: str = ","
    group: str = "\u00a0"

    def quoted(self, words: str) -> str:
        """The words between this language's quotation marks."""
        return self.quotes[0] + words + self.quotes[1]


FIRST_WEEKDAY = 0
"""Weeks start on Monday in every language, counted as `date.weekday()` counts."""


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


_RUSSIAN_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_TWO_FORMS = "nplurals=2; plural=(n != 1);"
_THREE_FORMS = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"

TAJIK = Language(
    code="tg",
    own_name="Тоҷикӣ",
    alphabet="абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    quotes=("«", "»"),
    months=_words("январ феврал март апрел май июн июл август сентябр октябр ноябр декабр"),
    months_after_day=_words("январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри"),
    weekdays=_words("душанбе сешанбе чоршанбе панҷшанбе ҷумъа шанбе якшанбе"),
    weekdays_short=_words("дш сш чш пш ҷм шн яш"),
    plural_rule=_TWO_FORMS,
    plural_forms=2,
    somoni="сомонӣ",
)

RUSSIAN = Language(
    code="ru",
    own_name="Русский",
    alphabet=_RUSSIAN_LETTERS,
    quotes=("«", "»"),
    months=_words("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
    months_after_day=_words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    weekdays=_words("понедельник вторник среда четверг пятница суббота воскресенье"),
    weekdays_short=_words("пн вт ср чт пт сб вс"),
    plural_rule=_THREE_FORMS,
    plural_forms=3,
    somoni="сомони",
)

_UZBEK_MONTHS = _words("yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr")

UZBEK_LATIN = Language(
    code="uz_Latn",
    own_name="Oʻzbekcha",
    alphabet="abdefghijklmnopqrstuvxyzcʻʼ",
    quotes=("“", "”"),
    months=_UZBEK_MONTHS,
    months_after_day=_UZBEK_MONTHS,
    weekdays=_words("dushanba seshanba chorshanba payshanba juma shanba yakshanba"),
    weekdays_short=_words("du se ch pa ju sh ya"),
    plural_rule=_TWO_FORMS,
    plural_forms=2,
    somoni="somoni",
)

_UZBEK_CYRILLIC_MONTHS = _words("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь")

UZBEK_CYRILLIC = Language(
    code="uz_Cyrl",
    own_name="Ўзбекча",
    alphabet="абвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳ",
    quotes=("“", "”"),
    months=_UZBEK_CYRILLIC_MONTHS,
    months_after_day=_UZBEK_CYRILLIC_MONTHS,
    weekdays=_words("душанба сешанба чоршанба пайшанба жума шанба якшанба"),
    weekdays_short=_words("ду се чо па жу ша як"),
    plural_rule=_TWO_FORMS,
    plural_forms=2,
    somoni="сомони",
)

_ENGLISH_MONTHS = _words("January February March April May June July August September October November December")

# Donors read English figures next to Russian ones: a space parts the thousands, because a comma there would read as a
# decimal comma to everyone else at the table.
ENGLISH = Language(
    code="en",
    own_name="English",
    alphabet="abcdefghijklmnopqrstuvwxyz",
    quotes=("“", "”"),
    months=_ENGLISH_MONTHS,
    months_after_day=_ENGLISH_MONTHS,
    weekdays=_words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    weekdays_short=_words("Mo Tu We Th Fr Sa Su"),
    plural_rule=_TWO_FORMS,
    plural_forms=2,
    somoni="somoni",
    point=".",
)

LANGUAGES = (TAJIK, RUSSIAN, UZBEK_CYRILLIC, UZBEK_LATIN, ENGLISH)
"""Every language in the order the window offers them: a Tajik desk first, Uzbek in the script its readers write."""

TRANSLATED = tuple(language for language in LANGUAGES if language is not ENGLISH)
"""The languages that have a catalogue."""

_BY_CODE = {language.code: language for language in LANGUAGES}


def by_code(code: str) -> Language:
    """The language with this code. Raises LookupError when there is none."""
    return _BY_CODE[code]
