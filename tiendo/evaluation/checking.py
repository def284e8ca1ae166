"""Everything that is wrong with a set of criteria, in sentences that name the place. Pure."""

import re
from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from gettext import gettext as _
from itertools import combinations

from tiendo.evaluation.bands import criterion_faults, overall_faults
from tiendo.evaluation.criteria import Content, Criterion, Kind, Reading, Rule, shaped_content
from tiendo.evaluation.shaping import Misfit
from tiendo.evaluation.weights import weight_faults
from tiendo.ui.sentences import Sentence

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
NEEDS_PERCENT = frozenset({Rule.LATE_SHARE, Rule.BEYOND_SHARE})
NEEDS_INDICATOR = frozenset({Reading.FIGURE_VALUE, Reading.FIGURE_PROGRESS})


def parse(data: object) -> Content:
    """The set from JSON data. Raises `Misfit` with every fault."""
    content = shaped_content(data)
    found = faults(content)
    if found:
        raise Misfit(found)
    return content


def faults(content: Content) -> list[Sentence]:
    """What keeps a set from coming into force, links aside."""
    found = [] if content.title.strip() and content.source.strip() else [Sentence.of(_("Thiếu tên hoặc căn cứ."))]
    if not content.criteria:
        found.append(Sentence.of(_("Bộ tiêu chí chưa có tiêu chí nào.")))
    found += _twice((each.code for each in content.criteria), _("Hai tiêu chí cùng mã {code}."))
    found += _twice((each.code for each in content.overall), _("Hai mức xếp loại cùng mã {code}."))
    found += _twice((each.code for each in content.groups), _("Hai nhóm so sánh cùng mã {code}."))
    found += weight_faults(content) + overall_faults(content) + _whole_faults(content)
    for criterion in content.criteria:
        found += _part_faults(criterion)
    return found


def unlinked(content: Content, linked: Iterable[str]) -> list[Criterion]:
    """Criteria that serve no objective or target of the plan (R004)."""
    known = set(linked)
    return [each for each in content.criteria if each.code not in known]


def _twice(codes: Iterable[str], words: str) -> list[Sentence]:
    listed = list(codes)
    found = [Sentence.of(words, code=code) for code in sorted({each for each in listed if listed.count(each) > 1})]
    odd = sorted({code for code in listed if not CODE.fullmatch(code)})
    return found + [Sentence.of(_("Mã “{code}” chỉ được gồm chữ thường không dấu, số, _ -"), code=c) for c in odd]


def _part_faults(criterion: Criterion) -> list[Sentence]:
    found: list[Sentence] = []
    held = {
        Kind.QUANTITATIVE: criterion.measure is not None,
        Kind.QUALITATIVE: bool(criterion.levels),
        Kind.TASK_RESULTS: criterion.tasks is not None,
        Kind.DISCIPLINE: True,
    }
    if not criterion.name.strip():
        found.append(Sentence.of(_("Tiêu chí {code}: thiếu tên."), code=criterion.code))
    if not held[criterion.kind]:
        return [*found, Sentence.of(_("Tiêu chí {code}: thiếu cách tính điểm của loại này."), code=criterion.code)]
    measure = criterion.measure
    if measure is not None and measure.reads in NEEDS_INDICATOR and not measure.indicator:
        found.append(Sentence.of(_("Tiêu chí {code}: chưa nói đọc chỉ tiêu nào."), code=criterion.code))
    if criterion.tasks is not None:
        shares = [getattr(criterion.tasks, each.name) for each in fields(criterion.tasks)]
        found += _share_faults(criterion.code, [each for each in shares if isinstance(each, Decimal)])
    return found + _share_faults(criterion.code, [criterion.late_report]) + criterion_faults(criterion)


def _share_faults(code: str, shares: list[Decimal]) -> list[Sentence]:
    if all(0 <= each <= 1 for each in shares):
        return []
    return [Sentence.of(_("Tiêu chí {code}: hệ số phải từ 0 đến 1."), code=code)]


def _whole_faults(content: Content) -> list[Sentence]:
    found: list[Sentence] = []
    if not content.groups:
        found.append(Sentence.of(_("Chưa có nhóm so sánh nào.")))
    found += _group_faults(content)
    if not 0 <= content.decimals <= 6:
        found.append(Sentence.of(_("Điểm làm tròn từ 0 đến 6 chữ số thập phân.")))
    if not (0 <= content.resampling.spread < 1 and 0 < content.resampling.interval <= 1):
        found.append(Sentence.of(_("Biên độ trọng số phải từ 0 đến dưới 1, khoảng giữ lại trên 0 đến 1.")))
    for band in content.overall:
        for condition in band.conditions:
            if (condition.rule in NEEDS_PERCENT) != (condition.percent is not None):
                found.append(Sentence.of(_("Mức xếp loại “{name}”: điều kiện thiếu hoặc thừa tỷ lệ."), name=band.name))
    return found + _quota_faults(content)


def _group_faults(content: Content) -> list[Sentence]:
    """A kind of units in two groups would have its cards compared in either."""
    words = _("Nhóm “{one}” và nhóm “{two}” chồng nhau: cùng nhận một loại cơ quan.")
    return [
        Sentence.of(words, one=one.name, two=two.name)
        for one, two in combinations(content.groups, 2)
        if set(one.kinds) & set(two.kinds)
    ]


def _quota_faults(content: Content) -> list[Sentence]:
    quota = content.quota
    if quota is None:
        return []
    codes = [band.code for band in content.overall]
    if quota.band not in codes or quota.of not in codes or codes.index(quota.of) != codes.index(quota.band) + 1:
        return [Sentence.of(_("Giới hạn tỷ lệ: phải nêu hai mức xếp loại liền nhau, mức tốt hơn trước."))]
    if not 0 <= quota.percent <= 100:
        return [Sentence.of(_("Giới hạn tỷ lệ: từ 0 đến 100 %."))]
    return []
