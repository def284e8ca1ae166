"""The words of a period's consolidated report as they stand: the template in force, and what was written over it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tiendo.reporting.models import Period, ReportDraft, ReportTemplate
from tiendo.reporting.papers.consolidation import ReportFacts
from tiendo.reporting.papers.numbers import LooseNumber, loose_numbers
from tiendo.reporting.papers.paper import read_part, read_template, shipped_text
from tiendo.reporting.papers.template import BadTemplate, Part, PartKey, Problem, Template


@dataclass(frozen=True)
class TemplateText:
    """A template with its number (None: the one shipped) and the hash of its text."""

    number: int | None
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class PartText:
    """One part as it stands. `draft` is None while it follows the template; `problems` keep it from being printed,
    `loose` numbers from being issued."""

    part: Part
    draft: ReportDraft | None
    problems: Sequence[Problem]
    loose: Sequence[LooseNumber]

    @property
    def key(self) -> PartKey:
        return self.part.key

    @property
    def is_ready(self) -> bool:
        return not self.problems and not self.loose

    @property
    def is_own(self) -> bool:
        return self.draft is not None and self.draft.is_own

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft else 0


@dataclass(frozen=True)
class ReportText:
    """All parts, and the template they started from."""

    template: TemplateText
    parts: tuple[PartText, ...]

    @property
    def as_template(self) -> Template:
        return Template(tuple(each.part for each in self.parts))

    @property
    def is_ready(self) -> bool:
        return all(each.is_ready for each in self.parts)


def find_template_in_force() -> ReportTemplate | None:
    """The province's own template, or None while the one shipped is in force."""
    return ReportTemplate.objects.filter(retired_at=None).order_by("-number").first()


def template_in_force() -> TemplateText:
    row = find_template_in_force()
    return TemplateText(row.number, row.text) if row else TemplateText(None, shipped_text())


def text_of(period: Period, facts: ReportFacts) -> ReportText:
    """What the report of the period would say now."""
    template = template_in_force()
    own = {row.part: row for row in ReportDraft.objects.filter(period=period).select_related("saved_by")}
    parts = read_template(template.text).parts
    return ReportText(template, tuple(_as_written(part, own.get(part.key), facts) for part in parts))


def part_as_written(text: ReportText, key: PartKey, source: str, facts: ReportFacts) -> PartText:
    """The part as it would stand with other words than those kept."""
    each = next(each for each in text.parts if each.key == key)
    return _written(each.part, source, each.draft, facts)


def _as_written(part: Part, row: ReportDraft | None, facts: ReportFacts) -> PartText:
    return _written(part, row.text if row and row.is_own else part.source, row, facts)


def _written(part: Part, source: str, row: ReportDraft | None, facts: ReportFacts) -> PartText:
    try:
        lines = read_part(source, facts)
    except BadTemplate as bad:
        return PartText(replace(part, lines=(), source=source), row, bad.problems, ())
    return PartText(replace(part, lines=lines, source=source), row, (), loose_numbers(lines))
