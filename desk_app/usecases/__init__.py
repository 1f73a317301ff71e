"""Everything a person can do, one function per action, named as the verb on its button. The first argument is the vault."""
