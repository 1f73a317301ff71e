"""The only place with SQL: the encrypted vault, its change log, and the plain tables projected from it."""
