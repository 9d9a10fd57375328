"""What is set once for an instance, from the server's command line."""

from datetime import date

from diaban.foundation.ui.models import Instance


def describe_instance(
    *, name: str, notice: str = "", notice_en: str = "", root_unit_id: int | None = None, world_day: date | None = None
) -> None:
    """Say whose instance this is and what every page tells. Not an act: it changes nothing but the frame of the pages."""
    Instance.objects.update_or_create(
        id=1,
        defaults={
            "name": name,
            "notice": notice,
            "notice_en": notice_en,
            "root_unit_id": root_unit_id,
            "world_day": world_day,
        },
    )


def follow_root(*, from_unit_id: int, to_unit_id: int) -> None:
    """The unit at the root of this instance became another: a part of a reform, which is the act and writes the journal."""
    Instance.objects.filter(root_unit_id=from_unit_id).update(root_unit_id=to_unit_id)
