"""Reads on sets of criteria: their content, links, faults, and what changed between two versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _

from tiendo.evaluation.checking import faults, unlinked
from tiendo.evaluation.content import criteria_sha256
from tiendo.evaluation.criteria import Content, Criterion, Reading, shaped_content
from tiendo.evaluation.describing import chapters, criterion_words, number
from tiendo.evaluation.models import CriteriaSet, CriterionLink
from tiendo.indicators.models import Passport
from tiendo.indicators.states import Direction
from tiendo.plans.models import PlanItem
from tiendo.ui.sentences import Sentence


@dataclass(frozen=True)
class Change:
    """One criterion, or chapter of the common rules, of two versions: sentences taken out and put in."""

    title: str
    gone: tuple[Sentence, ...]
    come: tuple[Sentence, ...]


def content_of_set(criteria: CriteriaSet) -> Content:
    """The content as data, whatever faults a draft still has."""
    return shaped_content(criteria.content)


def link_rows(links: Iterable[CriterionLink]) -> list[tuple[str, str, str]]:
    """Links in the form that is hashed and frozen: criterion, "indicator" or "item", code or path."""
    return sorted(
        (each.criterion, "indicator", each.indicator.code)
        if each.indicator is not None
        else (each.criterion, "item", each.item.path if each.item else "")
        for each in links
    )


def links_of(criteria: CriteriaSet) -> list[CriterionLink]:
    return list(criteria.links.select_related("indicator", "item"))


def hash_of(criteria: CriteriaSet) -> str:
    """SHA-256 of the content and the links as they stand."""
    return criteria_sha256(criteria.content, link_rows(links_of(criteria)))


def faults_of_set(criteria: CriteriaSet) -> list[Sentence]:
    """Everything that keeps a set from coming into force: faults of the content, criteria without a link (R004),
    indicators and items it names that are not there, a direction that is not the indicator's."""
    content = content_of_set(criteria)
    found = faults(content)
    for each in unlinked(content, {link.criterion for link in criteria.links.all()}):
        words = _("Tiêu chí {code} “{name}” chưa gắn với mục tiêu, chỉ tiêu nào của kế hoạch.")
        found.append(Sentence.of(words, code=each.code, name=each.name))
    return [*found, *_measure_faults(content), *_item_faults(criteria, content)]


def hidden_measures(criteria: CriteriaSet) -> list[Sentence]:
    """Criteria that read an indicator whose figures are not public now: their points would give its value away."""
    measured = [(each.code, each.measure.indicator) for each in content_of_set(criteria).criteria if each.measure]
    rows = Passport.objects.in_force().filter(indicator__code__in=[code for _of, code in measured], is_public=False)
    hidden = set(rows.values_list("indicator__code", flat=True))
    words = _("Tiêu chí {criterion} đọc chỉ tiêu {code} không công bố.")
    return [Sentence.of(words, criterion=of, code=code) for of, code in measured if code in hidden]


def _measure_faults(content: Content) -> list[Sentence]:
    measured = [each for each in content.criteria if each.measure is not None and each.measure.indicator]
    wanted = {each.measure.indicator for each in measured if each.measure}
    rows = Passport.objects.in_force().filter(indicator__code__in=wanted).values_list("indicator__code", "direction")
    known = dict(rows)
    found: list[Sentence] = []
    for each in measured:
        code = each.measure.indicator if each.measure else ""
        if code not in known:
            words = _("Tiêu chí {criterion}: không có chỉ tiêu mã {code}.")
            found.append(Sentence.of(words, criterion=each.code, code=code))
        elif _against(each, known[code]):
            words = _("Tiêu chí {criterion}: điểm đi ngược chiều tốt của chỉ tiêu {code}.")
            found.append(Sentence.of(words, criterion=each.code, code=code))
    return found


def _against(criterion: Criterion, direction: str) -> bool:
    """Whether points by the value of a figure fall where the indicator should rise, or the other way round."""
    measure = criterion.measure
    if measure is None or measure.reads is not Reading.FIGURE_VALUE:
        return False
    ends = [criterion.bands[0].points, criterion.bands[-1].points] if criterion.bands else []
    if not ends and measure.zero_at is not None and measure.full_at is not None:
        ends = [measure.zero_at, measure.full_at]
    if not ends or ends[0] == ends[-1]:
        return False
    rises = ends[0] < ends[-1]
    return (direction == Direction.UP and not rises) or (direction == Direction.DOWN and rises)


def _item_faults(criteria: CriteriaSet, content: Content) -> list[Sentence]:
    wanted = set(content.task_weights.items)
    known = PlanItem.objects.filter(version__plan=criteria.plan_id, path__in=wanted).values_list("path", flat=True)
    words = _("Hệ số nhiệm vụ: kế hoạch không có mục {item}.")
    return [Sentence.of(words, item=item) for item in sorted(wanted - set(known))]


def changes(was: Content, now: Content) -> list[Change]:
    """What reads otherwise in `now`, criterion by criterion and then the common rules; nothing that reads the same."""
    before = {each.code: (each.name, _sentences(each)) for each in was.criteria}
    after = {each.code: (each.name, _sentences(each)) for each in now.criteria}
    found = [
        _change(after.get(code, before.get(code, ("", ())))[0], before.get(code), after.get(code))
        for code in dict.fromkeys([*after, *before])
    ]
    old = {each.title: each.sentences for each in chapters(was)}
    found += [_change(each.title, ("", old.get(each.title, ())), ("", each.sentences)) for each in chapters(now)]
    return [each for each in found if each.gone or each.come]


def _sentences(criterion: Criterion) -> tuple[Sentence, ...]:
    heading = Sentence.of(_("{name}: {weight} điểm."), name=criterion.name, weight=number(criterion.weight))
    return (heading, *criterion_words(criterion))


def _change(
    title: str, was: tuple[str, tuple[Sentence, ...]] | None, now: tuple[str, tuple[Sentence, ...]] | None
) -> Change:
    before, after = (was[1] if was else ()), (now[1] if now else ())
    gone = tuple(each for each in before if each not in after)
    return Change(title, gone, tuple(each for each in after if each not in before))
