"""Records in words: every declared word is in every catalogue, every value can be read."""

from collections.abc import Callable

import pytest

from desk_app.domain.records import ALL
from desk_app.domain.records.declaration import Field, FieldType, FieldValue
from desk_app.domain.vocabulary import OwnChoice, OwnChoices, Vocabulary
from desk_app.i18n import labels
from desk_app.i18n.languages import TRANSLATED, Language
from desk_app.i18n.translator import Translator

COLOURS = Vocabulary("colours", {"red": "Yes", "blue": "No"})


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_no_english_word_of_a_declaration_is_left(speaking: Callable[[str], Translator], language: Language) -> None:
    tr = speaking(language.code)
    left = []
    for kind in ALL:
        words = {kind.label: labels.kind(kind, tr), kind.plural: labels.kinds(kind, tr)}
        for field in kind.fields:
            words[field.label] = labels.field(field, tr)
            words[field.help] = tr.text(field.help)
            words[field.section] = tr.text(field.section)
            if field.vocabulary is not None:
                shown = dict(labels.choices(field.vocabulary, tr))
                words |= {source: shown[code] for code, source in field.vocabulary.words.items()}
        left += [source for source, translated in words.items() if source and source == translated]
    assert left == []


@pytest.mark.parametrize(
    ("field", "stored", "shown"),
    [
        (Field(10, "x", "X"), None, ""),
        (Field(10, "x", "X"), "", ""),
        (Field(10, "x", "X"), "5 < 6 & {x}", "5 < 6 & {x}"),
        (Field(10, "x", "X", FieldType.CHOICE, vocabulary=COLOURS), "red", "Ҳа"),
        (Field(10, "x", "X", FieldType.CHOICE, vocabulary=COLOURS), "green", "green"),
        (Field(10, "x", "X", FieldType.SET, vocabulary=COLOURS), frozenset({"blue", "red", "zinc"}), "Ҳа, Не, zinc"),
        (Field(10, "x", "X", FieldType.DATE), "2026-03-05", "05.03.2026"),
        (Field(10, "x", "X", FieldType.PARTIAL_DATE), "1973", "1973"),
        (Field(10, "x", "X", FieldType.PARTIAL_DATE), "spring", "spring"),
        (Field(10, "x", "X", FieldType.PHONE), "931234567", "+992\u00a093\u00a0123\u00a045\u00a067"),
        (Field(10, "x", "X", FieldType.NUMBER), 1234, "1\u00a0234"),
        (Field(10, "birth_year", "X", FieldType.NUMBER), 1973, "1973"),
        (Field(10, "x", "X", FieldType.MONEY), 1250, "12,50\u00a0сомонӣ"),
        (Field(10, "x", "X", FieldType.YES_NO), True, "Ҳа"),
        (Field(10, "x", "X", FieldType.YES_NO), False, "Не"),
        (Field(10, "x", "X", FieldType.REFERENCE, refers_to="client"), "id", "name of id"),
    ],
)
def test_a_value_in_words(speaking: Callable[[str], Translator], field: Field, stored: FieldValue, shown: str) -> None:
    assert labels.value(field, stored, speaking("tg"), lambda record: f"name of {record}") == shown


def test_own_choices_stand_behind_the_shipped_ones(speaking: Callable[[str], Translator]) -> None:
    listed = Vocabulary("colours", COLOURS.words, open=True)
    words = {"ru": "Синий {x}", "uz_Latn": "Koʻk"}
    own = OwnChoices((OwnChoice("colours", "x_sky", words), OwnChoice("colours", "blue", {}, off=True)))
    tr = speaking("tg").knowing(own)
    assert labels.choices(listed, tr) == [("red", "Ҳа"), ("blue", "Не"), ("x_sky", "Синий {x}")]
    assert labels.offered(listed, tr) == {"red": "Ҳа", "x_sky": "Синий {x}"}
    assert labels.in_use(listed, ["x_sky", "blue", "x_far", ""], tr) == {
        "blue": "Не",
        "x_sky": "Синий {x}",
        "x_far": tr.text("{code} (no words yet)", code="x_far"),
    }
    field = Field(10, "x", "X", FieldType.SET, vocabulary=listed)
    assert labels.value(field, frozenset({"x_sky", "red"}), tr) == "Ҳа, Синий {x}"
    assert speaking("uz_Cyrl").knowing(own).choice(listed, "x_sky") == "Koʻk"  # The same language in the other script.
    assert speaking("tg").choice(listed, "x_sky").startswith("x_sky")
