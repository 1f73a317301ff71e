"""Roh: the offline desk program for social reintegration service desks."""

__version__ = "0.1.0"
