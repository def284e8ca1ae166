"""Everything that changes reports: one function per act, each recorded in the log with it."""

from tiendo.reporting.actions.entries import Conflict, repeat_last, save_draft
from tiendo.reporting.actions.evidence import add_document_evidence, add_file_evidence, remove_evidence
from tiendo.reporting.actions.issuing import issue_report
from tiendo.reporting.actions.periods import close_period, create_period, edit_period, open_due_periods, open_period
from tiendo.reporting.actions.reminding import remind_duties
from tiendo.reporting.actions.review import accept_duty, accept_entry, return_entry
from tiendo.reporting.actions.schedules import end_schedule, make_due_periods, start_schedule
from tiendo.reporting.actions.sending import NotReady, send_duty, send_nothing_new
from tiendo.reporting.actions.urging import see_urging, urge_duties, urge_unit

__all__ = [
    "Conflict",
    "NotReady",
    "accept_duty",
    "accept_entry",
    "add_document_evidence",
    "add_file_evidence",
    "close_period",
    "create_period",
    "edit_period",
    "end_schedule",
    "issue_report",
    "make_due_periods",
    "open_due_periods",
    "open_period",
    "remind_duties",
    "remove_evidence",
    "repeat_last",
    "return_entry",
    "save_draft",
    "see_urging",
    "send_duty",
    "send_nothing_new",
    "start_schedule",
    "urge_duties",
    "urge_unit",
]
