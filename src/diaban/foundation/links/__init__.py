"""Typed, dated links between subjects: the chain from a report to its effect and back."""
