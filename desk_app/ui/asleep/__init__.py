"""Whether the computer went to sleep or somebody else took the screen: then the desk locks."""

from desk_app.ui.asleep.watch import AsleepWatch

__all__ = ["AsleepWatch"]
