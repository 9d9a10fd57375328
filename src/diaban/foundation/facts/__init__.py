"""Indicators and what was reported for them: collections, values, rollups, recasting."""
