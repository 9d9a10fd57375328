"""What of a row is sealed, as bytes that are the same on every machine."""

from datetime import UTC, datetime

from diaban.foundation.journal.models import Entry, Reading, Seal
from diaban.lib.merkle import canonical_json, leaf_hash

ENTRY_FIELDS = (
    "id", "verb", "subject_kind", "subject_id", "subject_label", "account_id", "position_id", "organisation_id",
    "actor_label", "mandate_id", "basis", "changes", "request_id",
)  # fmt: skip
READING_FIELDS = ("id", "subject_kind", "subject_id", "account_id", "position_id", "reason")


def moment(at: datetime) -> str:
    """A moment in UTC with microseconds, as text."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def leaf_of(row: Entry | Reading) -> bytes:
    """The RFC 6962 leaf hash of a row, 32 bytes."""
    fields = ENTRY_FIELDS if isinstance(row, Entry) else READING_FIELDS
    content: dict[str, object] = {name: getattr(row, name) for name in fields}
    content |= {"at": moment(row.at), "recorded_at": moment(row.recorded_at), "row": type(row).__name__.lower()}
    if isinstance(row, Entry):
        content["act"] = str(row.act)
    return leaf_hash(canonical_json(content))


def link_content(seal: Seal) -> bytes:
    """What the hash of a seal is taken over: everything it says, the previous seal's hash among it."""
    return canonical_json(
        {
            "number": seal.number,
            "previous_hash": seal.previous_hash,
            "root": seal.root,
            "count": seal.count,
            "first_at": moment(seal.first_at),
            "last_at": moment(seal.last_at),
            "sealed_at": moment(seal.sealed_at),
        }
    )
