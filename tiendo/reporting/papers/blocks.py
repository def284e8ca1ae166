"""Tables and lists of the consolidated report made whole from records: what "{{…}}" stands for in a template. Pure.

Every figure taken from reports is bound to its key and followed by a raised reference to the accepted records.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from gettext import gettext as _

from tiendo.calendars.deadlines import Cell
from tiendo.papers.model import Align, Block, Column, Heading, Paragraph, Ref, Row, Run, TableBlock
from tiendo.papers.numbers import format_date
from tiendo.plans.rates import share
from tiendo.reporting.papers.consolidation import Figure, ReportFacts, TaskLine, by_group
from tiendo.reporting.papers.figures import group_key
from tiendo.reporting.papers.lengths import NAMED, named
from tiendo.reporting.papers.words import (
    Piece,
    bullet,
    capital,
    figure_words,
    inline,
    lower_first,
    number,
    paragraph,
    percent,
    unstopped,
)
from tiendo.ui.formats import number_text

NONE = "–"

Figures = Mapping[str, Figure]


@dataclass(frozen=True)
class Directive:
    """What a block holds, in words, and how it is made."""

    label: str
    make: Callable[[ReportFacts, Figures], Iterable[Block]]


def _directives(facts: ReportFacts, found: Figures) -> Iterable[Block]:
    if facts.directives:
        yield paragraph(_("Văn bản giao hoặc điều chỉnh nhiệm vụ trong kỳ:"))
    for words, day in facts.directives:
        yield bullet(words + (_(" ngày %s") % format_date(day) if day else ""), ".")


def _documents(facts: ReportFacts, found: Figures) -> Iterable[Block]:
    backing: dict[tuple[str, str], list[int]] = {}
    for line in found["documents"].lines if "documents" in found else ():
        assert line.record is not None
        for words, day in line.record.documents:
            shown = words + (_(" ngày %s") % format_date(day) if day else "")
            backing.setdefault((line.record.unit, shown), []).append(line.record.mark)
    for (unit, shown), marks in list(backing.items())[:NAMED]:
        yield bullet(f"{shown} ({unit})", Ref(tuple(marks)), ".")
    if len(backing) > NAMED:
        yield bullet(_("Các văn bản khác ghi tại Phụ lục III."))


def _cells(facts: ReportFacts, found: Figures) -> Iterable[Block]:
    total = len(found["total"].lines)
    columns = (
        Column(_("Tình trạng"), 6),
        Column(_("Số nhiệm vụ"), 4, Align.CENTER),
        Column(_("Tỷ lệ"), 2, Align.CENTER),
    )
    rows: list[Row] = [
        (
            capital(each.label),
            (number(found[each.value]), *inline(found[each.value])),
            percent(share(len(found[each.value].lines), total)),
        )
        for each in Cell
    ]
    last = (_("Tổng số"), (number(found["total"]), *inline(found["total"])), percent(share(total, total)))
    yield TableBlock(columns, rows, total=last)
    yield Paragraph((Run(_("Tỷ lệ làm tròn xuống một chữ số nên tổng có thể nhỏ hơn 100 %."), italic=True),))


def _groups(facts: ReportFacts, found: Figures) -> Iterable[Block]:
    """One section for each group of the plan: how far it is, and the results told in the period."""
    told = by_group(line for line in facts.counted if line.is_new and line.result.strip())
    whole = sum(map(len, told.values()))
    for group, lines in facts.groups.items():
        yield Heading(2, group)
        yield _group_line(lines, found)
        shown, left = named(told.get(group, ()), whole)
        for line in shown:
            yield bullet(f"{line.title}: {unstopped(line.result)}", line, ".")
        if left:
            yield bullet(_("Kết quả của %s nhiệm vụ khác ghi tại Phụ lục I.") % number_text(left))


def _group_line(lines: tuple[TaskLine, ...], found: Figures) -> Block:
    total, done, overdue, used = (
        found[_key(lines, figure)] for figure in ("total", "done", "open_overdue", "money_used")
    )
    pieces: list[Piece] = [_("Đã hoàn thành "), number(done), "/", number(total), _(" nhiệm vụ"), done]
    if overdue.lines:
        pieces += ["; ", number(overdue), _(" nhiệm vụ quá hạn chưa hoàn thành"), overdue]
    if used.lines:
        pieces += [_("; kinh phí đã sử dụng "), number(used), used]
    if not any(line.is_new for line in lines):
        pieces += [_("; trong kỳ không có báo cáo nào được tiếp nhận")]
    return paragraph(*pieces, ".")


def _key(lines: tuple[TaskLine, ...], figure: str) -> str:
    return group_key(lines[0].group_code, figure)


def _money(facts: ReportFacts, found: Figures) -> Iterable[Block]:
    """Money by group, in million đồng, of the groups that give any."""
    rows: list[Row] = []
    for group, lines in facts.groups.items():
        given, used, rate = (found[_key(lines, figure)] for figure in ("money_allocated", "money_used", "money_rate"))
        if given.lines or used.lines:
            rows.append((group, _amount(given), _amount(used), figure_words(rate) if rate.lines else NONE))
    if not rows:
        return
    columns = (
        Column(_("Nhóm nhiệm vụ"), 9),
        Column(_("Được giao (triệu đồng)"), 4, Align.RIGHT),
        Column(_("Đã sử dụng (triệu đồng)"), 4, Align.RIGHT),
        Column(_("Giải ngân"), 3, Align.CENTER),
    )
    last = (
        _("Tổng số"),
        _amount(found["money_allocated"]),
        _amount(found["money_used"]),
        figure_words(found["money_rate"]) if found["money_rate"].lines else NONE,
    )
    yield TableBlock(columns, rows, total=last)
    if any(line.money_source for line in facts.counted):
        yield paragraph(_("Nơi Sở Tài chính đã xác nhận, số xác nhận thay cho số đơn vị báo cáo."))


def _amount(figure: Figure) -> tuple[Run, ...] | str:
    if not figure.lines or figure.value is None:
        return NONE
    return (Run(number_text(figure.value / 1_000_000), figure=figure.key),)


def _outstanding(facts: ReportFacts, found: Figures) -> Iterable[Block]:
    """Finished, concrete products only: each task finished and told in the period, with what backs it."""
    lines = found["finished"].lines
    shown, left = named(lines, len(lines))
    for line in shown:
        backing = "; ".join(line.record.evidence) if line.record else ""
        words = f"{line.title}: {lower_first(unstopped(line.product or line.result))}"
        yield bullet(words + (f" ({backing})" if backing else ""), line, ".")
    if left:
        yield bullet(_("%s nhiệm vụ khác hoàn thành trong kỳ ghi tại Phụ lục I.") % number_text(left))


def _difficulties(facts: ReportFacts, found: Figures) -> Iterable[Block]:
    whole = len(found["difficulties"].lines)
    for group, lines in by_group(found["difficulties"].lines).items():
        yield Heading(2, group)
        shown, left = named(lines, whole)
        for line in shown:
            unit = line.record.unit if line.record else ""
            yield bullet(f"{unit} – {line.title}: {lower_first(unstopped(line.difficulty))}", line, ".")
        if left:
            words = _("Khó khăn, vướng mắc ở %s nhiệm vụ khác ghi tại trang “Nhiệm vụ” của phụ lục Excel.")
            yield bullet(words % number_text(left))


def _obstacles(facts: ReportFacts, found: Figures) -> Iterable[Block]:
    """The register of difficulties kind by kind; nothing where it holds none."""
    if not facts.obstacles:
        return
    names = ("obstacles", "obstacles_objective", "obstacles_subjective", "obstacles_raised", "obstacles_removed")
    titles = (_("Còn theo dõi"), _("Khách quan"), _("Chủ quan"), _("Gửi trong kỳ"), _("Tháo gỡ trong kỳ"))
    columns = (Column(_("Loại khó khăn, vướng mắc"), 7), *(Column(title, 3, Align.CENTER) for title in titles))
    rows: list[Row] = [
        (
            capital(line.kind),
            *map(number_text, (line.standing, line.objective, line.subjective, line.raised, line.removed)),
        )
        for line in facts.obstacles
    ]
    yield paragraph(_("Sổ theo dõi khó khăn, vướng mắc cuối kỳ, theo loại và nguyên nhân:"))
    yield TableBlock(columns, rows, total=(_("Tổng số"), *((number(found[name]),) for name in names)))


def _overdue(facts: ReportFacts, found: Figures) -> Iterable[Block]:
    return _named(found["open_overdue"])


def _ahead(facts: ReportFacts, found: Figures) -> Iterable[Block]:
    return _named(found["ahead"])


def _named(figure: Figure) -> Iterable[Block]:
    lines = sorted(figure.lines, key=lambda line: (line.due_on is None, line.due_on))
    for line in lines[:NAMED]:
        due = format_date(line.due_on) if line.due_on else ""
        yield bullet(f"{line.title} ({line.lead or _('chưa rõ cơ quan chủ trì')}, {_('hạn')} {due}).")
    if len(lines) > NAMED:
        yield bullet(_("%d nhiệm vụ khác tại Phụ lục I.") % (len(lines) - NAMED))


BLOCKS: dict[str, Directive] = {
    "van-ban-giao-viec": Directive(_("Văn bản giao hoặc điều chỉnh nhiệm vụ trong kỳ"), _directives),
    "van-ban-ban-hanh": Directive(_("Văn bản các đơn vị ban hành trong kỳ, lấy từ minh chứng"), _documents),
    "bon-o": Directive(_("Bảng bốn tình trạng với số nhiệm vụ và tỷ lệ"), _cells),
    "ket-qua-theo-nhom": Directive(_("Mỗi nhóm của kế hoạch một mục, với kết quả trong kỳ"), _groups),
    "kinh-phi-theo-nhom": Directive(_("Bảng kinh phí được giao, đã sử dụng theo nhóm"), _money),
    "ket-qua-noi-bat": Directive(_("Nhiệm vụ hoàn thành trong kỳ với sản phẩm và minh chứng"), _outstanding),
    "kho-khan-theo-nhom": Directive(_("Khó khăn, vướng mắc nêu trong kỳ, xếp theo nhóm"), _difficulties),
    "kho-khan-theo-loai": Directive(_("Sổ theo dõi khó khăn cuối kỳ, xếp theo loại và nguyên nhân"), _obstacles),
    "nhiem-vu-qua-han": Directive(_("Nhiệm vụ quá hạn chưa hoàn thành"), _overdue),
    "nhiem-vu-ky-toi": Directive(_("Nhiệm vụ đến hạn trong kỳ tới"), _ahead),
}
