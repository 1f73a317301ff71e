"""What comparing names keeps in memory, and how to let go of it."""

from desk_app.domain.names.candidates import forget_stems
from desk_app.domain.names.likeness import forget_matches
from desk_app.domain.names.numbers import forget_numbers
from desk_app.domain.names.search_keys import forget_index_words
from desk_app.domain.names.sort_keys import forget_sort_keys
from desk_app.domain.names.stems import stem
from desk_app.domain.names.token_pairs import forget_pairs
from desk_app.domain.names.tokens import forget_tokens
from desk_app.domain.names.word_forms import forget_word_forms


def forget() -> None:
    """Empties every cache of names: to be called when the vault locks, so that no name outlives its key here."""
    forget_stems()
    forget_numbers()
    forget_word_forms()
    forget_index_words()
    forget_sort_keys()
    forget_matches()
    forget_pairs()
    forget_tokens()
    stem.cache_clear()
