"""Papers to lay out in tests: one like a province's periodic report, one written to break things."""

from datetime import UTC, date, datetime

from tiendo.papers.model import (
    Align,
    Annex,
    BandRow,
    Block,
    Bullet,
    Column,
    ColumnGroup,
    Heading,
    Paper,
    Paragraph,
    Ref,
    Run,
    Signature,
    TableBlock,
)
from tiendo.papers.wording import numbered

MADE_AT = datetime(2026, 6, 15, 3, 30, tzinfo=UTC)
LETTERS = "ăắằẳẵặâấầẩẫậêếềểễệôốồổỗộơớờởỡợưứừửữựáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵđĐ"
HOSTILE = '</w:t></w:r> & "x" \x00\x0b #panic("out") [a] $y$ \\ `z` *đậm* _ng_ @key <a> //c /*d*/ 漢 \ud800'
SENTENCE = (
    "Các sở, ban, ngành và Ủy ban nhân dân các xã, phường đã chủ động bám sát kế hoạch, cụ thể hóa nhiệm vụ được "
    "giao thành việc có người chịu trách nhiệm, có thời hạn và có sản phẩm; kết quả được cập nhật thường xuyên. "
)


def words(text: str) -> Paragraph:
    """One plain paragraph."""
    return Paragraph((Run(text),))


def task_table(count: int) -> TableBlock:
    """Rows like those of a province's task annex."""
    columns = (
        Column("STT", 5, Align.CENTER),
        Column("Nhiệm vụ", 30),
        Column("Sản phẩm", 18),
        Column("Cơ quan chủ trì", 16),
        Column("Thời hạn", 10, Align.CENTER),
        Column("Tiến độ (%)", 8, Align.RIGHT),
        Column("Kết quả đến kỳ báo cáo", 23),
    )
    rows: list[tuple[str, ...] | BandRow] = []
    for at in range(1, count + 1):
        if at % 12 == 1:
            rows.append(BandRow(f"Nhóm {at // 12 + 1}. Hạ tầng số và dữ liệu dùng chung"))
        name = f"Hoàn thiện hạ tầng kết nối số tại xã vùng cao, đợt {at}"
        rows.append(
            (str(at), name, "Báo cáo nghiệm thu", "Sở Khoa học và Công nghệ", "30/11/2026", "62,5", "Đang thi công")
        )
    return TableBlock(columns, tuple(rows), mark_rows=True)


def money_table() -> TableBlock:
    """A small table in the body with grouped columns and a total."""
    columns = (
        Column("Nguồn vốn", 40),
        Column("Giao", 20, Align.RIGHT),
        Column("Giải ngân", 20, Align.RIGHT),
        Column("Tỷ lệ (%)", 20, Align.RIGHT),
    )
    rows = (
        ("Ngân sách trung ương", "12.500", "7.812,5", (Run("62,5"), Ref((1, 2)))),
        ("Ngân sách tỉnh", "8.000", "7.968", (Run("99,6"), Ref((3, 4, 5, 9)))),
    )
    groups = (ColumnGroup("", 1), ColumnGroup("Số tiền (triệu đồng)", 2), ColumnGroup("", 1))
    return TableBlock(columns, rows, total=("Cộng", "20.500", "15.780,5", "76,9"), groups=groups)


def sample_body() -> tuple[Block, ...]:
    """Three pages of report."""
    return numbered(
        (
            words("Thực hiện nhiệm vụ được giao, Sở Khoa học và Công nghệ báo cáo kết quả sáu tháng đầu năm như sau:"),
            Heading(1, "Công tác lãnh đạo, chỉ đạo"),
            Paragraph((Run("Đã ban hành 14 văn bản"), Ref((1, 2, 3, 7)), Run(" hướng dẫn, đôn đốc. " + SENTENCE * 2))),
            Heading(1, "Kết quả thực hiện"),
            Heading(2, "Thể chế, chính sách"),
            words(SENTENCE * 3),
            Bullet((Run("Hoàn thành đúng hạn: "), Run("28 nhiệm vụ", bold=True), Ref((4, 5, 6)), Run(";"))),
            Bullet((Run("Quá hạn: 02 nhiệm vụ "), Run("(có nêu lý do tại phụ lục)", italic=True), Run("."))),
            Heading(2, "Hạ tầng số"),
            Heading(3, "Kết nối đến thôn, bản"),
            words(SENTENCE * 4),
            Heading(3, "Trung tâm dữ liệu"),
            words(SENTENCE * 3),
            Heading(1, "Kinh phí"),
            words("Tình hình giao và giải ngân vốn như sau:"),
            money_table(),
            Heading(1, "Khó khăn, vướng mắc và kiến nghị"),
            words(SENTENCE * 4),
            words(SENTENCE * 4),
            words("Trên đây là báo cáo của Sở Khoa học và Công nghệ, kính trình Ủy ban nhân dân tỉnh xem xét."),
        )
    )


def sample_paper(*, tasks: int = 40, illustrative: bool = True, issued_on: date | None = None) -> Paper:
    """A periodic report with two annexes, one of them landscape."""
    indicators = TableBlock(
        (Column("Chỉ tiêu", 60), Column("Đơn vị", 20, Align.CENTER), Column("Kết quả", 20, Align.RIGHT)),
        (("Tỷ lệ hộ có cáp quang", "%", "81,3"), ("Số doanh nghiệp công nghệ", "doanh nghiệp", "47")),
    )
    return Paper(
        parent_agency="Ủy ban nhân dân tỉnh Lai Châu",
        issuing_agency="Sở Khoa học và Công nghệ",
        symbol="BC-SKHCN",
        place="Lai Châu",
        year=2026,
        kind_title="Báo cáo",
        summary="Kết quả thực hiện Kế hoạch phát triển khoa học, công nghệ,\nđổi mới sáng tạo và chuyển đổi số "
        "6 tháng đầu năm 2026",
        body=sample_body(),
        signature=Signature(("KT. Giám đốc",), "Phó Giám đốc", "Nguyễn Văn Minh Họa"),
        issued_on=issued_on,
        addressees=("Ủy ban nhân dân tỉnh Lai Châu",),
        recipients=("Sở Tài chính", "Lãnh đạo Sở", "Lưu: VT, KHTC"),
        annexes=(
            Annex("Phụ lục I", "Danh mục nhiệm vụ và tiến độ thực hiện", (task_table(tasks),), landscape=True),
            Annex("Phụ lục II", "Các chỉ tiêu chủ yếu", (indicators,)),
        ),
        footer_note="Đầu chuỗi nhật ký: 9f2c4e01a7b3d865",
        illustrative=illustrative,
    )


def hostile_paper() -> Paper:
    """Every text is an attempt to leave its place."""
    column = Column(HOSTILE, 1)
    return Paper(
        parent_agency=HOSTILE,
        issuing_agency=HOSTILE,
        symbol=HOSTILE,
        place=HOSTILE,
        year=2026,
        kind_title=HOSTILE,
        summary=HOSTILE,
        body=(
            Heading(1, HOSTILE, HOSTILE),
            words(HOSTILE + LETTERS),
            Bullet((Run(HOSTILE, bold=True), Ref((1, 99)))),
            TableBlock((column, column), ((HOSTILE, (Run(HOSTILE),)), BandRow(HOSTILE)), total=("", HOSTILE)),
        ),
        signature=Signature((HOSTILE,), HOSTILE, HOSTILE),
        number=HOSTILE,
        addressees=(HOSTILE, HOSTILE),
        recipients=(HOSTILE,),
        annexes=(Annex(HOSTILE, HOSTILE, (words(HOSTILE * 40), task_table(2))),),
        footer_note=HOSTILE,
    )
