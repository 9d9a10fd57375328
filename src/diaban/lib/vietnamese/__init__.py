"""How Vietnamese is folded, sorted, dated, counted and capitalised."""

from diaban.lib.vietnamese.dates import format_date, format_date_long, weekday_name
from diaban.lib.vietnamese.folding import fold, loose_key, nfc, trigrams
from diaban.lib.vietnamese.numbers import BadNumber, format_number, parse_number
from diaban.lib.vietnamese.places import is_named_after_someone, title_place
from diaban.lib.vietnamese.sorting import sort_key
from diaban.lib.vietnamese.words import number_in_words, roman

__all__ = [
    "BadNumber",
    "fold",
    "format_date",
    "format_date_long",
    "format_number",
    "is_named_after_someone",
    "loose_key",
    "nfc",
    "number_in_words",
    "parse_number",
    "roman",
    "sort_key",
    "title_place",
    "trigrams",
    "weekday_name",
]
