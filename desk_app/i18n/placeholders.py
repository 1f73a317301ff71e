"""The names in braces that stand in a sentence for its facts."""

import re

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def placeholders(words: str) -> frozenset[str]:
    """The names of the placeholders in the words."""
    return frozenset(PLACEHOLDER.findall(words))
