"""An urgent telegram as plain text: hours, days counted from its date, weekly reports; figures that are no targets."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para

DOCUMENT = Document(
    name="cong-dien",
    formats=("txt", "docx"),
    parts=(
        Para("ỦY BAN NHÂN DÂN"),
        Para("TỈNH CAO BẰNG"),
        Para("Số: 09/CĐ-UBND"),
        Para("Cao Bằng, ngày 10 tháng 6 năm 2026"),
        Para("CÔNG ĐIỆN", "title"),
        Para("Về việc bảo đảm thông tin liên lạc mùa mưa lũ năm 2026 (minh họa)", "title"),
        Para("Thực hiện Công điện số 68/CĐ-TTg ngày 05/6/2026 của Thủ tướng Chính phủ, Chủ tịch UBND tỉnh yêu cầu:"),
        Para("1. Sở Khoa học và Công nghệ rà soát 1.240 trạm phát sóng, báo cáo kết quả chậm nhất 17 giờ 00 ngày 15/6/2026."),
        Para("2. VNPT Cao Bằng khôi phục tuyến cáp trong vòng 10 ngày kể từ ngày ban hành Công điện này."),
        Para("3. UBND các xã, phường bố trí ít nhất 02 máy phát điện dự phòng cho mỗi trạm."),
        Para("4. Các đơn vị báo cáo hằng tuần, trước Thứ Sáu."),
        Para("5. Công an tỉnh xử lý 03 vụ việc tồn đọng theo Điều 101 Nghị định số 15/2020/NĐ-CP ngày 03/02/2020 của Chính phủ."),
        Para("CHỦ TỊCH", "right"),
        Para("Lê Hải Hòa", "right"),
    ),
    facts={
        "kind": "Công điện", "symbol": "09/CĐ-UBND", "number": "09", "issuer": "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",
        "place": "Cao Bằng", "issued_on": "2026-06-10",
        "title": "Về việc bảo đảm thông tin liên lạc mùa mưa lũ năm 2026 (minh họa)",
        "signer": {"capacity": "CHỦ TỊCH", "name": "Lê Hải Hòa"},
    },
    targets=("ít nhất 02 máy phát điện dự phòng cho mỗi trạm | >= 2 máy | firm |",),
    deadlines=(
        "chậm nhất 17 giờ 00 ngày 15/6/2026 >> moment 2026-06-15",
        "trong vòng 10 ngày kể từ ngày ban hành Công điện này >> moment 2026-06-20",
        "hằng tuần, trước Thứ Sáu >> recurring FREQ=WEEKLY;BYDAY=TH before",
    ),
    references=("68/CĐ-TTg", "15/2020/NĐ-CP"),
)  # fmt: skip
