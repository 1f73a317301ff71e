"""Models for lists of records too long to read at once."""
