"""Figures from other systems (CSV, XLSX, DHIS2) taken into collections of their own, tried first; and figures given out so."""
