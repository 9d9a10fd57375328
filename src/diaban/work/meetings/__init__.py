"""Visits and briefings, one model in two shapes: who meets where on what, what was said, what was concluded; the week's calendar."""
