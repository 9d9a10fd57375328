"""Papers as JSON, so that a draft can be stored, compared and rendered again to the same bytes."""

import dataclasses
import types
import unicodedata
from datetime import date
from typing import Any, Final, Union, cast, get_args, get_origin, get_type_hints

from diaban.foundation.documents.content import (
    BadPaper,
    Block,
    Bullets,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Spacer,
    Table,
)

FORMAT: Final = 1
_BLOCKS: Final[dict[str, type[Block]]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "bullets": Bullets,
    "table": Table,
    "picture": Picture,
    "spacer": Spacer,
    "page_break": PageBreak,
}
_TAGS: Final = {kind: tag for tag, kind in _BLOCKS.items()}


def to_json(paper: Paper) -> dict[str, Any]:
    """The paper as strings, numbers, lists and dictionaries; texts are NFC, as TCVN 6909:2001 wants, and printable."""
    return {"format": FORMAT, **cast(dict[str, Any], _plain(paper))}


def block_to_json(block: Block) -> dict[str, Any]:
    """One block as in `to_json`, with its kind under `block`."""
    return cast(dict[str, Any], _plain(block))


def from_json(raw: dict[str, Any]) -> Paper:
    """The paper that `to_json` wrote. Raises `BadPaper` for anything else."""
    if raw.get("format") != FORMAT:
        raise BadPaper(f"stored paper of format {raw.get('format')!r}, this program reads {FORMAT}")
    body = {key: value for key, value in raw.items() if key != "format"}
    return cast(Paper, _made(Paper, body))


def printable(paper: Paper) -> Paper:
    """The same paper with every text in NFC and without characters that no file format can hold."""
    return from_json(to_json(paper))


def _plain(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {item.name: _plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
        tag = _TAGS.get(cast(type[Block], type(value)))
        return {"block": tag, **fields} if tag else fields
    return value


def clean(text: str) -> str:
    """NFC; control characters but the line break go, as do lone surrogates and non-characters: XML refuses them."""
    kept = (
        " " if char == "\t" else char
        for char in unicodedata.normalize("NFC", text)
        if char in "\n\t" or (unicodedata.category(char) not in {"Cc", "Cs"} and ord(char) & 0xFFFE != 0xFFFE)
    )
    return "".join(kept)


def _made(hint: Any, raw: Any) -> Any:
    """Build what the type `hint` says from JSON; `raw` is whatever the JSON held."""
    try:
        if get_origin(hint) is tuple:
            return tuple(_made(get_args(hint)[0], item) for item in raw)
        if get_origin(hint) in (Union, types.UnionType):
            return _made_of_union(get_args(hint), raw)
        if dataclasses.is_dataclass(hint):
            hints = get_type_hints(hint)
            return cast(Any, hint)(**{name: _made(hints[name], item) for name, item in raw.items()})
        return date.fromisoformat(raw) if hint is date else raw
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, BadPaper):
            raise
        raise BadPaper(f"stored paper: {raw!r:.80} is no {hint}") from error


def _made_of_union(choices: tuple[Any, ...], raw: Any) -> Any:
    if raw is None:
        return None
    if isinstance(raw, dict) and "block" in raw:
        fields = {key: value for key, value in raw.items() if key != "block"}
        return _made(_BLOCKS[raw["block"]], fields)
    return _made(next(choice for choice in choices if choice is not type(None)), raw)
