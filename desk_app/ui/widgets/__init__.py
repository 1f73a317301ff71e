"""The pieces of the window: each one widget, made with a `Look`, used everywhere. None reads or writes records."""
