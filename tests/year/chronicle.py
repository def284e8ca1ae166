"""The storyteller's notebook: what was sent, accepted and decided, written down beside the pages and not from them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime


@dataclass(frozen=True)
class Said:
    """What a report said of a task. Money in đồng since the start of the year."""

    state: str
    percent: int
    result: str
    completed_on: date | None = None
    difficulty: str = ""
    money_used: int | None = None
    document: str = ""


@dataclass(frozen=True)
class Word:
    """One sending of one task in one period, and when it was accepted, if ever."""

    task: str
    period: int
    said: Said
    sent_at: datetime
    accepted_at: datetime | None = None


@dataclass(frozen=True)
class Job:
    """A task as the plan sets it: who leads, who helps, until when, and until when at first."""

    code: str
    group: str
    unit: int
    helpers: tuple[int, ...]
    due_on: date
    first_due_on: date


@dataclass
class Turn:
    """A unit's report in one period."""

    due_at: datetime
    sent_at: datetime | None = None
    nothing_new: bool = False
    urged: int = 0


@dataclass(frozen=True)
class Span:
    """A period: its data from the first day up to but not including the last."""

    data_from: date
    data_to: date


@dataclass
class Chronicle:
    """Everything that happened, by period number from 1."""

    jobs: dict[str, Job] = field(default_factory=dict)
    spans: dict[int, Span] = field(default_factory=dict)
    closed_at: dict[int, datetime] = field(default_factory=dict)
    turns: dict[tuple[int, int], Turn] = field(default_factory=dict)  # (period, unit)
    words: list[Word] = field(default_factory=list)
    extended_at: dict[str, datetime] = field(default_factory=dict)

    def send(self, task: str, period: int, said: Said, at: datetime) -> None:
        self.words.append(Word(task, period, said, at))

    def accept(self, task: str, period: int, at: datetime) -> None:
        """The word sent last for the task in the period becomes official."""
        for place in range(len(self.words) - 1, -1, -1):
            word = self.words[place]
            if (word.task, word.period) == (task, period):
                self.words[place] = replace(word, accepted_at=at)
                return
        raise AssertionError(f"{task} was never sent in period {period}")

    def extend(self, task: str, due_on: date, at: datetime) -> None:
        self.jobs[task] = replace(self.jobs[task], due_on=due_on)
        self.extended_at[task] = at

    def accepted(self, task: str, period: int) -> Word | None:
        """The newest word on the task as the report of the period may read it: of that period or an earlier one, and
        accepted before the period was closed."""
        closed = self.closed_at.get(period)
        known = [
            word
            for word in self.words
            if word.task == task
            and word.period <= period
            and word.accepted_at is not None
            and (closed is None or word.accepted_at <= closed)
        ]
        return max(known, key=lambda word: (word.period, word.accepted_at or word.sent_at), default=None)
