"""Forms built from the declaration of a kind of record."""
