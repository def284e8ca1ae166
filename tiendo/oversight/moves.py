"""One row of a workflow table, and how a table is asked. Pure; the tables stand with their states, acts and words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State")
Act = TypeVar("Act")
Party = TypeVar("Party")


@dataclass(frozen=True)
class Move(Generic[State, Party]):
    """Where an act leads (the same state for some), to whom it is open, and what it asks for besides."""

    to: State
    by: frozenset[Party]
    needs: str = ""


def leads(to: State, *by: Party, needs: str = "") -> Move[State, Party]:
    """The move to a state, open to these parties."""
    return Move(to, frozenset(by), needs)


def acts_open(
    moves: Mapping[tuple[State, Act], Move[State, Party]], state: State, parties: frozenset[Party]
) -> frozenset[Act]:
    """Every act of the table that somebody who is all of `parties` may do in the state."""
    return frozenset(act for (was, act), move in moves.items() if was == state and move.by & parties)
