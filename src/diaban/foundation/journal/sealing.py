"""Sealing: the rows that are committed and unsealed become the next link of the chain."""

import hashlib
from datetime import datetime

from django.db import connection, transaction

from diaban.foundation.journal.leaves import leaf_of, link_content
from diaban.foundation.journal.models import Entry, Reading, Seal
from diaban.lib.merkle import root

LARGEST_SEAL = 20_000
FIRST_PREVIOUS = "0" * 64
POINTERS = ["seal", "position_in_seal"]


@transaction.atomic
def seal(*, at: datetime) -> Seal | None:
    """Seal up to `LARGEST_SEAL` rows, in order of their sequence; None where nothing waits. One sealer at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('diaban.journal.seal'))")
    entries = list(Entry.objects.filter(seal=None).order_by("id")[:LARGEST_SEAL])
    readings = list(Reading.objects.filter(seal=None).order_by("id")[:LARGEST_SEAL])
    rows: list[Entry | Reading] = [*entries, *readings]
    if not rows:
        return None
    link = _next_link(rows, at)
    _point(rows, link)
    Entry.objects.bulk_update(entries, POINTERS, batch_size=2000)
    Reading.objects.bulk_update(readings, POINTERS, batch_size=2000)
    return link


def _next_link(rows: list[Entry | Reading], at: datetime) -> Seal:
    leaves = [leaf_of(row) for row in rows]
    last = Seal.objects.order_by("-number").first()
    link = Seal(
        number=last.number + 1 if last else 1,
        previous_hash=last.hash if last else FIRST_PREVIOUS,
        root=root(leaves).hex(),
        count=len(rows),
        leaves=b"".join(leaves),
        first_at=min(row.at for row in rows),
        last_at=max(row.at for row in rows),
        sealed_at=at,
    )
    link.hash = hashlib.sha256(link_content(link)).hexdigest()
    link.save()
    return link


def _point(rows: list[Entry | Reading], link: Seal) -> None:
    for position, row in enumerate(rows):
        row.seal = link
        row.position_in_seal = position


def head() -> str:
    """The hash of the newest seal, to be printed on papers and shown to the public; "" before the first."""
    newest = Seal.objects.order_by("-number").values_list("hash", flat=True).first()
    return newest or ""
