"""What is typed on the pages of visits and meetings, as clean values."""

from diaban.work.meetings.forms.briefings import ClusterForm, DeclareForm, RegimeForm
from diaban.work.meetings.forms.calendars import (
    ArrangeForm,
    EntryForm,
    ItemForm,
    NoteForm,
    ProgrammeForm,
    written_entry,
    written_item,
)
from diaban.work.meetings.forms.common import file_of
from diaban.work.meetings.forms.holding import ConclusionForm, DifficultyForm, MarkForm, StatementForm
from diaban.work.meetings.forms.planning import (
    AnswerForm,
    AskForm,
    CombinedForm,
    FileForm,
    ListForm,
    MeetingForm,
    MoveForm,
    ReasonForm,
    UpdateForm,
    UpdateLinesForm,
    WordsForm,
    written_move,
)
from diaban.work.meetings.forms.visits import MemberForm, SignedForm, VisitForm, written_members, written_visit

__all__ = [
    "AnswerForm",
    "ArrangeForm",
    "AskForm",
    "ClusterForm",
    "CombinedForm",
    "ConclusionForm",
    "DeclareForm",
    "DifficultyForm",
    "EntryForm",
    "FileForm",
    "ItemForm",
    "ListForm",
    "MarkForm",
    "MeetingForm",
    "MemberForm",
    "MoveForm",
    "NoteForm",
    "ProgrammeForm",
    "ReasonForm",
    "RegimeForm",
    "SignedForm",
    "StatementForm",
    "UpdateForm",
    "UpdateLinesForm",
    "VisitForm",
    "WordsForm",
    "file_of",
    "written_entry",
    "written_item",
    "written_members",
    "written_move",
    "written_visit",
]
