"""The words that head annex columns, as they are met in plans; each list is written with bars between."""

from collections.abc import Mapping

from tiendo.intake.extraction.spelling import phrase_key

NUMBER = "tt|stt|số tt|số thứ tự"
LEAD = (
    "cơ quan chủ trì|đơn vị chủ trì|cơ quan, đơn vị chủ trì|đơn vị thực hiện|"
    "cơ quan thực hiện|chủ trì|cơ quan chủ trì thực hiện|đơn vị chủ trì thực hiện|"
    "cơ quan, đơn vị thực hiện|cơ quan chịu trách nhiệm|cơ quan chủ trì theo dõi, đánh giá|"
    "cơ quan theo dõi, đánh giá|cơ quan theo dõi|đơn vị theo dõi"
)
TASK_HEADS: Mapping[str, str] = {
    "number": NUMBER,
    "title": (
        "nhiệm vụ|tên nhiệm vụ|nội dung|nội dung nhiệm vụ|nhiệm vụ, giải pháp|công việc|"
        "nội dung công việc|tên công việc|nhiệm vụ/giải pháp|nhiệm vụ và giải pháp|"
        "nhiệm vụ cụ thể|nội dung thực hiện|nhiệm vụ chủ yếu"
    ),
    "lead": LEAD + "|đơn vị|cơ quan",
    "coordinating": (
        "cơ quan phối hợp|đơn vị phối hợp|phối hợp|cơ quan, đơn vị phối hợp|"
        "cơ quan phối hợp thực hiện|đơn vị phối hợp thực hiện"
    ),
    "due": (
        "thời gian hoàn thành|thời hạn|thời hạn hoàn thành|thời gian|thời gian thực hiện|hạn|"
        "hạn hoàn thành|số ngày dự kiến|tiến độ|tiến độ hoàn thành|tiến độ thực hiện|"
        "thời hạn thực hiện|lộ trình"
    ),
    "product": (
        "sản phẩm|sản phẩm, kết quả|kết quả|kết quả yêu cầu|sản phẩm đầu ra|kết quả, sản phẩm|"
        "sản phẩm dự kiến|kết quả đầu ra|sản phẩm hoàn thành"
    ),
    "head": ("lãnh đạo phụ trách|người chịu trách nhiệm|lãnh đạo chỉ đạo|lãnh đạo phụ trách, chỉ đạo|trách nhiệm"),
    "authority": (
        "cấp trình|thẩm quyền|cấp có thẩm quyền|cấp ban hành|thẩm quyền ban hành|cấp phê duyệt|cấp quyết định"
    ),
    "note": ("ghi chú"),
}
INDICATOR_HEADS: Mapping[str, str] = {
    "number": NUMBER,
    "name": (
        "chỉ tiêu|tên chỉ tiêu|mục tiêu|chỉ số|nội dung chỉ tiêu|chỉ tiêu, mục tiêu|"
        "mục tiêu, chỉ tiêu|tên chỉ số|chỉ tiêu chủ yếu"
    ),
    "unit_text": ("đơn vị|đơn vị tính|đvt|đơn vị đo"),
    "target": ("kết quả|mục tiêu|chỉ tiêu|giá trị|kế hoạch|giá trị mục tiêu|chỉ tiêu kế hoạch|mục tiêu đạt"),
    "lead": LEAD + "|cơ quan|cơ quan chủ trì đánh giá",
    "coordinating": ("cơ quan phối hợp|đơn vị phối hợp|phối hợp"),
    "due": ("thời gian|thời hạn|thời gian hoàn thành|thời hạn hoàn thành"),
    "note": ("ghi chú"),
}


def keys(heads: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Spelling keys of each role's words: a header cell must match one of them whole."""
    return {role: frozenset(map(phrase_key, words.split("|"))) for role, words in heads.items()}


TASK_KEYS = keys(TASK_HEADS)
INDICATOR_KEYS = keys(INDICATOR_HEADS)
