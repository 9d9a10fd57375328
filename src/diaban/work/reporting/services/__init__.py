"""Acts on forms, schedules and reports, by subject."""

from diaban.work.reporting.services.choosing import choose_source
from diaban.work.reporting.services.forms import CatalogueMissing, load_forms
from diaban.work.reporting.services.intake import Taken, WorkbookNotTaken, submit_workbook, take_workbook
from diaban.work.reporting.services.places import NotAfterTheLast, set_official_place
from diaban.work.reporting.services.receiving import receive_report, receive_section, return_section
from diaban.work.reporting.services.saving import Saved, save_cells, save_draft
from diaban.work.reporting.services.schedules import (
    Basis,
    NotEndable,
    NotLawful,
    Terms,
    discard_schedule,
    draft_schedule,
    end_schedule,
    redraft_schedule,
    switch_on,
)
from diaban.work.reporting.services.sending import Paper, correct_report, send_report
from diaban.work.reporting.services.sentences import NotASentence, reset_sentence, word_sentence
from diaban.work.reporting.services.snapshots import take_snapshot
from diaban.work.reporting.services.steps import WrongStep
from diaban.work.reporting.services.supplying import supply_figures, supply_period
from diaban.work.reporting.services.typed_for import confirm_typing, type_for_unit
from diaban.work.reporting.services.writing import (
    NotAsked,
    NotReady,
    open_report,
    send_back_inside,
    submit_for_check,
    submit_for_signature,
)
from diaban.work.reporting.supplies import NotSupplied

__all__ = [
    "Basis",
    "CatalogueMissing",
    "NotASentence",
    "NotAfterTheLast",
    "NotAsked",
    "NotEndable",
    "NotLawful",
    "NotReady",
    "NotSupplied",
    "Paper",
    "Saved",
    "Taken",
    "Terms",
    "WorkbookNotTaken",
    "WrongStep",
    "choose_source",
    "confirm_typing",
    "correct_report",
    "discard_schedule",
    "draft_schedule",
    "end_schedule",
    "load_forms",
    "open_report",
    "receive_report",
    "receive_section",
    "redraft_schedule",
    "reset_sentence",
    "return_section",
    "save_cells",
    "save_draft",
    "send_back_inside",
    "send_report",
    "set_official_place",
    "submit_for_check",
    "submit_for_signature",
    "submit_workbook",
    "supply_figures",
    "supply_period",
    "switch_on",
    "take_snapshot",
    "take_workbook",
    "type_for_unit",
    "word_sentence",
]
