"""Revisions: nobody overwrites what they have not seen."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models

LONGEST = 10  # digits of the greatest revision that a column holds


class StaleRevision(Exception):
    """Someone else changed the row since the actor read it. Holds the row as it is now, to be shown beside."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{type(current).__name__} {current.pk} was changed by someone else")
        self.current = current


def revision_typed(text: str) -> int | None:
    """The revision that a form brought along; None for anything that is none."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None


class Revised(models.Model):
    """An editable row. `revision` grows by one with each act on it."""

    revision = models.PositiveIntegerField(default=1, editable=False)

    READ_BESIDE: tuple[str, ...] = ()  # what every act on the row asks of other tables, read in the same query

    class Meta:
        abstract = True

    @classmethod
    def lock(cls, pk: int, *, expected_revision: int | None = None) -> Self:
        """The row, locked until the transaction ends.

        Raises DoesNotExist, or `StaleRevision` where `expected_revision` is given and is no longer true.
        """
        row = cls._locking().get(pk=pk)
        row.require_revision(expected_revision)
        return row

    @classmethod
    def lock_all(cls, pks: Iterable[int]) -> list[Self]:
        """Those rows that there are, locked in the order of their ids, so that nobody waits in a circle."""
        return list(cls._locking().filter(pk__in=list(pks)).order_by("pk"))

    @classmethod
    def _locking(cls) -> models.QuerySet[Self]:
        manager: models.Manager[Any] = cls._default_manager
        rows = manager.select_related(*cls.READ_BESIDE) if cls.READ_BESIDE else manager.all()
        return rows.select_for_update(of=("self",))

    def require_revision(self, expected: int | None) -> None:
        """Raises `StaleRevision` where an expected revision is given and is no longer true."""
        if expected is not None and self.revision != expected:
            raise StaleRevision(self)

    @classmethod
    def count_up(cls, rows: Iterable[Self]) -> None:
        """Count the revision of several rows up that the transaction has locked."""
        counted = list(rows)
        cls._default_manager.filter(pk__in=[row.pk for row in counted]).update(revision=models.F("revision") + 1)
        for row in counted:
            row.revision += 1

    def save_revision(self, *fields: str) -> None:
        """Save the named fields and count the revision up."""
        self.revision += 1
        self.save(update_fields=[*fields, "revision"])
