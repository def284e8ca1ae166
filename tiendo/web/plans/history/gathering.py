"""One task's history for one reader: facts of the rooms in words, the rest of the log, newest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.timezone import localdate

from tiendo.accounts.models import Post, User
from tiendo.audit.models import Event
from tiendo.audit.queries import events_about_any
from tiendo.plans.models import Task
from tiendo.plans.timeline import KIND_WORDS, Act, Fact, Kind, Line, lines
from tiendo.ui.saying import said
from tiendo.web.audit.words import Line as Told
from tiendo.web.audit.words import lines_of
from tiendo.web.plans.history.money_facts import money_facts
from tiendo.web.plans.history.plan_facts import plan_facts
from tiendo.web.plans.history.publication_facts import publication_facts
from tiendo.web.plans.history.reporting_facts import reporting_facts
from tiendo.web.plans.history.subjects import OWN_KINDS, Subject, subjects_of


@dataclass(frozen=True)
class Shown:
    """One line as the page shows it. `url` opens its document or page, `seq` its act in the log."""

    kind: Kind
    on: date
    at: datetime
    words: str
    who: str
    note: str
    paper: str
    url: str
    seq: int | None

    @property
    def kind_words(self) -> str:
        return said(KIND_WORDS[self.kind])


def history_of(task: Task, user: User) -> list[Shown]:
    """Every line this person may see, newest first, in a number of queries that does not grow with the history."""
    facts = [*plan_facts(task), *reporting_facts(task, user), *money_facts(task), *publication_facts(task)]
    own = Subject(f"plans.task:{task.code}", Kind.OTHER)
    subjects = {each.name: each for each in (own, *subjects_of(task, user))}
    events = events_about_any({*subjects, *(about for fact in facts for about, _act in fact.acts)})
    seqs = defaultdict[tuple[Act, datetime], list[int]](list)
    for event in events:
        seqs[(event.subject, event.act), event.at].append(event.seq)
    made = lines(facts, seqs)
    taken = {line.seq for line in made}
    rest = lines_of([event for event in events if event.seq not in taken and _is_told(event, subjects)])
    who = _people({line.fact.by for line in made} | {each.event.actor for each in rest})
    shown = [*(_of_fact(line, who) for line in made), *(_of_event(each, subjects, who) for each in rest)]
    return sorted(shown, key=lambda line: (line.on, line.at, line.seq or 0), reverse=True)


def _is_told(event: Event, subjects: Mapping[str, Subject]) -> bool:
    """An act on one of the task's subjects; that people were told of it is no act of its own."""
    return event.subject in subjects and not event.act.startswith("notices.")


def _of_fact(line: Line, who: Mapping[str, Sequence[Post]]) -> Shown:
    fact: Fact = line.fact
    by = _named(fact.by, fact.on, who)
    paper = said(fact.paper) if fact.paper else ""
    note = said(fact.note) if fact.note else ""
    return Shown(line.kind, fact.on, fact.at, said(line.words), by, note, paper, fact.url, line.seq)


def _of_event(told: Told, subjects: Mapping[str, Subject], who: Mapping[str, Sequence[Post]]) -> Shown:
    event, subject = told.event, subjects[told.event.subject]
    kind = OWN_KINDS.get(event.act, subject.kind)
    note = "; ".join(dict.fromkeys(filter(None, (subject.note, told.more))))
    url = "" if event.subject.startswith("plans.task:") else told.url
    by = _named(event.actor, localdate(event.at), who) or told.who
    return Shown(kind, localdate(event.at), event.at, told.words, by, note, "", url, event.seq)


def _people(usernames: Iterable[str]) -> dict[str, list[Post]]:
    """The posts of each person, in two queries."""
    posts = Prefetch("posts", Post.objects.select_related("unit", "user").order_by("-valid_from", "pk"))
    found = User.objects.filter(username__in={name for name in usernames if name}).prefetch_related(posts)
    return {user.username: list(user.posts.all()) for user in found}


def _named(username: str, on: date, who: Mapping[str, Sequence[Post]]) -> str:
    """The person with the post held that day: "Lò Văn An – chuyên viên, Sở Xây dựng"; "" for the clock."""
    posts = who.get(username) or ()
    held = next((post for post in posts if post.valid_from <= on and (not post.valid_to or on < post.valid_to)), None)
    post = held or (posts[0] if posts else None)
    return f"{post.user.full_name} – {post.title}, {post.unit.short_name}" if post else ""


def event_of(task: Task, user: User, seq: int) -> Event | None:
    """The act behind a line of this reader's history; None for any other number."""
    if not any(line.seq == seq for line in history_of(task, user)):
        return None
    return Event.objects.filter(seq=seq).first()
