"""What the work is: record kinds, names, rules, changes. Standard library only (names: rapidfuzz too)."""
