"""The classes of the fields of `oversight`, a part of the one table in `classes`. Pure."""

from tiendo.publication.data_class import DataClass

_OPEN, _INSIDE, _PERSON = DataClass.PUBLIC, DataClass.INTERNAL, DataClass.PERSONAL

OVERSIGHT_CLASSES: dict[str, dict[DataClass, str]] = {
    "oversight.Amendment": {
        _OPEN: "plan title state version document in_force_from decided_at",
        _INSIDE: "summary base drafted_at submitted_at answer",
        _PERSON: "drafted_by submitted_by decided_by",
    },
    "oversight.AmendmentLine": {_INSIDE: "kind task wanted base reason amendment position removed_at"},
    "oversight.ReplacedValue": {_INSIDE: "line field was source changed_at replaced_at", _PERSON: "changed_by"},
    "oversight.Proposal": {
        _INSIDE: "kind task wanted base reason plan unit state line file written_at sent_at answer answered_at",
        _PERSON: "written_by sent_by answered_by",
    },
    "oversight.Difficulty": {
        _INSIDE: "plan unit submission kind cause_kind title cause measure folded state authority reply_due_on "
        "written_at sent_at decision decision_number decision_file excuses decided_at ended_at escalated_at tasks",
        _PERSON: "written_by decided_by",
    },
    "oversight.DifficultyStay": {_INSIDE: "difficulty desk unit arrived_at left_at act note", _PERSON: "left_by"},
    "oversight.ClockStop": {
        _INSIDE: "difficulty reason stopped_at resume_by resumed_at",
        _PERSON: "stopped_by resumed_by",
    },
    "oversight.InspectionProgramme": {
        _INSIDE: "plan year title decision file recorded_at",
        _PERSON: "recorded_by",
    },
    "oversight.Inspection": {
        _INSIDE: "plan programme kind unit title scope tasks state starts_on ends_on decision decision_file "
        "conclusion conclusion_number conclusion_file concluded_at cancelled_because recorded_at",
        _PERSON: "concluded_by recorded_by",
    },
    "oversight.TeamMember": {_INSIDE: "inspection is_leader ended_at", _PERSON: "user"},
    "oversight.CheckPoint": {_INSIDE: "inspection position text answer note answered_at", _PERSON: "answered_by"},
    "oversight.Finding": {
        _INSIDE: "inspection task submission observation score weight text contradicts draft_key seen_at "
        "recorded_at withdrawn_at withdrawn_because",
        _PERSON: "recorded_by",
    },
    "oversight.FindingFile": {_INSIDE: "finding file name draft_key added_at", _PERSON: "added_by"},
    "oversight.Meeting": {
        _INSIDE: "plan level unit held_on title conclusion conclusion_file recorded_at",
        _PERSON: "chaired_by recorded_by",
    },
    "oversight.Direction": {
        _INSIDE: "plan meeting given_on paper text recorded_at",
        _PERSON: "given_by recorded_by",
    },
    "oversight.FollowUp": {
        _INSIDE: "plan direction inspection finding difficulty unit task text due_on state made_at ended_at "
        "escalated_at",
        _PERSON: "made_by",
    },
    "oversight.FollowUpStep": {_INSIDE: "follow_up act note file due_on at", _PERSON: "by"},
    "oversight.PlanCall": {_OPEN: "plan year due_on source", _INSIDE: "recorded_at", _PERSON: "recorded_by"},
    "oversight.UnitPlan": {
        _OPEN: "call unit number signed_on title detailed",
        _INSIDE: "file recorded_at replaced_at",
        _PERSON: "recorded_by",
    },
    "oversight.RelatedProgramme": {
        _OPEN: "plan number title issued_on reviewer due_on outcome replaced_by",
        _INSIDE: "reason reviewed_at recorded_at",
        _PERSON: "reviewed_by recorded_by",
    },
    "oversight.Pilot": {
        _OPEN: "plan kind task unit supervisor title decision starts_on ends_on stage",
        _INSIDE: "conditions recorded_at",
        _PERSON: "recorded_by",
    },
    "oversight.PilotRecord": {
        _INSIDE: "pilot kind happened_on text paper file recorded_at",
        _PERSON: "recorded_by",
    },
    "oversight.Commendation": {
        _OPEN: "plan unit form decision decided_on tasks indicators",
        _INSIDE: "reason submissions recorded_at",
        _PERSON: "person recorded_by",
    },
    "oversight.SecurityCheck": {_INSIDE: "task item answer note file answered_at replaced_at", _PERSON: "answered_by"},
}
