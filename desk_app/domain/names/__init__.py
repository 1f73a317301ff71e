"""People's names in four spellings: folding, stems, likeness, keys for search, candidates and order."""

from desk_app.domain.names.asked import Asked, asked
from desk_app.domain.names.blocks import ALL_PAIRS, Comparable, comparable, dates_near, pairs
from desk_app.domain.names.candidates import PAPER_KEY, PHONE_KEY, candidate_keys, keys_of
from desk_app.domain.names.cleaning import clean
from desk_app.domain.names.facts import PersonFacts, ReadyFacts, ready
from desk_app.domain.names.folding import loose, neutral
from desk_app.domain.names.keyboard import layout_variants
from desk_app.domain.names.likeness import similarity
from desk_app.domain.names.memory import forget
from desk_app.domain.names.numbers import BEGUN, ENDING, compact, digits, is_number, number_keys, number_readings
from desk_app.domain.names.old_fonts import OldFont, convert_old_font, old_font
from desk_app.domain.names.person_names import NameMatch, NameReason, PersonName, compare
from desk_app.domain.names.scoring import POSSIBLE, FactReason, PairScore, Verdict, possible, score, score_ready
from desk_app.domain.names.search_keys import (
    STEM_END,
    index_tokens,
    other_readings,
    query_tokens,
    slip_keys,
    typed_words,
)
from desk_app.domain.names.sort_keys import LANGUAGES, sort_key
from desk_app.domain.names.stems import Stem, stem
from desk_app.domain.names.word_forms import WordForms, word_forms

__all__ = [
    "ALL_PAIRS",
    "BEGUN",
    "ENDING",
    "LANGUAGES",
    "PAPER_KEY",
    "PHONE_KEY",
    "POSSIBLE",
    "STEM_END",
    "Asked",
    "Comparable",
    "FactReason",
    "NameMatch",
    "NameReason",
    "OldFont",
    "PairScore",
    "PersonFacts",
    "PersonName",
    "ReadyFacts",
    "Stem",
    "Verdict",
    "WordForms",
    "asked",
    "candidate_keys",
    "clean",
    "compact",
    "comparable",
    "compare",
    "convert_old_font",
    "dates_near",
    "digits",
    "forget",
    "index_tokens",
    "is_number",
    "keys_of",
    "layout_variants",
    "loose",
    "neutral",
    "number_keys",
    "number_readings",
    "old_font",
    "other_readings",
    "pairs",
    "possible",
    "query_tokens",
    "ready",
    "score",
    "score_ready",
    "similarity",
    "slip_keys",
    "sort_key",
    "stem",
    "typed_words",
    "word_forms",
]
