"""Which claims of completion are looked at, and what the looks say of all claims. Pure.

Two draws under one seed. The random one is stratified by the unit that claims, and it alone speaks of all claims. The
other goes after risk: it finds more, and says nothing of the rest (R065 asks for outcomes, not reported activity).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from gettext import gettext as _
from math import ceil, floor
from typing import Any

from tiendo.analysis.draws import allotted, shuffled, weighted
from tiendo.analysis.intervals import Share, sample_size, share_interval
from tiendo.evaluation.states import Drawn, Finding

# What makes a claim worth a look, and by how much; an office may publish other numbers with its design.
RISKS: dict[str, int] = {
    "no_evidence": 4,  # nothing is attached
    "outcome_not_met": 4,  # an indicator of the task says otherwise
    "copied": 3,  # the words are those of an earlier report or of another unit
    "refuted_before": 3,  # a claim of the unit was refuted in an earlier audit
    "last_moment": 2,  # done within the last three days before the deadline
    "jump": 2,  # a leap to done in one report
    "other_flag": 1,  # something else a reviewer was asked to look at twice
    "silent_partner": 1,  # a coordinating unit never confirmed its part
}
RISK_WORDS: dict[str, str] = {
    "no_evidence": _("không kèm minh chứng"),
    "outcome_not_met": _("chỉ tiêu gắn với nhiệm vụ chưa đạt"),
    "copied": _("lời báo cáo trùng với báo cáo khác"),
    "refuted_before": _("đơn vị từng có báo cáo sai"),
    "last_moment": _("hoàn thành sát hạn"),
    "jump": _("tiến độ tăng đột ngột"),
    "other_flag": _("có điểm cần xem lại khi tiếp nhận"),
    "silent_partner": _("cơ quan phối hợp không xác nhận"),
}
BASE_RISK = 1
SCHEMA = "tiendo-frame/1"


@dataclass(frozen=True)
class Claim:
    """A task reported and accepted as complete: `key` names it, `unit` is the code of the unit that reported it.

    `claim` is the text id of the record that claims it; `completed_on` an ISO date.
    """

    key: str
    unit: str
    claim: str
    completed_on: str
    risks: tuple[str, ...] = ()

    def risk(self, weights: Mapping[str, int]) -> int:
        """Weight in the draw by risk: the base and each reason found."""
        return BASE_RISK + sum(weights.get(name, 0) for name in self.risks)


@dataclass(frozen=True)
class Design:
    """How many are drawn: the random part from margin and confidence, at least `least` of each unit; then by risk."""

    confidence: Decimal = Decimal("0.95")
    margin: Decimal = Decimal("0.10")
    least: int = 1
    by_risk: int = 10
    risks: Mapping[str, int] = field(default_factory=lambda: dict(RISKS))

    def as_data(self) -> dict[str, Any]:
        """As published: decimals as text."""
        return {
            "confidence": str(self.confidence),
            "margin": str(self.margin),
            "least": self.least,
            "by_risk": self.by_risk,
            "risks": dict(self.risks),
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Design":
        return cls(
            Decimal(data["confidence"]), Decimal(data["margin"]), data["least"], data["by_risk"], dict(data["risks"])
        )


def frame_data(claims: Sequence[Claim], design: Design) -> dict[str, Any]:
    """The frame with its design as they are frozen and hashed before any seed is known."""
    rows = [{**vars(claim), "risks": list(claim.risks)} for claim in claims]
    return {"schema": SCHEMA, "design": design.as_data(), "claims": rows}


def frame_of(data: Mapping[str, Any]) -> list[Claim]:
    """The claims of a frame as it was frozen."""
    return [Claim(**{**row, "risks": tuple(row["risks"])}) for row in data["claims"]]


@dataclass(frozen=True)
class Chosen:
    """A claim drawn, of which part, with its place in the frame from 1."""

    claim: Claim
    drawn: Drawn
    place: int


def strata(frame: Sequence[Claim]) -> dict[str, list[str]]:
    """Keys of the claims of each unit, in the order of the frame."""
    found: dict[str, list[str]] = {}
    for claim in frame:
        found.setdefault(claim.unit, []).append(claim.key)
    return found


def sizes(frame: Sequence[Claim], design: Design) -> dict[str, int]:
    """How many claims of each unit the random part takes."""
    counts = {unit: len(keys) for unit, keys in strata(frame).items()}
    wanted = sample_size(population=len(frame), margin=design.margin, confidence=design.confidence) if frame else 0
    return allotted(counts, wanted, least=design.least)


def draw(frame: Sequence[Claim], design: Design, *, seed: str) -> list[Chosen]:
    """The same claims for the same frame, design and seed, wherever it is run; each claim at most once."""
    take = sizes(frame, design)
    random = {
        key
        for unit, keys in strata(frame).items()
        for key in shuffled(keys, seed=seed, label=f"random|{unit}")[: take[unit]]
    }
    risky = {claim.key: claim.risk(design.risks) for claim in frame if claim.key not in random}
    by_risk = set(weighted(risky, design.by_risk, seed=seed, label="risk"))
    return [
        Chosen(claim, Drawn.RANDOM if claim.key in random else Drawn.RISK, place)
        for place, claim in enumerate(frame, 1)
        if claim.key in random | by_risk
    ]


@dataclass(frozen=True)
class Looked:
    """A finding on a drawn claim."""

    unit: str
    drawn: Drawn
    finding: Finding


def reliability(looks: Iterable[Looked], *, population: int, confidence: Decimal) -> dict[str, Any] | None:
    """Of one unit: the share of its claims that hold, from the random draw; None when none was drawn.

    Only what was fully confirmed counts as holding: a claim nobody could check is not one that was proved.
    """
    random = [look for look in looks if look.drawn == Drawn.RANDOM]
    if not random:
        return None
    return told(share_interval(population=population, drawn=len(random), hits=_hits(random), confidence=confidence))


def _hits(looks: Iterable[Looked]) -> int:
    return sum(1 for look in looks if look.finding == Finding.CONFIRMED)


def told(share: Share) -> dict[str, Any]:
    """Rates to four places, rounded outwards at both ends so that the interval never shrinks by rounding."""
    return {
        "claims": share.population,
        "checked": share.drawn,
        "confirmed": share.hits,
        "rate": _places(Fraction(share.hits, share.drawn)),
        "low": _places(Fraction(share.low, share.population)),
        "high": _places(Fraction(share.high, share.population), up=True),
        "confidence": str(share.confidence),
    }


def _places(value: Fraction, *, up: bool = False) -> str:
    scaled = value * 10_000
    return str(Decimal(ceil(scaled) if up else floor(scaled)) / 10_000)


def overall(looks: Iterable[Looked], populations: Mapping[str, int], *, confidence: Decimal) -> dict[str, Any] | None:
    """The share of all claims that hold, each unit weighing as many claims as it made; None when none was drawn.

    The interval is that of a simple random sample of the effective size (L. Kish: n over the mean square of the weights
    relative to the square of their mean), hits rounded against us at either end: stratifying only narrows what it says.
    """
    by_unit: dict[str, list[Looked]] = {}
    for look in looks:
        if look.drawn == Drawn.RANDOM:
            by_unit.setdefault(look.unit, []).append(look)
    if not by_unit:
        return None
    claims = sum(populations[unit] for unit in by_unit)
    weights = {unit: Fraction(populations[unit], len(found)) for unit, found in by_unit.items()}
    held = sum((weights[unit] * _hits(found) for unit, found in by_unit.items()), Fraction(0))
    checked = sum(len(found) for found in by_unit.values())
    squares = sum(weights[unit] ** 2 * len(found) for unit, found in by_unit.items())
    size = min(checked, int(claims**2 / squares))
    rate = held / claims
    low = share_interval(population=claims, drawn=size, hits=floor(rate * size), confidence=confidence)
    high = share_interval(population=claims, drawn=size, hits=ceil(rate * size), confidence=confidence)
    return {
        "claims": claims,
        "checked": checked,
        "confirmed": sum(_hits(found) for found in by_unit.values()),
        "effective": size,
        "rate": _places(rate),
        "low": _places(Fraction(low.low, claims)),
        "high": _places(Fraction(high.high, claims), up=True),
        "confidence": str(confidence),
    }
