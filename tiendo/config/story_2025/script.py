"""What happens in the story, and when. Pure: codes, names and days; illustrative."""

from dataclasses import dataclass
from datetime import date

PLAN_CODE = "KH-2025"
PLAN_TITLE = "Kế hoạch chuyển đổi số năm 2025 (minh họa)"
PASSWORD = "minh-hoa-2026"  # noqa: S105 – printed for everybody who tries the story
COORDINATOR, LEADER, ADMINISTRATOR = "dau-moi", "lanh-dao", "quan-tri"

BEGINNING = date(2025, 2, 3)
SIGNED = date(2025, 2, 20)
MERGERS_RECORDED, MERGERS = date(2025, 2, 27), date(2025, 3, 1)
JUNE, JUNE_DUE, JUNE_ISSUED = date(2025, 6, 2), date(2025, 6, 14), date(2025, 6, 20)
DISTRICTS_RECORDED, DISTRICTS_END = date(2025, 6, 27), date(2025, 7, 1)
AMENDED, AMENDMENT_IN_FORCE = date(2025, 9, 8), date(2025, 9, 15)
NOVEMBER, NOVEMBER_DUE, NOVEMBER_ISSUED = date(2025, 11, 3), date(2025, 11, 14), date(2025, 11, 20)
DAYS = (date(2025, 2, 28), MERGERS, date(2025, 6, 30), DISTRICTS_END, AMENDMENT_IN_FORCE, date(2025, 11, 30))


@dataclass(frozen=True)
class Work:
    """A task of the plan: who leads it in February, by its unit's code, and until when."""

    number: int
    title: str
    lead: str
    due_on: date


TASKS = (
    Work(1, "Phủ sóng 5G tại trung tâm các xã", "so-tt-tt", date(2025, 12, 31)),
    Work(2, "Đưa nền tảng tích hợp dữ liệu của tỉnh vào sử dụng", "so-tt-tt", date(2025, 12, 31)),
    Work(3, "Trình cơ chế ưu tiên vốn cho chuyển đổi số", "so-kh-dt", date(2025, 6, 30)),
    Work(4, "Số hóa hồ sơ hạ tầng giao thông", "so-gtvt", date(2025, 9, 30)),
    Work(5, "Hoàn thành cơ sở dữ liệu đất đai", "so-tn-mt", date(2025, 12, 31)),
    Work(6, "Truy xuất nguồn gốc nông sản chủ lực", "so-nn-ptnt", date(2025, 12, 31)),
    Work(7, "Kết nối dữ liệu việc làm", "so-ld-tbxh", date(2025, 12, 31)),
    Work(8, "Đưa thông tin chính sách dân tộc lên mạng", "ban-dan-toc", date(2025, 10, 31)),
    Work(9, "Hỗ trợ doanh nghiệp đổi mới công nghệ", "so-kh-cn", date(2025, 12, 31)),
    Work(10, "Triển khai bệnh án điện tử", "so-y-te", date(2025, 9, 30)),
    Work(11, "Lập tổ công nghệ số cộng đồng huyện Than Uyên", "huyen-than-uyen", date(2025, 12, 31)),
    Work(12, "Lập tổ công nghệ số cộng đồng huyện Tam Đường", "huyen-tam-duong", date(2025, 12, 31)),
)
# By the paper that ended the districts one task goes elsewhere than the rest of its district.
HANDED = {11: ("huyen-than-uyen", "03640")}
HANDED_BY = "Công văn số 2150/UBND-TH ngày 27/06/2025 (minh họa)"
EXTENDED, EXTENDED_TO = 4, date(2026, 6, 30)
TRANSFERRED, TRANSFERRED_TO = 10, "so-kh-cn"
DROPPED = 7
ADDED = Work(13, "Rà soát văn bản quy phạm pháp luật về dữ liệu", "so-tu-phap", date(2026, 3, 31))
AMENDMENT_NUMBER = "1788/QĐ-UBND"
AMENDMENT_TITLE = "Điều chỉnh Kế hoạch chuyển đổi số năm 2025 (minh họa)"
# Those who answer for tasks when reports are asked, and who writes for them.
REPORTING = (
    *("so-kh-cn", "so-tai-chinh", "so-xay-dung", "so-nn-mt", "so-noi-vu", "so-dt-tg", "so-y-te", "so-tu-phap"),
    *("huyen-than-uyen", "huyen-tam-duong", "03640", "03390"),
)
SILENT = {JUNE: frozenset({"so-y-te"}), NOVEMBER: frozenset({"so-noi-vu"})}
# Number of a task → the day it was done, as the report of that round says; all else is under way.
DONE = {
    JUNE: {3: date(2025, 6, 5)},
    NOVEMBER: {3: date(2025, 6, 5), 1: date(2025, 10, 28), 5: date(2025, 10, 30), 8: date(2025, 11, 4)},
}
PERCENT = {JUNE: 30, NOVEMBER: 70}


def code_of(number: int) -> str:
    """The code under which the house follows a task: the plan's code and its number."""
    return f"{PLAN_CODE}-{number:03d}"
