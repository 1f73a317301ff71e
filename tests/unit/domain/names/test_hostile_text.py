"""Text no person would type: nothing raises, and what is kept or asked stays small."""

import pytest

from desk_app.domain.names import (
    LANGUAGES,
    PersonFacts,
    PersonName,
    asked,
    candidate_keys,
    clean,
    compare,
    index_tokens,
    layout_variants,
    loose,
    neutral,
    number_keys,
    number_readings,
    old_font,
    other_readings,
    query_tokens,
    score,
    similarity,
    slip_keys,
    sort_key,
    stem,
    typed_words,
)

HOSTILE = {
    "empty": "",
    "spaces": " \t\n\u00a0\u202f",
    "nul": "\0" * 10_000,
    "long": "а" * 10_000,
    "many words": "a b в " * 2_000,
    "marks": "а" + "\u0301\u0327" * 5_000,
    "direction": "\u202e\u2066Карим\u200f\u2069",
    "emoji": "😀👩‍👩‍👧" * 1_000,
    "lone surrogate": "\ud800Карим",
    "quotes": "\"' OR 1=1 -- *NEAR(",
    "digits": "٣٤٥ 1 2 " * 1_000,
    "father's word only": "ўғли қизи",
    "old font": "Њ" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_only_text(text: str) -> None:
    name = PersonName(text, text, text, (text,) * 50)
    facts = PersonFacts(name, text, text, (text,), (text,), text, text)
    assert 0.0 <= similarity(text, text[::-1]) <= 1.0
    assert 0.0 <= compare(name, PersonName("Каримов", "Саид")).score <= 1.0
    assert score(facts, facts).points <= 30
    assert all(len(key) <= 80 for key in candidate_keys(facts))
    assert len(clean(text)) <= 2_000
    assert loose(neutral(text)) is not None
    assert stem(text[:100]).text is not None
    assert len(index_tokens([text])) <= 600
    assert len(query_tokens(text)) <= 8
    assert len(layout_variants(text)) <= 1
    assert len(asked(text).numbers) <= 3
    assert max(map(len, number_readings(text)), default=0) <= 200
    assert all(len(key) <= 200 for key in number_keys(text))
    assert len(other_readings(text)) <= 4
    assert len(typed_words(text)) <= 8
    assert all(len(slip_keys(word)) <= 1_000 for word in typed_words(text))
    assert old_font(text) is None or "Њ" in text
    for language in LANGUAGES:
        assert sort_key(text, language).isascii()
