"""The only place with SQL: the encrypted vault, its change log, and the plain tables projected from it."""

import sys

import sqlcipher3

# sqlite-utils, which the modules of this package import, takes its error classes from the first of these that it can
# import; without the aliases it would catch the standard library's and miss SQLCipher's.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)
