"""The kinds of reorganisation and the steps of its form, in words."""

from django.utils.translation import gettext_lazy as _

from tiendo.orgs.reorganisation import Kind
from tiendo.web.orgs.change_draft import PREVIEW, TAKERS, TASKS, UNITS

KIND_WORDS = {
    Kind.MERGE: (_("Hợp nhất, sáp nhập"), _("Nhiều đơn vị thành một, hoặc vào một đơn vị đang có.")),
    Kind.RENAME: (_("Đổi tên"), _("Tên cũ ở lại trên giấy tờ cũ; từ nay dùng tên mới.")),
    Kind.SPLIT: (_("Chia, tách"), _("Một đơn vị thành nhiều; việc chia theo chức năng hoặc từng nhiệm vụ.")),
    Kind.DISSOLVE: (_("Giải thể"), _("Đơn vị kết thúc; việc chuyển cho đơn vị đang có.")),
    Kind.CREATE: (_("Thành lập"), _("Đơn vị hoàn toàn mới.")),
    Kind.MOVE: (_("Chuyển cơ quan quản lý"), _("Đơn vị giữ tên, từ nay thuộc cơ quan khác.")),
}
STEP_WORDS = {
    UNITS: _("Việc và văn bản"),
    TAKERS: _("Đơn vị tiếp nhận"),
    TASKS: _("Nhiệm vụ"),
    PREVIEW: _("Xem trước và ghi"),
}
