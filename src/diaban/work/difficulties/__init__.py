"""Difficulties raised on the ground: who must answer, on which clock, with what result, and whether whoever raised them agrees."""
