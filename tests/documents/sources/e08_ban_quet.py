"""A page from a scanner: a picture of a notice, without any text inside."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="thong-bao-quet",
    formats=("pdf-scan",),
    parts=(
        Para("ỦY BAN NHÂN DÂN"),
        Para("TỈNH LÀO CAI"),
        Para("Số: 318/TB-UBND"),
        Para("Lào Cai, ngày 12 tháng 5 năm 2025", "right"),
        Para("THÔNG BÁO", "title"),
        Para("Phân công nhiệm vụ chuẩn bị ngày hội chuyển đổi số (minh họa)", "title"),
        Para("I. YÊU CẦU"),
        Para("- Hoàn thành khâu chuẩn bị trước ngày 01/10/2025."),
        Para("- Ít nhất 40 gian hàng tham gia."),
        Para("II. PHÂN CÔNG"),
        Table(
            "number title lead due product",
            ("TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn | Sản phẩm",),
            (
                "1 | Xây dựng kịch bản ngày hội | [Sở Khoa học và Công nghệ:so-kh-cn] | 30/6/2025 >> moment 2025-06-30 | Kịch bản",
                "2 | Bố trí kinh phí tổ chức | [Sở Tài chính:so-tai-chinh] | Tháng 7/2025 >> period_end 2025-07-31 | Dự toán",
                "3 | Vận động đơn vị tham gia | [Sở Công Thương:so-cong-thuong] | Quý III/2025 >> period_end 2025-09-30 | Danh sách",
                "4 | Bảo đảm an ninh, trật tự | [Công an tỉnh:cong-an-tinh] | 10/10/2025 >> moment 2025-10-10 | Phương án",
            ),
            widths=(1, 6, 5, 3, 3),
        ),
        Para("TM. ỦY BAN NHÂN DÂN", "right"),
        Para("CHỦ TỊCH", "right"),
        Para("Trần Văn Sơn", "right"),
    ),
    facts={
        "kind": "Thông báo",
        "symbol": "318/TB-UBND",
        "number": "318",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH LÀO CAI",
        "place": "Lào Cai",
        "issued_on": "2025-05-12",
        "title": "Phân công nhiệm vụ chuẩn bị ngày hội chuyển đổi số (minh họa)",
        "signer": {"capacity": "TM. ỦY BAN NHÂN DÂN; CHỦ TỊCH", "name": "Trần Văn Sơn"},
    },
    targets=("Ít nhất 40 gian hàng tham gia | >= 40 gian hàng | firm |",),
    deadlines=("trước ngày 01/10/2025 >> moment 2025-09-30 before",),
)
