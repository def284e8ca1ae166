"""A set of criteria in the words people read, made from the data scores are computed from. Pure.

There is no other text of the rules: what is published is this, so it says what the computation does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from tiendo.evaluation.bands import words_of
from tiendo.evaluation.criteria import (
    COMBINE_WORDS,
    COMPLETION_WORDS,
    DEADLINE_WORDS,
    READING_WORDS,
    TRUST_WORDS,
    AtQuota,
    Base,
    Condition,
    Content,
    Criterion,
    Kind,
    Measure,
    Quota,
    Rule,
    TaskRules,
)
from tiendo.evaluation.shaping import decimal_text
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Chapter:
    """A heading and its sentences, in order."""

    title: str
    sentences: tuple[Sentence, ...]


def criterion_words(criterion: Criterion) -> tuple[Sentence, ...]:
    """How one criterion gives its points."""
    return (*_points_words(criterion), *_bounds_words(criterion))


def _bounds_words(criterion: Criterion) -> Iterable[Sentence]:
    if criterion.weight_low is not None or criterion.weight_high is not None:
        low = number(criterion.weight_low) or "–"
        words = _("Khi tính khoảng hạng, trọng số rút trong khoảng riêng: thấp nhất {low}, cao nhất {high}.")
        yield Sentence.of(words, low=low, high=number(criterion.weight_high) or "–")


def _points_words(criterion: Criterion) -> tuple[Sentence, ...]:
    if criterion.kind is Kind.TASK_RESULTS:
        return _task_words(criterion, criterion.tasks or TaskRules())
    if criterion.kind is Kind.DISCIPLINE:
        return (_discipline_words(criterion),)
    if criterion.kind is Kind.QUALITATIVE:
        return (*_level_words(criterion), Sentence.of(_("Chưa có ý kiến thẩm định: thiếu, tính 0 điểm.")))
    return (*_value_words(criterion), Sentence.of(_("Không có số liệu: thiếu, tính 0 điểm.")))


def chapters(content: Content) -> tuple[Chapter, ...]:
    """What holds for the whole set."""
    return (
        Chapter(_("Cách tính chung"), _common(content)),
        Chapter(_("Nhiệm vụ được tính"), _task_common(content)),
        *ranking_chapters(content),
        Chapter(_("Thiết lập, không phải quy định của pháp luật"), tuple(_settings(content))),
    )


def ranking_chapters(content: Content) -> tuple[Chapter, ...]:
    """How scores become overall bands and ranks."""
    return (
        Chapter(_("Xếp loại"), (*_overall(content), *_quota(content))),
        Chapter(_("Xếp hạng"), _ranking(content)),
    )


def _common(content: Content) -> tuple[Sentence, ...]:
    return (
        Sentence.of(
            _("Điểm là tổng điểm các tiêu chí, tối đa {total}; làm tròn một lần đến {decimals} chữ số thập phân."),
            total=number(content.total),
            decimals=content.decimals,
        ),
        Sentence.of(_("Tiêu chí thiếu số liệu tính 0 điểm, ghi “thiếu”, và không bị bỏ ra khỏi tổng.")),
        Sentence.of(_("Hai người thẩm định lệch quá {apart} mức: mời người thứ ba."), apart=content.assessors_apart),
    )


def _task_common(content: Content) -> tuple[Sentence, ...]:
    found = [
        Sentence.of(
            _("Hệ số vai trò: chủ trì {lead}, phối hợp {coordinating}; tính theo vai trò nặng nhất đã giữ trong kỳ."),
            lead=number(content.roles["lead"]),
            coordinating=number(content.roles["coordinating"]),
        ),
        *_weights(content),
        Sentence.of(_("Một mục của kế hoạch tách thành nhiều nhiệm vụ vẫn tính là một, theo phần kém nhất.")),
        Sentence.of(_("Chậm tính theo {deadline}."), deadline=DEADLINE_WORDS[content.deadline]),
    ]
    return (*found, _scope(content), _excuse(content))


def _weights(content: Content) -> Iterable[Sentence]:
    weights = content.task_weights
    for level, points in weights.levels.items():
        words = _("Hệ số nhiệm vụ mức {level}: {points}.")
        yield Sentence.of(words, level=LEVEL_WORDS.get(level, level), points=number(points))
    usual = LEVEL_WORDS.get(weights.usual, weights.usual)
    yield Sentence.of(_("Mục của kế hoạch không nêu riêng: mức {level}."), level=usual)
    for item, level in sorted(weights.items.items()):
        yield Sentence.of(_("Mục {item}: mức {level}."), item=item, level=LEVEL_WORDS.get(level, level))


LEVEL_WORDS = {"high": _("cao"), "medium": _("trung bình"), "low": _("thấp")}


def _scope(content: Content) -> Sentence:
    if content.not_due:
        return Sentence.of(_("Tính mọi nhiệm vụ, kể cả chưa đến hạn; nhiệm vụ hủy bằng văn bản không tính."))
    return Sentence.of(
        _("Tính nhiệm vụ đến hạn trong kỳ và nhiệm vụ không có hạn; gia hạn không đưa nhiệm vụ ra khỏi kỳ.")
    )


def _excuse(content: Content) -> Sentence:
    if content.excused:
        return Sentence.of(
            _("Chậm có nguyên nhân khách quan được xác nhận: không coi là chậm khi xét tỷ lệ, điều kiện.")
        )
    return Sentence.of(_("Chậm có nguyên nhân khách quan vẫn coi là chậm khi xét tỷ lệ, điều kiện."))


def _task_words(criterion: Criterion, rules: TaskRules) -> tuple[Sentence, ...]:
    return (
        Sentence.of(
            _("Trung bình kết quả các mục nhiệm vụ theo hệ số, nhân {weight} điểm."), weight=number(criterion.weight)
        ),
        Sentence.of(_("Mức hoàn thành: {completion}."), completion=COMPLETION_WORDS[rules.completion]),
        Sentence.of(_("Kết quả một nhiệm vụ: {combine}."), combine=COMBINE_WORDS[rules.combine]),
        Sentence.of(
            _("Chậm trừ {delay} %, mỗi lần không đạt chất lượng trừ {failed} %; nguyên nhân khách quan thì không trừ."),
            delay=number(rules.delay * 100),
            failed=number(rules.failed_check * 100),
        ),
        Sentence.of(
            _("Không có minh chứng được chấp nhận: mức báo cáo nhân {factor}."), factor=number(rules.without_evidence)
        ),
        Sentence.of(_("Độ tin cậy của khai báo nhân vào mức báo cáo: {trust}."), trust=TRUST_WORDS[rules.reliability]),
        Sentence.of(
            _(
                "Nhiệm vụ không báo cáo, hoặc chưa xong mà báo cáo đến hạn gần nhất không có: thiếu, tính là chưa làm "
                "gì. Không có nhiệm vụ nào: thiếu, tính 0 điểm."
            )
        ),
    )


def _discipline_words(criterion: Criterion) -> Sentence:
    return Sentence.of(
        _("(Báo cáo đúng hạn + {factor} × báo cáo muộn) ÷ số phải nộp × {weight} điểm; không phải nộp: trọn điểm."),
        factor=number(criterion.late_report),
        weight=number(criterion.weight),
    )


def _level_words(criterion: Criterion) -> Iterable[Sentence]:
    yield Sentence.of(
        _("Theo mức người thẩm định thứ ba chọn; nếu không có, mức thấp hơn của hai người thẩm định; rồi đến đầu mối.")
    )
    for each in criterion.levels:
        yield Sentence.of(
            _("Mức {level} “{name}”, {points} điểm: {rubric} Minh chứng: {evidence}."),
            level=each.level,
            name=each.name,
            points=number(each.points),
            rubric=each.rubric,
            evidence=each.evidence.rstrip("."),
        )


def _value_words(criterion: Criterion) -> Iterable[Sentence]:
    measure = criterion.measure
    if measure is None:
        return
    if measure.indicator:
        words = _("Đọc {what}, mã {indicator}.")
        yield Sentence.of(words, what=READING_WORDS[measure.reads], indicator=measure.indicator)
    else:
        yield Sentence.of(_("Đọc {what}."), what=READING_WORDS[measure.reads])
    if not criterion.bands:
        yield _line_words(criterion, measure)
    for band in criterion.bands:
        words = _("{range}: {points} điểm.")
        yield Sentence.of(words, range=words_of(band, measure.unit), points=number(band.points))


def _line_words(criterion: Criterion, measure: Measure) -> Sentence:
    return Sentence.of(
        _("Từ {zero} {unit} (0 điểm) đến {full} {unit} ({weight} điểm) chia đều; ngoài khoảng lấy mức gần nhất."),
        zero=number(measure.zero_at),
        full=number(measure.full_at),
        unit=measure.unit,
        weight=number(criterion.weight),
    )


def _overall(content: Content) -> Iterable[Sentence]:
    high: Decimal | None = None
    for band in content.overall:
        span = {"name": band.name, "low": number(band.low), "high": number(high)}
        words = _("{name}: từ {low} điểm.") if high is None else _("{name}: từ {low} đến dưới {high} điểm.")
        yield Sentence.of(words, **span)
        for each in band.conditions:
            yield Sentence.of(_("{name}: cần {condition}."), name=band.name, condition=condition_words(each))
        high = band.low
    yield Sentence.of(_("Đủ điểm nhưng thiếu điều kiện: xếp mức cao nhất phía dưới có đủ điều kiện."))


def condition_words(condition: Condition) -> Sentence:
    """A condition of an overall band."""
    words = {
        Rule.ALL_ON_TIME: _("toàn bộ nhiệm vụ hoàn thành đúng hạn"),
        Rule.ALL_COMPLETED: _("hoàn thành toàn bộ nhiệm vụ"),
        Rule.LATE_SHARE: _("số nhiệm vụ chậm không quá {percent} %"),
        Rule.BEYOND_SHARE: _("ít nhất {percent} % nhiệm vụ vượt mức yêu cầu"),
    }
    return Sentence.of(words[condition.rule], percent=number(condition.percent))


def _quota(content: Content) -> Iterable[Sentence]:
    quota: Quota | None = content.quota
    if quota is None:
        return
    names = {band.code: band.name for band in content.overall}
    words = {
        Base.WITH_BEST: _(
            "“{best}” không quá {percent} % (lấy tròn xuống) số đơn vị trong nhóm đạt từ “{lower}” trở lên."
        ),
        Base.WITHOUT_BEST: _("“{best}” không quá {percent} % (lấy tròn xuống) số đơn vị trong nhóm xếp “{lower}”."),
    }
    ties = {
        AtQuota.ALL_OUT: _("Bằng điểm ở ngưỡng: cùng không được xếp mức trên."),
        AtQuota.ALL_IN: _("Bằng điểm ở ngưỡng: cùng được xếp mức trên."),
    }
    percent = number(quota.percent)
    yield Sentence.of(
        words[quota.base], best=names.get(quota.band, quota.band), lower=names.get(quota.of, quota.of), percent=percent
    )
    yield Sentence.of(ties[quota.ties])


def _ranking(content: Content) -> tuple[Sentence, ...]:
    groups = "; ".join(group.name for group in content.groups)
    return (
        Sentence.of(_("Chỉ xếp hạng trong từng nhóm: {groups}."), groups=groups),
        Sentence.of(_("Bằng điểm thì cùng hạng và được nói rõ (1, 2, 2, 4); không dùng tiêu chí phụ.")),
        Sentence.of(
            _("Khoảng hạng: rút lại trọng số trong ±{spread} %, giữ {interval} % ở giữa."),
            spread=number(content.resampling.spread * 100),
            interval=number(content.resampling.interval * 100),
        ),
    )


def _settings(content: Content) -> Iterable[Sentence]:
    for each in content.settings:
        yield Sentence.of(_("{name}: {note}"), name=each.name, note=each.note)


def number(value: Decimal | None) -> str:
    """With a decimal comma; nothing for None."""
    return "" if value is None else decimal_text(value).replace(".", ",")
