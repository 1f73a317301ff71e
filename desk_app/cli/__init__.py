"""The use cases without a window, for scripts and for those who like to type."""
