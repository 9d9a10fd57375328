"""Reads of visits and meetings: lists, one thing, the weekly calendar."""
