"""Catalogues of the program's sentences: read, checked, written, and what a reader at a desk corrected in one."""
