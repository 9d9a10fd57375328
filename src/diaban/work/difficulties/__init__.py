"""Khó khăn, kiến nghị: difficulties raised on the ground, who must answer them by when, with what result, and whether those who
raised them agree."""
