"""Everything that changes plans and tasks: one function per act, each recorded in the log with it."""

from tiendo.plans.actions.amending import amend_task, drop_task
from tiendo.plans.actions.grouping import assign_group, recognise_group
from tiendo.plans.actions.mandates import carry_out, end_mandate
from tiendo.plans.actions.progress import Progress, grant_deadline, record_progress_of_all
from tiendo.plans.actions.supervising import end_branch_supervision, supervise_branch
from tiendo.plans.actions.tasks import (
    assign_unit,
    charge_head,
    charge_officer,
    hide_task,
    set_deadline,
    set_field,
    show_task,
    unassign_unit,
)
from tiendo.plans.actions.ties import link_indicator, tie_twins
from tiendo.plans.actions.versions import attach_annex, create_document, create_plan, create_version
from tiendo.plans.actions.workplan import add_milestone, finish_milestone, remove_milestone, set_start

__all__ = [
    "Progress",
    "add_milestone",
    "amend_task",
    "assign_group",
    "assign_unit",
    "attach_annex",
    "carry_out",
    "charge_head",
    "charge_officer",
    "create_document",
    "create_plan",
    "create_version",
    "drop_task",
    "end_branch_supervision",
    "end_mandate",
    "finish_milestone",
    "grant_deadline",
    "hide_task",
    "link_indicator",
    "recognise_group",
    "record_progress_of_all",
    "remove_milestone",
    "set_deadline",
    "set_field",
    "set_start",
    "show_task",
    "supervise_branch",
    "tie_twins",
    "unassign_unit",
]
