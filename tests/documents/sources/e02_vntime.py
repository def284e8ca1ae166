"""A decision typed in .VnTime with headings in .VnTimeH, years ago: the letters are TCVN3 inside a Word file."""

# ruff: noqa: E501  (a row of a table is a line)
from tests.documents.making.model import Document, Para, Table

DOCUMENT = Document(
    name="quyet-dinh-vntime",
    formats=("docx-vntime",),
    parts=(
        Para("ỦY BAN NHÂN DÂN"),
        Para("TỈNH YÊN BÁI"),
        Para("Số: 1024/QĐ-UBND"),
        Para("Yên Bái, ngày 18 tháng 8 năm 2009"),
        Para("QUYẾT ĐỊNH", "title"),
        Para("Ban hành kế hoạch ứng dụng công nghệ thông tin năm 2010 (minh họa)", "title"),
        Para("Căn cứ Nghị định số 64/2007/NĐ-CP ngày 10/4/2007 của Chính phủ;"),
        Para("I. NHIỆM VỤ"),
        Para("1. Sở Thông tin và Truyền thông chủ trì nâng cấp mạng nội bộ, hoàn thành trước ngày 30/6/2010."),
        Para("2. Các huyện đưa thư điện tử vào công việc, đạt ít nhất 80% văn bản trao đổi qua mạng."),
        Para("II. DANH MỤC NHIỆM VỤ"),
        Table(
            "number title lead coordinating due product",
            ("TT | Tên nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian | Kết quả",),
            (
                "1 | Nâng cấp cổng thông tin điện tử | [Sở Thông tin và Truyền thông:so-tt-tt] | [Văn phòng UBND tỉnh:vp-ubnd-tinh] | Quý II/2010 >> period_end 2010-06-30 | Cổng mới",
                "2 | Lắp đặt phòng họp trực tuyến | [Sở Thông tin và Truyền thông:so-tt-tt] | [Viễn thông Yên Bái:?] | 12/2010 >> period_end 2010-12-31 | 09 điểm cầu",
                "3 | Đào tạo cán bộ chuyên trách | [Sở Nội vụ:so-noi-vu] | [Sở Thông tin và Truyền thông:so-tt-tt] | Hàng năm >> recurring FREQ=YEARLY | 40 người",
            ),
        ),
        Para("TM. ỦY BAN NHÂN DÂN", "right"),
        Para("CHỦ TỊCH", "right"),
        Para("Hoàng Xuân Lộc", "right"),
    ),
    facts={
        "kind": "Quyết định",
        "symbol": "1024/QĐ-UBND",
        "number": "1024",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH YÊN BÁI",
        "place": "Yên Bái",
        "issued_on": "2009-08-18",
        "title": "Ban hành kế hoạch ứng dụng công nghệ thông tin năm 2010 (minh họa)",
        "signer": {"capacity": "TM. ỦY BAN NHÂN DÂN; CHỦ TỊCH", "name": "Hoàng Xuân Lộc"},
    },
    targets=("đạt ít nhất 80% văn bản trao đổi qua mạng | >= 80 % | firm |",),
    deadlines=("trước ngày 30/6/2010 >> moment 2010-06-29 before",),
    references=("64/2007/NĐ-CP",),
)
