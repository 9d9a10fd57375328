"""Forms and their versions; schedules; reports, their versions and what became of each section."""

from diaban.work.reporting.models.choices import SourceChoice
from diaban.work.reporting.models.drafts import FormDraft
from diaban.work.reporting.models.forms import (
    Check,
    Form,
    FormVersion,
    Mode,
    Narrative,
    Provider,
    Required,
    Row,
    RowMember,
    Section,
)
from diaban.work.reporting.models.places import OfficialPlace
from diaban.work.reporting.models.reports import Report, ReportVersion, SectionState
from diaban.work.reporting.models.schedules import Deadline, Schedule
from diaban.work.reporting.models.sentences import StockSentence
from diaban.work.reporting.models.snapshots import Snapshot, SnapshotPart

__all__ = [
    "Check",
    "Deadline",
    "Form",
    "FormDraft",
    "FormVersion",
    "Mode",
    "Narrative",
    "OfficialPlace",
    "Provider",
    "Report",
    "ReportVersion",
    "Required",
    "Row",
    "RowMember",
    "Schedule",
    "Section",
    "SectionState",
    "Snapshot",
    "SnapshotPart",
    "SourceChoice",
    "StockSentence",
]
