"""Documents come in: a file is kept, read by the worker, shaped and decided by a person, and makes a version.

receive_import    keep a file; the worker reads it (status "đang đọc", then "chờ chấp nhận" or "không đọc được")
start_import      the same, read here and now
receive_workbook  the plan's own workbook, edited and sent back: what its cells changed
read_received     the worker's part; retry_readings asks again for what a dead worker left
edit_proposal     what a person made of one proposal (Conflict: another was quicker); a name tied to a unit is put to
                  use in the undecided ones
decide_proposals  accept, leave out, put back; decide_sure accepts the sure ones of a kind
split_proposal    one row into several; merge_proposals several into one; undo_shaping takes either back
link_indicators   which indicators a task serves
decide_twin       whether a likely twin in another plan is the same task
compare_again     a file that waited while its plan moved on, beside what the plan says now
ask_acceptance    a unit's own plan is ready: its head is told
accept_import     the accepted proposals become the next version of a plan
take_rest         an accepted file once more: what was left out of it then
discard_import    put aside, with a reason
"""

from tiendo.intake.actions.accepting import accept_import
from tiendo.intake.actions.asking import ask_acceptance
from tiendo.intake.actions.comparing import compare_again
from tiendo.intake.actions.deciding import (
    Conflict,
    decide_proposals,
    decide_sure,
    decide_twin,
    discard_import,
    edit_proposal,
    link_indicators,
)
from tiendo.intake.actions.reading import read_received, retry_readings
from tiendo.intake.actions.receiving import receive_import, start_import, take_rest
from tiendo.intake.actions.shaping import merge_proposals, split_proposal, undo_shaping
from tiendo.intake.actions.workbooks import NothingChanged, receive_workbook

__all__ = [
    "Conflict",
    "NothingChanged",
    "accept_import",
    "ask_acceptance",
    "compare_again",
    "decide_proposals",
    "decide_sure",
    "decide_twin",
    "discard_import",
    "edit_proposal",
    "link_indicators",
    "merge_proposals",
    "read_received",
    "receive_import",
    "receive_workbook",
    "retry_readings",
    "split_proposal",
    "start_import",
    "take_rest",
    "undo_shaping",
]
