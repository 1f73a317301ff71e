"""The chapters of the handbook, one module a subject."""
