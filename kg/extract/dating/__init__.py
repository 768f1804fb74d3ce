"""Dates: expressions, the day that they count from, and which date belongs to which event."""
