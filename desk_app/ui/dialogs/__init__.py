"""Before the window: unlocking a desk, and making a new one."""
