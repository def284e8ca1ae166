"""Conclusions of a meeting: what had been reached, what others wrote, and what each body has to do by when."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para

DOCUMENT = Document(
    name="thong-bao-ket-luan",
    formats=("docx", "pdf", "txt"),
    parts=(
        Para("ỦY BAN NHÂN DÂN", "center"),
        Para("TỈNH LAI CHÂU", "center"),
        Para("Số: 45/TB-UBND", "center"),
        Para("Lai Châu, ngày 09 tháng 02 năm 2026", "right"),
        Para("THÔNG BÁO", "title"),
        Para("Kết luận cuộc họp về tiến độ hệ thống thông tin giải quyết thủ tục hành chính (minh họa)", "title"),
        Para("Sau khi nghe Sở Khoa học và Công nghệ báo cáo, Chủ tịch UBND tỉnh kết luận như sau:"),
        Para("1. Đánh giá chung"),
        Para("Đến ngày 31/01/2026 tỷ lệ hồ sơ trực tuyến đạt 61,5%, thấp hơn mức bình quân. Quy trình nội bộ đã xong 05/02/2026."),
        Para("2. Nhiệm vụ trong thời gian tới"),
        Para("a) Giao Sở Khoa học và Công nghệ chủ trì rà soát toàn bộ quy trình, hoàn thành trước ngày 15/3/2026."),
        Para("b) Sở Tài chính thẩm định dự toán theo Tờ trình số 12/TTr-SKHCN ngày 20/01/2026, trình UBND tỉnh trong tháng 02/2026."),
        Para("c) UBND các xã, phường kiện toàn tổ công nghệ số xong trước 30/4/2026; mở ít nhất 06 lớp hướng dẫn."),
        Para("d) Công an tỉnh làm sạch dữ liệu dân cư, báo cáo kết quả trước ngày 25 hằng tháng."),
        Para("TM. ỦY BAN NHÂN DÂN", "right"),
        Para("CHỦ TỊCH", "right"),
        Para("Lò Văn Thắng", "right"),
    ),
    facts={
        "kind": "Thông báo", "symbol": "45/TB-UBND", "number": "45", "issuer": "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU",
        "place": "Lai Châu", "issued_on": "2026-02-09",
        "title": "Kết luận cuộc họp về tiến độ hệ thống thông tin giải quyết thủ tục hành chính (minh họa)",
        "signer": {"capacity": "TM. ỦY BAN NHÂN DÂN; CHỦ TỊCH", "name": "Lò Văn Thắng"},
    },
    targets=("mở ít nhất 06 lớp hướng dẫn | >= 6 lớp | firm |",),
    deadlines=(
        "trước ngày 15/3/2026 >> moment 2026-03-14 before",
        "trong tháng 02/2026 >> period_end 2026-02-28",
        "trước 30/4/2026 >> moment 2026-04-29 before",
        "trước ngày 25 hằng tháng >> recurring FREQ=MONTHLY;BYMONTHDAY=24 before",
    ),
    references=("12/TTr-SKHCN",),
)  # fmt: skip
