"""Everything that oversight changes: one function per act, each recorded in the log with it."""

from tiendo.oversight.actions.amending import bring_into_force, decide_amendment, refuse_amendment, return_amendment
from tiendo.oversight.actions.amending_drafts import (
    confirm_line,
    edit_amendment,
    edit_line,
    remove_line,
    start_amendment,
    submit_amendment,
    take_proposal,
    write_line,
)
from tiendo.oversight.actions.amending_proposals import (
    edit_proposal,
    refuse_proposal,
    return_proposal,
    send_proposal,
    withdraw_proposal,
    write_proposal,
)
from tiendo.oversight.actions.changing_units import change_units, undo_units
from tiendo.oversight.actions.commendations import commend
from tiendo.oversight.actions.difficulties import (
    register_difficulty,
    remove_difficulty,
    send_difficulty,
    stand_difficulty,
    take_back_difficulty,
    withdraw_difficulty,
    write_difficulty,
)
from tiendo.oversight.actions.difficulties_answering import (
    decide_difficulty,
    decline_difficulty,
    follow_decision,
    forward_difficulty,
    return_difficulty,
)
from tiendo.oversight.actions.difficulties_clock import escalate_replies, resume_reply_clock, stop_reply_clock
from tiendo.oversight.actions.directing import add_item, give_direction, register_meeting
from tiendo.oversight.actions.finding import (
    add_finding_file,
    answer_checklist,
    record_finding,
    withdraw_finding,
    write_checklist,
)
from tiendo.oversight.actions.following_up import (
    cancel_follow_up,
    close_follow_up,
    extend_follow_up,
    note_follow_up,
    open_follow_up,
    report_follow_up,
    return_follow_up,
)
from tiendo.oversight.actions.following_up_clock import escalate_follow_ups
from tiendo.oversight.actions.inspecting import (
    announce_inspection,
    begin_inspection,
    cancel_inspection,
    change_inspection,
    conclude_inspection,
    end_team_member,
    name_team,
    plan_inspection,
    plan_inspections,
    recommend,
    record_programme,
)
from tiendo.oversight.actions.pilots import begin_pilot, move_pilot
from tiendo.oversight.actions.related import add_related, review_related
from tiendo.oversight.actions.security import answer_security
from tiendo.oversight.actions.unit_plans import (
    accept_with_register,
    call_for_plans,
    link_detailed,
    read_unit_plan,
    record_unit_plan,
)
from tiendo.oversight.actions.unit_plans_clock import remind_of_plans

__all__ = [
    "accept_with_register",
    "add_finding_file",
    "add_item",
    "add_related",
    "announce_inspection",
    "answer_checklist",
    "answer_security",
    "begin_inspection",
    "begin_pilot",
    "bring_into_force",
    "call_for_plans",
    "cancel_follow_up",
    "cancel_inspection",
    "change_inspection",
    "change_units",
    "close_follow_up",
    "commend",
    "conclude_inspection",
    "confirm_line",
    "decide_amendment",
    "decide_difficulty",
    "decline_difficulty",
    "edit_amendment",
    "edit_line",
    "edit_proposal",
    "end_team_member",
    "escalate_follow_ups",
    "escalate_replies",
    "extend_follow_up",
    "follow_decision",
    "forward_difficulty",
    "give_direction",
    "link_detailed",
    "move_pilot",
    "name_team",
    "note_follow_up",
    "open_follow_up",
    "plan_inspection",
    "plan_inspections",
    "read_unit_plan",
    "recommend",
    "record_finding",
    "record_programme",
    "record_unit_plan",
    "refuse_amendment",
    "refuse_proposal",
    "register_difficulty",
    "register_meeting",
    "remind_of_plans",
    "remove_difficulty",
    "remove_line",
    "report_follow_up",
    "resume_reply_clock",
    "return_amendment",
    "return_difficulty",
    "return_follow_up",
    "return_proposal",
    "review_related",
    "send_difficulty",
    "send_proposal",
    "stand_difficulty",
    "start_amendment",
    "stop_reply_clock",
    "submit_amendment",
    "take_back_difficulty",
    "take_proposal",
    "undo_units",
    "withdraw_difficulty",
    "withdraw_finding",
    "withdraw_proposal",
    "write_checklist",
    "write_difficulty",
    "write_line",
    "write_proposal",
]
