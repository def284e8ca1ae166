"""Who issues a numbered document, as texts name them after "của"."""

MINISTRIES = (
    "Khoa học và Công nghệ", "Khoa học, Công nghệ và Môi trường", "Thông tin và Truyền thông", "Nội vụ", "Tài chính",
    "Kế hoạch và Đầu tư", "Công Thương", "Công thương", "Nông nghiệp và Môi trường",
    "Nông nghiệp và Phát triển nông thôn", "Tài nguyên và Môi trường", "Giáo dục và Đào tạo", "Y tế", "Tư pháp",
    "Xây dựng", "Giao thông vận tải", "Giao thông Vận tải", "Lao động - Thương binh và Xã hội",
    "Lao động, Thương binh và Xã hội", "Lao động – Thương binh và Xã hội", "Văn hóa, Thể thao và Du lịch",
    "Văn hoá, Thể thao và Du lịch", "Văn hóa - Thể thao và Du lịch", "Công an", "Quốc phòng", "Ngoại giao",
    "Dân tộc và Tôn giáo", "KHCN", "KH&CN", "TT&TT", "TTTT", "GD&ĐT", "NN&PTNT", "TN&MT", "LĐTBXH", "LĐ-TB&XH",
    "VHTTDL", "VH,TT&DL", "KH&ĐT", "GTVT",
)  # fmt: skip
OFFICES = "|".join(sorted(MINISTRIES, key=len, reverse=True))
PLACE = r"(?:\s{1,3}[A-ZÀ-ỸĐ][a-zà-ỹ]{1,6}){0,4}"
LEVEL = r"(?:tỉnh|thành phố|huyện|thị xã|xã|phường)"
UY_BAN = r"(?:[Ủủ]y|[Uu]ỷ|Ủy|ỦY|UỶ)"

ISSUER = (
    r"(?P<issuer>Bộ Chính trị|Ban Bí thư(?: Trung ương)?(?: Đảng)?|"
    rf"Ban (?:Chấp hành|Thường vụ|thường vụ) (?:Trung ương(?: Đảng)?|Đảng bộ {LEVEL}{PLACE}|"
    rf"(?:Tỉnh|Thành|Huyện|Đảng) (?:ủy|uỷ){PLACE})|Thủ tướng(?: Chính phủ)?|Văn phòng Chính phủ|Chính phủ|"
    rf"Quốc hội|{UY_BAN} ban Thường vụ Quốc hội|"
    rf"Hội nghị Trung ương lần thứ [\wÀ-ỹ]{{1,12}}(?: kh(?:óa|oá)\s?[IVX]{{1,6}})?|"
    rf"(?:Chủ tịch |Thường trực )?(?:UBND|HĐND|{UY_BAN} ban nhân dân|Hội đồng nhân dân) {LEVEL}{PLACE}|"
    rf"(?:Thường trực |Văn phòng )?(?:Tỉnh|Thành|Huyện|Đảng) (?:ủy|uỷ){PLACE}|"
    r"Ban Tổ chức Trung ương|Ban Tuyên giáo(?: và Dân vận)? Trung ương|Ban Chỉ đạo Trung ương|"
    rf"(?:(?:Bộ trưởng )?Bộ|(?:Giám đốc )?Sở)\s{{1,3}}(?:{OFFICES})|Thanh tra Chính phủ|Ủy ban Dân tộc|"
    r"Ngân hàng Nhà nước(?: Việt Nam)?|Kiểm toán nhà nước|Bảo hiểm xã hội Việt Nam)"
)
