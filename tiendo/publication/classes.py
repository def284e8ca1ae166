"""The class of every stored field, in one table (R048). Pure.

Only fields of class PUBLIC may enter a release (`guard.public_rows`); a field without a class fails a test, so nobody
can add one without deciding. Row numbers (`id`) say nothing of anybody and are public everywhere.
"""

from tiendo.publication.data_class import DataClass as DataClass
from tiendo.publication.oversight_classes import OVERSIGHT_CLASSES

_OPEN, _INSIDE, _PERSON, _SECRET = (
    DataClass.PUBLIC,
    DataClass.INTERNAL,
    DataClass.PERSONAL,
    DataClass.BUSINESS_SECRET,
)

CLASSES: dict[str, dict[DataClass, str]] = {
    "orgs.Unit": {
        _OPEN: "code name short_name folded sort_key kind parent official_id valid_from valid_to reports "
        "made_by withdrawn_at"
    },
    "orgs.UnitAlias": {_OPEN: "unit text folded"},
    "orgs.UnitChange": {
        _OPEN: "kind effective_on decision ended recorded_at undone_at",
        _INSIDE: "note undone_because",
        _PERSON: "recorded_by undone_by",
    },
    "orgs.Succession": {
        _OPEN: "predecessor successor kind effective_on decision is_default functions change undone_at"
    },
    "orgs.Placement": {_OPEN: "unit parent valid_from change undone_at"},
    "orgs.OfficeDay": {_OPEN: "day kind note"},
    "orgs.UnitGroup": {_OPEN: "code name folded"},
    "orgs.GroupMembership": {_OPEN: "group unit valid_from valid_to change undone_at"},
    "accounts.User": {_INSIDE: "password is_active created_at", _PERSON: "username full_name email last_login"},
    "accounts.Absence": {
        _INSIDE: "reason first_day last_day recorded_at ended_at",
        _PERSON: "user substitute recorded_by",
    },
    "accounts.Post": {_OPEN: "unit title", _INSIDE: "role delegated_by valid_from valid_to", _PERSON: "user"},
    "notices.Endpoint": {_INSIDE: "name url salt kinds is_active created_at", _PERSON: "created_by"},
    "notices.Delivery": {
        _INSIDE: "form endpoint digest_on event payload state attempts due_at created_at ended_at error",
        _PERSON: "user",
    },
    "notices.Notice": {
        _INSIDE: "kind pattern filled body url about key at read_at way mail batch",
        _PERSON: "user",
    },
    "notices.Preference": {_INSIDE: "kind way", _PERSON: "user"},
    "notices.Feed": {_INSIDE: "token_hash created_at ended_at", _PERSON: "user"},
    "plans.StoredFile": {_INSIDE: "sha256 size media_type extension stored_at"},
    "plans.Document": {
        _OPEN: "kind symbol number issuer place issued_on title",
        _INSIDE: "file file_name recipients lines",
        _PERSON: "signer",
    },
    "plans.Plan": {_OPEN: "code title owner under", _INSIDE: "created_at"},
    "plans.PlanVersion": {_OPEN: "plan number document in_force_from", _INSIDE: "note created_at"},
    "plans.PlanItem": {_OPEN: "version origin parent document path position kind number text where details"},
    "plans.Annex": {_OPEN: "plan label document mentioned_in"},
    "plans.TaskGroup": {_OPEN: "plan code title short_title position"},
    "plans.Task": {
        _OPEN: "plan group item code number title description product authority position folded followed_from "
        "state percent completed_on last_accepted_on due_on due_kind original_due_on",
        _INSIDE: "not_public_reason starts_on",
    },
    "plans.Milestone": {_INSIDE: "task title due_on done_on added_at removed_at", _PERSON: "added_by"},
    "plans.HigherDocument": {_OPEN: "number key kind issuer issued_on title"},
    "plans.Mandate": {_OPEN: "document plan task quote note recorded_at ended_at", _PERSON: "recorded_by"},
    "plans.Assignment": {_OPEN: "task unit group role printed started_at ended_at"},
    "plans.Handover": {
        _OPEN: "task predecessor successor change source recorded_at undone_at",
        _PERSON: "recorded_by",
    },
    "plans.GroupSupervision": {_OPEN: "group unit source started_at ended_at", _PERSON: "started_by"},
    "plans.TaskTerms": {_OPEN: "version task terms"},
    "plans.Tag": {_OPEN: "code kind name retired_at"},
    "plans.TaskTag": {_OPEN: "task tag put_at taken_at", _PERSON: "put_by"},
    "plans.Charge": {_INSIDE: "task kind valid_from valid_to", _PERSON: "user"},
    "plans.DeadlineLine": {
        _OPEN: "task number raw kind due_on starts_on rrule is_before source recorded_at",
        _INSIDE: "reason",
        _PERSON: "recorded_by",
    },
    "plans.FieldSource": {_OPEN: "task field document where quote note recorded_at", _PERSON: "recorded_by"},
    "plans.TaskTwin": {_INSIDE: "first second score recorded_at", _PERSON: "recorded_by"},
    "plans.TaskIndicator": {_OPEN: "task item recorded_at", _PERSON: "recorded_by"},
    "orgs.Boundary": {_OPEN: "unit geometry source", _INSIDE: "imported_at"},
    "accounts.ApiKey": {_INSIDE: "name token_hash created_at last_used_on ended_at", _PERSON: "user created_by"},
    "indicators.Source": {_OPEN: "code name kind keeper", _INSIDE: "created_at retired_on"},
    "indicators.Batch": {
        _OPEN: "source form row_count taken_count unchanged_count aside_count received_at",
        _INSIDE: "file file_name key digest answer",
        _PERSON: "received_from",
    },
    "indicators.PutAside": {_INSIDE: "batch row raw reasons outcome outcome_note resolved_at", _PERSON: "resolved_by"},
    "indicators.Indicator": {_OPEN: "code catalogue plan item position folded retired_on", _INSIDE: "created_at"},
    "indicators.Passport": {
        _OPEN: "indicator number is_current name definition method expression measure unit_code unit_text decimals "
        "direction firmness levels owner source frequency lag_days first_period over_units over_time weight numerator "
        "denominator measured_kinds slices is_public rests_on recorded_at",
        _INSIDE: "checks not_public_reason",
        _PERSON: "recorded_by",
    },
    "indicators.TaskTie": {_OPEN: "indicator task recorded_at ended_at", _PERSON: "recorded_by"},
    "indicators.ObjectiveTie": {_OPEN: "indicator item recorded_at ended_at", _PERSON: "recorded_by"},
    "indicators.DocumentTie": {_OPEN: "indicator document recorded_at ended_at", _PERSON: "recorded_by"},
    "indicators.TargetLine": {
        _OPEN: "indicator unit purpose due_on category number is_current is_withdrawn comparator value upper "
        "full_value firmness printed plan_version rests_on recorded_at",
        _PERSON: "recorded_by",
    },
    "indicators.Observation": {
        _OPEN: "indicator unit period period_end slice source number status value no_value is_current recorded_at "
        "decided_at",
        _INSIDE: "note evidence evidence_name batch warnings standing reason",
        _PERSON: "recorded_by decided_by",
    },
    "indicators.Figure": {
        _OPEN: "indicator unit period period_end slice origin status value no_value target state progress "
        "not_computable distance flags made_at",
        _INSIDE: "made_from",
    },
    "indicators.Programme": {
        _OPEN: "code title plan owner frequency publish_days in_force_from decision ended_on",
        _INSIDE: "created_at",
        _PERSON: "decided_by created_by",
    },
    "indicators.Objective": {_OPEN: "programme indicator position unit ended_at", _PERSON: "head"},
    "indicators.Measurement": {
        _OPEN: "programme period number content sha256 published_at note",
        _PERSON: "published_by",
    },
    "budget.FundingSource": {_OPEN: "code name is_local_budget position retired_on"},
    "budget.MoneyLine": {
        _OPEN: "task source unit year kind number amount as_of document is_current decided_at",
        _INSIDE: "evidence evidence_name note taken_from state entered_at reason",
        _PERSON: "entered_by decided_by",
    },
    "budget.SpendingLine": {
        _OPEN: "owner year item basis number is_current amount document recorded_at",
        _INSIDE: "note",
        _PERSON: "recorded_by",
    },
    **OVERSIGHT_CLASSES,
    "evaluation.CriteriaSet": {
        _OPEN: "code number title plan content sha256 status decided_at decision in_force_from",
        _INSIDE: "made_at",
        _PERSON: "made_by decided_by",
    },
    "evaluation.CriterionLink": {_OPEN: "criteria criterion indicator item"},
    "evaluation.Cycle": {
        _OPEN: "title year subject criteria plan_version data_from data_to stage conclusion adjustments decision "
        "decided_at published_at",
        _INSIDE: "self_until objection_until opened_at cancel_reason",
        _PERSON: "opened_by decided_by",
    },
    "evaluation.Scorecard": {
        _OPEN: "cycle unit group",
        _INSIDE: "submitted_at",
        _PERSON: "head head_from head_to submitted_by",
    },
    "evaluation.Judgement": {
        _INSIDE: "scorecard criterion voice number is_current level value reason evidence evidence_name said_at",
        _PERSON: "said_by",
    },
    "evaluation.Assessor": {_INSIDE: "cycle group voice named_at ended_at", _PERSON: "user named_by"},
    "evaluation.Objection": {
        _INSIDE: "scorecard criterion text evidence evidence_name raised_at answer answer_text answered_at",
        _PERSON: "raised_by answered_by",
    },
    "evaluation.Snapshot": {
        _OPEN: "cycle number purpose sha256 rule_sha256 heard coverage agreement taken_at",
        _INSIDE: "content",
        _PERSON: "taken_by",
    },
    "evaluation.Result": {
        _OPEN: "snapshot scorecard score band rank tied rank_low rank_high reported_completion outcome_completion",
        _INSIDE: "working",
    },
    "evaluation.ClaimAudit": {
        _OPEN: "plan title year claimed_from claimed_to frame_sha256 frame_size design seed seed_source framed_at "
        "drawn_at result concluded_at published_at",
        _INSIDE: "frame",
        _PERSON: "framed_by drawn_by concluded_by",
    },
    "evaluation.AuditedClaim": {
        _OPEN: "audit task unit place stratum drawn finding",
        _INSIDE: "risk claim finding_text evidence evidence_name found_at",
        _PERSON: "checker found_by",
    },
    "intake.Import": {
        _INSIDE: "file_name form reading lines printed progress progress_at attempts failure annex unit plan base "
        "version status uploaded_at decided_at",
        _PERSON: "uploaded_by decided_by",
        _SECRET: "file",
    },
    "intake.Proposal": {
        _INSIDE: "source kind key position printed edited change current current_ref twins links made_from unshaped "
        "where sure decision decided_at",
        _PERSON: "decided_by",
    },
    "reporting.Period": {
        _OPEN: "plan name data_from data_to opens_at due_at due_text asks_estimate only_units",
        _INSIDE: "schedule slot opened_at closed_at",
    },
    "reporting.Schedule": {
        _OPEN: "plan template asks_estimate commune_days started_on ended_at",
        _PERSON: "started_by ended_by",
    },
    "reporting.PeriodDeadline": {_OPEN: "period level due_at"},
    "reporting.Reopening": {_INSIDE: "duty task reason opened_at until ended_at", _PERSON: "opened_by ended_by"},
    "reporting.ProgrammeEntry": {
        _INSIDE: "plan title held_on report_due_on document period added_at cancelled_at cancel_reason",
        _PERSON: "added_by",
    },
    "reporting.Stay": {
        _INSIDE: "duty desk unit step arrived_at left_at outcome note warned_at escalated_at",
        _PERSON: "user left_by",
    },
    "reporting.ApprovalStep": {_INSIDE: "unit position title valid_from valid_to", _PERSON: "approver"},
    "reporting.Part": {_INSIDE: "entry unit state asked_at due_at"},
    "reporting.PartAnswer": {_INSIDE: "part submission state text answered_at", _PERSON: "answered_by"},
    "reporting.Remark": {_INSIDE: "entry text said_for said_at", _PERSON: "said_by"},
    "reporting.ExtensionRequest": {
        _INSIDE: "task unit due_on reason document_number asked_at opinion opinion_at verdict decision decided_at line",
        _PERSON: "asked_by opinion_by decided_by",
    },
    "reporting.Duty": {
        _OPEN: "period unit due_at",
        _INSIDE: "status nothing_new first_sent_at sent_at accepted_at document_number document_on document_url",
        _PERSON: "sent_by accepted_by",
    },
    # An entry is the draft being written: only which task and which duty it belongs to is public.
    "reporting.Entry": {
        _OPEN: "duty task",
        _INSIDE: "status revision saved_at state percent completed_on result difficulty money_used "
        "money_allocated percent_estimate filled_from",
        _PERSON: "saved_by writer_ids",
    },
    "reporting.Submission": {
        _OPEN: "entry number state percent completed_on result money_used evidence_ids submitted_at verdict decided_at",
        _INSIDE: "difficulty reason money_allocated percent_estimate flags text_length text_head text_tail",
        _PERSON: "drafted_by submitted_by decided_by writer_ids",
    },
    "reporting.Evidence": {
        _OPEN: "document_number document_date",
        _INSIDE: "entry file_name document_url copied_from note added_at removed_at",
        _PERSON: "added_by",
        _SECRET: "file",
    },
    "reporting.UnitWorkbook": {
        _INSIDE: "duty file_name uploaded_at decided_at outcome",
        _PERSON: "uploaded_by decided_by",
        _SECRET: "file",
    },
    "reporting.Urging": {_INSIDE: "unit duty task message sent_at seen_at escalated_at", _PERSON: "sent_by seen_by"},
    "reporting.Reminder": {_INSIDE: "duty days_before sent_at"},
    "reporting.TaskReminder": {_INSIDE: "task unit occasion since sent_at"},
    "reporting.IssuedReport": {
        _INSIDE: "period number issued_at docx pdf workbook figures prose template_number template_hash gaps code seal "
        "log_seq log_head document_number document_on document_url",
        _PERSON: "issued_by",
    },
    "reporting.FrozenReport": {_INSIDE: "period tasks frozen_at", _PERSON: "facts"},
    "reporting.KeptBurden": {_INSIDE: "period burdens counted_at"},
    "reporting.ReportTemplate": {
        _INSIDE: "number text note uploaded_at retired_at",
        _PERSON: "uploaded_by retired_by",
    },
    "reporting.ReportDraft": {_INSIDE: "period part text revision is_own saved_at", _PERSON: "saved_by"},
    "reporting.UnitReport": {_INSIDE: "duty number sent_at docx pdf seal issued_at", _PERSON: "issued_by"},
    "reporting.TrustAnchor": {
        _INSIDE: "name pem fingerprint valid_to added_at removed_at",
        _PERSON: "added_by removed_by",
    },
    "reporting.SignedPaper": {
        _INSIDE: "issued unit_report file outcome is_trusted covers_whole brought_at",
        _PERSON: "answer brought_by",
    },
    "reporting.NationalEntry": {
        _INSIDE: "submission text entered_at undone_at",
        _PERSON: "entered_by undone_by",
    },
    "publication.Release": {
        _OPEN: "plan title status number data_as_of summary decided_at seal log_seq log_head corrects replaced_by "
        "withdrawn_at",
        _INSIDE: "proposed_at reason file",
        _PERSON: "proposed_by decided_by",
    },
    "publication.PublishedItem": {_OPEN: "release path parent_path position kind number text"},
    "publication.PublishedUnit": {
        _OPEN: "release code name kind sort_key counts successor_code successor_name",
    },
    "publication.PublishedTask": {
        _OPEN: "release code position title folded group_code group_title lead_code lead_name unit_codes shared_codes "
        "cell state side percent due_on due_text completed_on updated_on item_path data",
    },
    "publication.PublishedIndicator": {
        _OPEN: "release code position name folded owner_code owner_name state period value data",
    },
}


def class_of(label: str, field: str) -> DataClass:
    """The class of a field of the model "room.Model". Raises LookupError for one nobody has decided on."""
    if field == "id":
        return DataClass.PUBLIC
    for data_class, names in CLASSES.get(label, {}).items():
        if field in names.split():
            return data_class
    raise LookupError(f"{label}.{field} has no class in tiendo/publication/classes.py")
