"""A task's report as a block of text for the national system, which takes it by hand and has no public way in. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from gettext import gettext as _

from tiendo.ui.formats import percent_number


class NationalState(StrEnum):
    """Whether what was copied is still what was last accepted."""

    NEVER = "never"
    CHANGED = "changed"
    ENTERED = "entered"


NATIONAL_WORDS: dict[NationalState, str] = {
    NationalState.NEVER: _("Chưa cập nhật"),
    NationalState.CHANGED: _("Đã đổi từ lần cập nhật"),
    NationalState.ENTERED: _("Đã cập nhật"),
}


@dataclass(frozen=True)
class Limits:
    """The most letters the fields of the national system take."""

    title: int
    result: int
    documents: int


def text_block(
    *, title: str, state: str, percent: Decimal | None, result: str, documents: Sequence[str], limits: Limits
) -> str:
    """Four lines: task, result, progress, documents. What is too long ends in an ellipsis at a whole word."""
    progress = f"{state}, {percent_number(percent)}%" if percent is not None else state
    return "\n".join(
        (
            _("Nhiệm vụ: %s") % shortened(title, limits.title),
            _("Kết quả: %s") % (shortened(result, limits.result) or _("không có nội dung mới")),
            _("Tiến độ: %s") % progress,
            _("Văn bản: %s") % (shortened("; ".join(documents), limits.documents) or _("không có")),
        )
    )


def shortened(text: str, most: int) -> str:
    """The text on one line, with at most so many letters, the ellipsis among them."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    whole = kept.rpartition(" ")[0] if not text[most - 1].isspace() else kept
    return (whole or kept).rstrip(" ,;.") + "…"


def national_state(accepted: int, entered: Sequence[int]) -> NationalState:
    """From the newest accepted submission of a task and those of its submissions that were copied."""
    if accepted in entered:
        return NationalState.ENTERED
    return NationalState.CHANGED if entered else NationalState.NEVER
