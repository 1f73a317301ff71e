"""The root of all trouble."""


class Trouble(Exception):
    """The root of everything a person can act on."""
