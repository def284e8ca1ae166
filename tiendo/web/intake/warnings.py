"""What the file and the way it came in say against each other, before anything is accepted."""

from django.utils.translation import gettext as _

from tiendo.intake.models import Import


def warnings_of(source: Import) -> list[str]:
    """Sentences; each says what to do."""
    reading = source.reading or {}
    annexes = reading.get("annexes") or ()
    present = [annex["label"] for annex in annexes if annex["present"]]
    has_rows = bool(reading.get("tasks") or reading.get("indicators"))
    if source.annex is None and source.plan_id is None and has_rows and not reading.get("items"):
        return [_("Tệp chỉ có phụ lục; hãy bỏ lần nhập này rồi tải lại vào phụ lục còn thiếu của kế hoạch.")]
    if source.annex and present and source.annex.label not in present:
        words = _("Tệp ghi là %(printed)s nhưng được chọn là %(chosen)s; hãy kiểm tra trước khi chấp nhận.")
        return [words % {"printed": ", ".join(present), "chosen": source.annex.label}]
    return []


def is_behind(source: Import) -> bool:
    """Whether the plan got a newer version than the one this file was compared with."""
    return bool(source.base and source.plan and source.plan.versions.filter(number__gt=source.base.number).exists())
