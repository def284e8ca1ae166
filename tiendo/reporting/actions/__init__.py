"""Everything that changes reports: one function per act, each recorded in the log with it."""

from tiendo.reporting.actions.absences import announce_absence
from tiendo.reporting.actions.approval_steps import add_approval_step, end_approval_step, name_document
from tiendo.reporting.actions.asking import record_silence
from tiendo.reporting.actions.drafting import DraftConflict, follow_template, save_part
from tiendo.reporting.actions.entries import Conflict, repeat_last, save_draft
from tiendo.reporting.actions.escalating import escalate_stays
from tiendo.reporting.actions.evidence import add_document_evidence, add_file_evidence, remove_evidence
from tiendo.reporting.actions.extending import (
    advise_extension,
    ask_extension,
    grant_extension,
    refuse_extension,
    withdraw_extension,
)
from tiendo.reporting.actions.forwarding import forward_duty, push_back_duty, recall_duty
from tiendo.reporting.actions.issuing import Unconfirmed, issue_report, note_report_document
from tiendo.reporting.actions.national import enter_national, undo_national
from tiendo.reporting.actions.newcomers import ask_newcomers
from tiendo.reporting.actions.parts import answer_part, settle_dispute, withdraw_dispute
from tiendo.reporting.actions.periods import close_period, create_period, edit_period, open_due_periods, open_period
from tiendo.reporting.actions.programme import add_programme_entry, cancel_programme_entry
from tiendo.reporting.actions.remarks import add_remark
from tiendo.reporting.actions.reminding import remind_duties
from tiendo.reporting.actions.reopening import end_lapsed_reopenings, end_reopening, reopen
from tiendo.reporting.actions.review import Outcome, accept_duty, accept_entries, accept_entry, return_entry
from tiendo.reporting.actions.schedules import end_schedule, make_due_periods, start_schedule
from tiendo.reporting.actions.sending import NotReady, send_duty, send_nothing_new
from tiendo.reporting.actions.signing import add_anchor, bring_signed, remove_anchor
from tiendo.reporting.actions.task_reminding import remind_of_tasks
from tiendo.reporting.actions.templates import retire_template, upload_template
from tiendo.reporting.actions.unit_papers import keep_unit_report
from tiendo.reporting.actions.unit_workbook import OutOfDate, drop_workbook, receive_workbook, take_workbook
from tiendo.reporting.actions.urging import escalate_urgings, see_urging, urge_duties, urge_unit

__all__ = [
    "Conflict",
    "DraftConflict",
    "NotReady",
    "OutOfDate",
    "Outcome",
    "Unconfirmed",
    "accept_duty",
    "accept_entries",
    "accept_entry",
    "add_anchor",
    "add_approval_step",
    "add_document_evidence",
    "add_file_evidence",
    "add_programme_entry",
    "add_remark",
    "advise_extension",
    "announce_absence",
    "answer_part",
    "ask_extension",
    "ask_newcomers",
    "bring_signed",
    "cancel_programme_entry",
    "close_period",
    "create_period",
    "drop_workbook",
    "edit_period",
    "end_approval_step",
    "end_lapsed_reopenings",
    "end_reopening",
    "end_schedule",
    "enter_national",
    "escalate_stays",
    "escalate_urgings",
    "follow_template",
    "forward_duty",
    "grant_extension",
    "issue_report",
    "keep_unit_report",
    "make_due_periods",
    "name_document",
    "note_document",
    "note_report_document",
    "open_due_periods",
    "open_period",
    "push_back_duty",
    "recall_duty",
    "receive_workbook",
    "record_silence",
    "refuse_extension",
    "remind_duties",
    "remind_of_tasks",
    "remove_anchor",
    "remove_evidence",
    "reopen",
    "repeat_last",
    "retire_template",
    "return_entry",
    "save_draft",
    "save_part",
    "see_urging",
    "send_duty",
    "send_nothing_new",
    "settle_dispute",
    "start_schedule",
    "take_workbook",
    "undo_national",
    "upload_template",
    "urge_duties",
    "urge_unit",
    "withdraw_dispute",
    "withdraw_extension",
]
