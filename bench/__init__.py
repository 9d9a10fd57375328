"""Measured figures against their bars: `python -m bench [NAMES]`, or `make bench ARGS='intake export'`."""
