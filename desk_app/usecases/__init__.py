"""Everything a person can do: one function per action, named as the verb on its button, the vault first."""
