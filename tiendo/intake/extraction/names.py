"""A dictionary of names: the longest one that stands at a place of a text, however it is spelled or abbreviated.

Words are compared by their spelling key, so case and the place of the tone mark do not matter. Abbreviations joined
in any way are one word: KH&CN, KH và CN, KH-CN and KHCN are the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tiendo.intake.extraction.spelling import word_key
from tiendo.orgs.words import fold

TOKEN = re.compile(r"[^\W_]+|&")
GAP = re.compile(r"^[\s,;/–-]{0,4}$")
LINKED = re.compile(r"^ ?[-–,/] ?$|^$|^ $")
ABBREVIATED = re.compile(r"^[A-ZĐ]{2,12}$")
LINKS = {"&", "và"}
LONGEST_NAME = 40  # words
LONGEST_RUN = 9  # tokens of one abbreviation, the links among them counted
LEAST_UNMARKED = 3  # words: shorter names without their marks could be anything


@dataclass(frozen=True)
class Token:
    """One word of a text."""

    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        return _key(self.text)

    @property
    def bare(self) -> str:
        """The word without its marks."""
        return _bare(self.text)

    @property
    def is_short(self) -> bool:
        """Whether it is written in capitals only, as abbreviations are."""
        return ABBREVIATED.match(self.text) is not None


@dataclass
class _Node:
    after: dict[str, "_Node"] = field(default_factory=dict)
    is_name: bool = False
    code: str | None = None
    exact: bool = False  # an abbreviation of one word: it must be in capitals and stand alone


@dataclass(frozen=True)
class Hit:
    """A name found: how many tokens it takes, whose it is (None: a known name without a code), how it must stand."""

    length: int
    code: str | None
    exact: bool


@lru_cache(maxsize=20_000)  # a document says the same words over and over
def _key(word: str) -> str:
    return word_key("và" if word == "&" else word)


@lru_cache(maxsize=20_000)
def _bare(word: str) -> str:
    return fold(word) or "va"


def tokens_of(text: str) -> list[Token]:
    """The words of a text with their places."""
    return [Token(found.start(), found.end(), found[0]) for found in TOKEN.finditer(text)]


class Names:
    """Names under which codes are found. The name added first keeps its code unless `override` says otherwise."""

    def __init__(self) -> None:
        self._root = _Node()
        self._unmarked = _Node()

    def add(self, name: str, code: str | None, *, override: bool = False) -> None:
        """Let `name` stand for `code`."""
        tokens = tokens_of(name)
        keys = list(_keys(name, tokens))
        if not keys:
            return
        _put(self._root, keys, code, exact=len(keys) == 1 and name.isupper(), override=override)
        if len(tokens) >= LEAST_UNMARKED and not any(token.is_short for token in tokens):
            _put(self._unmarked, [token.bare for token in tokens], code, exact=False, override=override)

    def longest(self, text: str, tokens: Sequence[Token], at: int, *, head: str = "") -> Hit | None:
        """The longest name that begins at token `at`; with `head` a word is thought to stand before it."""
        start = self._root
        for token in tokens_of(head):
            start = start.after.get(token.key, _Node())
        best = max(_walk(text, tokens, at, start, at), key=lambda hit: hit.length, default=None)
        return best or (None if head else self._without_marks(text, tokens, at))

    def _without_marks(self, text: str, tokens: Sequence[Token], at: int) -> Hit | None:
        node, best = self._unmarked, None
        for place in range(at, min(len(tokens), at + LONGEST_NAME)):
            if place > at and not GAP.match(text[tokens[place - 1].end : tokens[place].start]):
                break
            following = node.after.get(tokens[place].bare)
            if following is None:
                break
            node = following
            if node.is_name:
                best = Hit(place - at + 1, node.code, node.exact)
        return best


def _put(root: _Node, keys: Sequence[str], code: str | None, *, exact: bool, override: bool) -> None:
    node = root
    for key in keys:
        node = node.after.setdefault(key, _Node())
    if not node.is_name or (node.code is None and code) or override:
        node.is_name, node.code, node.exact = True, code, exact


def _keys(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Keys of a name's words, each run of joined abbreviations as one."""
    at = 0
    while at < len(tokens):
        end = max(_runs(text, tokens, at), default=at + 1)
        yield _joined(tokens[at:end])
        at = end


def _runs(text: str, tokens: Sequence[Token], at: int) -> Iterator[int]:
    """Ends of the runs of joined abbreviations that begin at a token: KH, KH&CN …"""
    if not tokens[at].is_short:
        return
    end = at + 1
    yield end
    while end < len(tokens) and end - at < LONGEST_RUN:
        linked = tokens[end].text.lower() in LINKS
        following = end + linked
        if following >= len(tokens) or not tokens[following].is_short:
            return
        gap = text[tokens[end - 1].end : tokens[end].start]
        if not LINKED.match(gap) or (gap in {"", " "} and not linked):
            return
        end = following + 1
        yield end


def _joined(tokens: Sequence[Token]) -> str:
    return "".join(token.key for token in tokens if len(tokens) == 1 or token.text.lower() not in LINKS)


def _walk(text: str, tokens: Sequence[Token], at: int, node: _Node, origin: int) -> Iterator[Hit]:
    """Every name along the tokens from `at`, which stands `at - origin` words into it."""
    if at >= len(tokens) or at - origin >= LONGEST_NAME:
        return
    if at > origin and not GAP.match(text[tokens[at - 1].end : tokens[at].start]):
        return
    for end in {at + 1, *_runs(text, tokens, at)}:
        following = node.after.get(_joined(tokens[at:end]))
        if following is None:
            continue
        if following.is_name:
            yield Hit(end - origin, following.code, following.exact)
        yield from _walk(text, tokens, end, following, origin)
