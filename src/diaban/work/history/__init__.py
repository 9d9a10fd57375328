"""Figures of the past (số lịch sử): an office's own sheets taken in by old unit, and how figures go through the reforms."""
