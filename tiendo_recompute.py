#!/usr/bin/env python3
"""Tính lại điểm, xếp loại, thứ hạng từ bản chụp số liệu. / Work out scores, bands and ranks again from a snapshot.

One file on the Python standard library alone, so that anybody can read it, carry it away and run it without the
system whose scores it checks. It shares no code with tiendo: the rules are written here a second time.

    python3 tiendo_recompute.py diem.json            the scores in an exported file against what its snapshot gives
    python3 tiendo_recompute.py ban-chup.json        a bare snapshot: the scores it gives
    python3 tiendo_recompute.py diem.json --json     all of it for a program
    python3 tiendo_recompute.py khung.json --seed 84213   the claims an audit draws from its frozen frame

The rules. Numbers are exact fractions; only the score is rounded, half away from zero, to the set's decimals (shown
points to 6, completion to 4). A criterion gives a share of its weight from 0 to 1; a score is the sum of weight x share
over all criteria; what is missing gives 0.
  Items. Tasks of one item of the plan count as one, by the worst of them; its weight is the item's, its factor the
    heaviest role held. An item counts when the earlier of its deadlines lies before the end of the data, or it has
    none (all count if the set says "not_due"); tasks cancelled by a paper do not. For a head who left before the end
    of the data the end of the term takes its place: what fell due after it is not that head's delay.
  task_results. Mean of the items' results by weight x factor. Completion: reported share x the audit's reliability (x
    without_evidence when there is no evidence); outcome = mean progress of the tied indicators, each from 0 to 100, one
    not known = 0; "lower" is the lesser of both. Less delay and failed_check for each of them without a confirmed
    cause: "sum" done x (1 - all), "product" done x quality x progress, "mean" done x (1 + quality + progress) / 3.
  quantitative. The value read, then the points of the band low <= value < high, or evenly from zero_at to full_at.
  qualitative. Points of the lowest level named by the referee, else by the assessors, else by the coordinator.
  discipline. (on time + late x late_report) / owed; 1 when nothing was owed.
  Bands. The first band whose points are reached and whose conditions hold; then the quota of the group.
  Ranks. 1, 2, 2, 4 within a group. Intervals: draw i of criterion j takes u = the first 8 bytes of SHA-256("seed|i|j");
    weight = low + (high - low) x u div (2^64 - 1) in millionths; shares in billionths, cut; the middle part is kept.
  Draw of an audit. SHA-256 of "seed|hash of the frame|names" gives a number; names are "random|unit|key" for the order
    of a unit's claims, of which the first are taken, then "risk|k" modulo the weights left for the k-th by risk. How
    many at random: the fewest whose exact interval stays within the margin at worst; spread over units by their size.

Exit codes: 0 equal, 1 differs (or the file was changed), 2 not readable.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from fractions import Fraction
from math import comb
from typing import Any

SNAPSHOT, EXPORT, RESULTS = "tiendo-snapshot/1", "tiendo-scores/1", "tiendo-results/1"
FRAME = "tiendo-frame/1"
MOST_PRINTED = 50
FIELDS = (
    "group", "score", "band", "band_name", "rank", "tied", "rank_low", "rank_high", "reported_completion",
    "outcome_completion",
)  # fmt: skip

# fmt: off
# key: (Vietnamese, English)
TEXT = {
    "equal": ("Tính lại {count} phiếu: khớp đến chữ số cuối",
              "{count} cards worked out again: equal to the last digit"),
    "differs": ("Tính lại KHÔNG khớp, {number} điểm khác:", "Worked out again it DIFFERS, {number} findings:"),
    "bare": ("Bản chụp không kèm kết quả; tính được:", "The snapshot carries no results; it gives:"),
    "row": ("{group} {key}: {score} điểm, {band}, hạng {rank} ({rank_low}–{rank_high}), {tied} phiếu cùng hạng",
            "{group} {key}: {score} points, {band}, rank {rank} ({rank_low}–{rank_high}), shared by {tied}"),
    "seal": ("Bản chụp đã bị sửa: mã băm ghi {said}, tính lại {found}",
             "The snapshot was changed: its hash says {said}, worked out {found}"),
    "rules": ("Bộ tiêu chí trong bản chụp đã bị sửa: mã băm ghi {said}, tính lại {found}",
              "The criteria in the snapshot were changed: their hash says {said}, worked out {found}"),
    "group": ("Phiếu {key}: bộ tiêu chí không có nhóm {group}", "Card {key}: the criteria have no group {group}"),
    "card": ("Phiếu {key}, {field}: ghi {said}, tính lại {found}",
             "Card {key}, {field}: says {said}, worked out {found}"),
    "points": ("Phiếu {key}, tiêu chí {criterion}: ghi {said} điểm, tính lại {found}",
               "Card {key}, criterion {criterion}: says {said} points, worked out {found}"),
    "rule": ("Phiếu {key}, tiêu chí {criterion}: ghi tên, điểm tối đa là {said}, bộ tiêu chí là {found}",
             "Card {key}, criterion {criterion}: says name and weight {said}, the set says {found}"),
    "twice": ("Kết quả có hai phiếu {key}", "The results hold the card {key} twice"),
    "missing_card": ("Kết quả thiếu phiếu {key}", "The results lack the card {key}"),
    "extra_card": ("Kết quả có phiếu {key} không có trong bản chụp",
                   "The results hold a card not in the snapshot: {key}"),
    "missing_points": ("Phiếu {key}: kết quả thiếu hoặc thừa tiêu chí {criterion}",
                       "Card {key}: the results lack, or have too many of, the criterion {criterion}"),
    "drawn": ("Rút {number} trong {count} báo cáo hoàn thành, khung {sha256}:",
              "Drew {number} of {count} claims, frame {sha256}:"),
    "claim": ("{place}. {key} – {unit}: {drawn}", "{place}. {key} – {unit}: {drawn}"),
    "random": ("ngẫu nhiên", "at random"),
    "risk": ("theo rủi ro", "by risk"),
    "no_seed": ("khung rút thăm cần --seed với số đã công bố", "a frame needs --seed with the published number"),
    "more": ("… và {number} điểm khác nữa", "… and {number} more"),
    "unreadable": ("Không đọc được {file}: {why}", "Cannot read {file}: {why}"),
    "no_file": ("không mở được tệp", "the file cannot be opened"),
    "not_ours": ("không phải bản chụp số liệu chấm điểm của tiendo", "not a snapshot of scores made by tiendo"),
    "damaged": ("bản chụp thiếu hoặc sai phần cần để tính", "the snapshot lacks, or has wrong, what scoring needs"),
    "score": ("điểm", "score"),
    "in_group": ("nhóm", "group"),
    "band": ("xếp loại", "band"),
    "band_name": ("tên xếp loại", "name of the band"),
    "rank": ("thứ hạng", "rank"),
    "tied": ("số phiếu cùng hạng", "cards of the same rank"),
    "rank_low": ("hạng tốt nhất của khoảng", "best rank of the interval"),
    "rank_high": ("hạng kém nhất của khoảng", "worst rank of the interval"),
    "reported_completion": ("tỷ lệ hoàn thành theo báo cáo", "completion as reported"),
    "outcome_completion": ("tỷ lệ hoàn thành theo kết quả đầu ra", "completion by outcomes"),
}
# fmt: on

Json = dict[str, Any]


class Unreadable(Exception):
    """The file cannot be read; the key of the reason in `TEXT`."""


# Text of numbers


def canonical(value: Any) -> bytes:
    """The one text of a JSON value: keys sorted, no spaces, letters as they are, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def sha256_of(value: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def round_text(number: Fraction, places: int) -> str:
    """`number` rounded half away from zero, without trailing zeros."""
    sign = "-" if number < 0 else ""
    whole, rest = divmod(abs(number).numerator * 10**places, abs(number).denominator)
    whole += 1 if 2 * rest >= abs(number).denominator else 0
    digits = str(whole).zfill(places + 1)
    text = digits if not places else f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")
    return text if text == "0" else sign + text


def between(number: Fraction) -> Fraction:
    """Not below 0 nor above 1."""
    return Fraction(0) if number < 0 else Fraction(1) if number > 1 else number


def average(pairs: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Of (weight, value); None without weight."""
    weight = sum(pair[0] for pair in pairs)
    return sum((pair[0] * pair[1] for pair in pairs), Fraction(0)) / weight if weight else None


# Tasks and items


def finished(task: Json, end: str) -> bool:
    return bool(task["state"] == "completed" and task["completed_on"] and task["completed_on"] < end)


def is_late(rules: Json, task: Json, end: str) -> bool:
    due = task["original_due"] if rules["deadline"] == "original" else task["due"]
    if due is None:
        return False
    if finished(task, end):
        return bool(task["completed_on"] > due)
    return bool(due < end)


def group_items(rules: Json, card: Json, end: str) -> list[list[Json]]:
    """The tasks of the card by item, those that count."""
    table: dict[str, list[Json]] = {}
    for task in card["tasks"]:
        if task["state"] != "cancelled" or not task["cancelled_by"]:
            table.setdefault(task["item"], []).append(task)
    kept = []
    for item in sorted(table):
        dues = [[day for day in (task["original_due"], task["due"]) if day is not None] for task in table[item]]
        if rules["not_due"] or any(not days or min(days) < end for days in dues):
            kept.append(table[item])
    return kept


def item_weight(rules: Json, tasks: list[Json]) -> Fraction:
    weights = rules["task_weights"]
    level = weights["items"].get(tasks[0]["item"], weights["usual"])
    factor = max(Fraction(rules["roles"][held["role"]]) for task in tasks for held in task["roles"])
    return Fraction(weights["levels"][level]) * factor


def reported_share(task: Json) -> Fraction:
    return between(Fraction(task["reported"] or "0") / 100)


def outcome_share(task: Json) -> Fraction | None:
    found = [between(Fraction(each["progress"] or "0") / 100) for each in task["outcomes"]]
    return sum(found, Fraction(0)) / len(found) if found else None


def least_outcome(tasks: list[Json]) -> Fraction | None:
    found = [share for share in map(outcome_share, tasks) if share is not None]
    return min(found) if found else None


def done_share(how: Json, task: Json, card: Json) -> Fraction:
    """Completion as the criterion counts it."""
    claimed = reported_share(task)
    audit = card["reliability"]
    if audit is not None and how["reliability"] != "none":
        claimed *= between(Fraction(audit[how["reliability"]]))
    if not task["evidence"]:
        claimed *= Fraction(how["without_evidence"])
    outcome = outcome_share(task)
    if how["completion"] == "outcome":
        return outcome if outcome is not None else Fraction(0)
    return claimed if how["completion"] == "reported" or outcome is None else min(claimed, outcome)


def task_result(rules: Json, how: Json, task: Json, card: Json, end: str) -> Fraction:
    done = done_share(how, task, card)
    failed = len([check for check in task["failed_checks"] if check["cause"] is None]) * Fraction(how["failed_check"])
    slow = Fraction(how["delay"]) if is_late(rules, task, end) and task["cause"] is None else Fraction(0)
    if how["combine"] == "product":
        return done * between(1 - failed) * between(1 - slow)
    if how["combine"] == "mean":
        return done * (1 + between(1 - failed) + between(1 - slow)) / 3
    return done * between(1 - failed - slow)


def item_is_late(rules: Json, tasks: list[Json], end: str) -> bool:
    return any(is_late(rules, task, end) and not (rules["excused"] and task["cause"] is not None) for task in tasks)


def item_is_done(tasks: list[Json], end: str) -> bool:
    return all(finished(task, end) for task in tasks)


# Criteria


def criterion_share(rules: Json, criterion: Json, card: Json, end: str) -> Fraction | None:
    """The share of the criterion's weight, or None for what is missing."""
    items = group_items(rules, card, end)
    if criterion["kind"] == "task_results":
        how = criterion["tasks"]
        results = [min(task_result(rules, how, task, card, end) for task in tasks) for tasks in items]
        return average([(item_weight(rules, tasks), result) for tasks, result in zip(items, results, strict=True)])
    if criterion["kind"] == "discipline":
        reports = card["reports"]
        earned = reports["on_time"] + reports["late"] * Fraction(criterion["late_report"])
        return earned / reports["owed"] if reports["owed"] else Fraction(1)
    if criterion["kind"] == "qualitative":
        points = {level["level"]: Fraction(level["points"]) for level in criterion["levels"]}
        named = [word["level"] for word in words_heard(criterion, card) if word["level"] in points]
        return points[min(named)] / Fraction(criterion["weight"]) if named else None
    values = read_values(rules, criterion, card, items, end)
    return min(value_share(criterion, value) for value in values) if values else None


def words_heard(criterion: Json, card: Json) -> list[Json]:
    said = [word for word in card["judgements"] if word["criterion"] == criterion["code"]]
    for voice in ("referee", "assessor", "coordinator"):
        heard = [word for word in said if word["voice"] == voice]
        if heard:
            return heard
    return []


def read_values(rules: Json, criterion: Json, card: Json, items: list[list[Json]], end: str) -> list[Fraction]:
    """The number a criterion reads: none when missing, several when people differ."""
    measure = criterion["measure"]
    reads = measure["reads"]
    if reads == "claimed":
        return [Fraction(word["value"]) for word in words_heard(criterion, card) if word["value"] is not None]
    if reads in ("figure_value", "figure_progress"):
        figures = [figure for figure in card["figures"] if figure["indicator"] == measure["indicator"]]
        found = figures[0][reads.removeprefix("figure_")] if figures else None
        return [] if found is None else [Fraction(found)]
    share = share_over(rules, reads, items, end)
    return [] if share is None else [share * 100]


def share_over(rules: Json, reads: str, items: list[list[Json]], end: str) -> Fraction | None:
    if reads == "reported_completion":
        return average([(item_weight(rules, tasks), min(map(reported_share, tasks))) for tasks in items])
    if reads == "outcome_completion":
        known = [(item_weight(rules, tasks), least_outcome(tasks)) for tasks in items]
        return average([(weight, share) for weight, share in known if share is not None])
    if reads == "on_time_share":
        held = [item_is_done(tasks, end) and not item_is_late(rules, tasks, end) for tasks in items]
    else:
        held = [all(task["evidence"] for task in tasks) for tasks in items]
    return Fraction(sum(held), len(held)) if held else None


def value_share(criterion: Json, value: Fraction) -> Fraction:
    for band in criterion["bands"]:
        from_low = band["low"] is None or Fraction(band["low"]) <= value
        if from_low and (band["high"] is None or value < Fraction(band["high"])):
            return Fraction(band["points"]) / Fraction(criterion["weight"])
    zero, full = Fraction(criterion["measure"]["zero_at"]), Fraction(criterion["measure"]["full_at"])
    return between((value - zero) / (full - zero))


# Cards, bands, ranks


def work_out(snapshot: Json) -> list[Json]:
    """The results of all cards, in their order."""
    rules = snapshot["criteria"]
    cards = [card_result(rules, card, end_of(snapshot, card)) for card in snapshot["cards"]]
    for group in {card["group"] for card in cards}:
        alike = [card for card in cards if card["group"] == group]
        put_quota(rules, alike)
        put_ranks(alike)
    put_intervals(snapshot, cards)
    names = {band["code"]: band["name"] for band in rules["overall"]}
    return [card | {"band_name": names[card["band"]]} for card in cards]


def end_of(snapshot: Json, card: Json) -> str:
    """Of a head who left the end of the term, else of the data; days sort as text."""
    end = str(snapshot["cycle"]["data_to"])
    return min(end, card["head_to"]) if card["head_to"] is not None else end


def card_result(rules: Json, card: Json, end: str) -> Json:
    shares = [criterion_share(rules, criterion, card, end) for criterion in rules["criteria"]]
    exact = [share if share is not None else Fraction(0) for share in shares]
    weights = [Fraction(criterion["weight"]) for criterion in rules["criteria"]]
    total = sum((weight * share for weight, share in zip(weights, exact, strict=True)), Fraction(0))
    items = group_items(rules, card, end)
    score = round_text(total, rules["decimals"])
    return {
        "key": card["key"],
        "group": card["group"],
        "score": score,
        "band": band_code(rules, Fraction(score), items, end),
        "points": {
            criterion["code"]: round_text(weight * share, 6)
            for criterion, weight, share in zip(rules["criteria"], weights, exact, strict=True)
        },
        "missing": {
            criterion["code"]: share is None for criterion, share in zip(rules["criteria"], shares, strict=True)
        },
        "reported_completion": percent_text(share_over(rules, "reported_completion", items, end)),
        "outcome_completion": percent_text(share_over(rules, "outcome_completion", items, end)),
        "rules": {
            each["code"]: (each["name"], weight) for each, weight in zip(rules["criteria"], weights, strict=True)
        },
        "shares": exact,
    }


def percent_text(share: Fraction | None) -> str | None:
    return None if share is None else round_text(share * 100, 4)


def band_code(rules: Json, score: Fraction, items: list[list[Json]], end: str) -> str:
    for band in rules["overall"]:
        if score >= Fraction(band["low"]) and all(
            condition_holds(rules, condition, items, end) for condition in band["conditions"]
        ):
            return str(band["code"])
    return str(rules["overall"][-1]["code"])


def condition_holds(rules: Json, condition: Json, items: list[list[Json]], end: str) -> bool:
    if not items:
        return False
    late = len([tasks for tasks in items if item_is_late(rules, tasks, end)])
    done = all(item_is_done(tasks, end) for tasks in items)
    beyond = len([1 for tasks in items if item_is_done(tasks, end) and all(task["beyond"] for task in tasks)])
    bar = Fraction(condition["percent"] or "0") * len(items)
    return {
        "all_completed": done,
        "all_on_time": done and not late,
        "late_share_at_most": 100 * late <= bar,
        "beyond_share_at_least": 100 * beyond >= bar,
    }[str(condition["rule"])]


def put_quota(rules: Json, alike: list[Json]) -> None:
    """Beyond the quota a card falls to the lower band; cards tied at the edge fall, or stay, together."""
    quota = rules["quota"]
    if quota is None:
        return
    best = sorted((card for card in alike if card["band"] == quota["band"]), key=lambda card: -Fraction(card["score"]))
    ranked = len(best) + len([card for card in alike if card["band"] == quota["of"]])
    percent = Fraction(quota["percent"])
    share = percent / 100 if quota["base"] == "with_best" else percent / (100 + percent)
    most = int(share * ranked)
    for place, card in enumerate(best):
        edge = best[most]["score"] if most < len(best) else None
        if edge is None:
            continue
        tied_in = quota["ties"] == "all_in" and most > 0 and card["score"] == best[most - 1]["score"]
        tied_out = quota["ties"] == "all_out" and card["score"] == edge
        if (place >= most and not tied_in) or tied_out:
            card["band"] = quota["of"]


def put_ranks(alike: list[Json]) -> None:
    falling = sorted((card["score"] for card in alike), key=Fraction, reverse=True)
    places: dict[str, list[int]] = {}
    for place, score in enumerate(falling, start=1):
        places.setdefault(score, []).append(place)
    for card in alike:
        card["rank"], card["tied"] = places[card["score"]][0], len(places[card["score"]])


def put_intervals(snapshot: Json, cards: list[Json]) -> None:
    rules, times = snapshot["criteria"], snapshot["resamplings"]
    ranks: list[list[int]] = [[] for _ in cards]
    shares = [[int(share * 10**9) for share in card["shares"]] for card in cards]
    for time in range(times):
        weights = draw_weights(rules, snapshot["seed"], time)
        sums = [sum(weight * share for weight, share in zip(weights, row, strict=True)) for row in shares]
        for group in {card["group"] for card in cards}:
            places = [place for place, card in enumerate(cards) if card["group"] == group]
            order = sorted(-sums[place] for place in places)
            first = {total: rank for rank, total in reversed(list(enumerate(order, start=1)))}
            for place in places:
                ranks[place].append(first[-sums[place]])
    kept = Fraction(rules["resampling"]["interval"])
    for card, found in zip(cards, ranks, strict=True):
        found.sort()
        cut = int(len(found) * (1 - kept) / 2)
        card["rank_low"] = min([card["rank"], *found[cut : cut + 1]])
        card["rank_high"] = max([card["rank"], *found[len(found) - 1 - cut : len(found) - cut]])


def draw_weights(rules: Json, seed: str, time: int) -> list[int]:
    found = []
    for place, criterion in enumerate(rules["criteria"]):
        weight, spread = Fraction(criterion["weight"]), Fraction(rules["resampling"]["spread"])
        low = weight * (1 - spread) if criterion["weight_low"] is None else Fraction(criterion["weight_low"])
        high = weight * (1 + spread) if criterion["weight_high"] is None else Fraction(criterion["weight_high"])
        digest = hashlib.sha256(f"{seed}|{time}|{place}".encode()).hexdigest()
        first, last = int(low * 10**6), int(high * 10**6)
        found.append(first + (last - first) * int(digest[:16], 16) // (2**64 - 1))
    return found


# The draw of an audit


def ticket(*names: object) -> int:
    return int(hashlib.sha256("|".join(map(str, names)).encode()).hexdigest(), 16)


def ways(population: int, total: int, drawn: int, hits: int) -> int:
    """Samples that hold `hits` or more when `total` of the population are hits."""
    return sum(comb(total, k) * comb(population - total, drawn - k) for k in range(hits, min(drawn, total) + 1))


def lowest(population: int, drawn: int, hits: int, tail: Fraction) -> int:
    """The smallest total for which so many hits are not too rare, found by halving."""
    below, found, rare = hits - 1, population - drawn + hits, tail * comb(population, drawn)
    while found - below > 1:
        middle = (below + found) // 2
        below, found = (below, middle) if ways(population, middle, drawn, hits) > rare else (middle, found)
    return found


def sample_size(population: int, margin: Fraction, tail: Fraction) -> int:
    """The fewest for which half the interval, at one half of hits, is within the margin; found by halving."""
    too_few, enough = 0, population
    while enough - too_few > 1:
        n = (too_few + enough) // 2
        low, high = lowest(population, n, n // 2, tail), population - lowest(population, n, n - n // 2, tail)
        too_few, enough = (too_few, n) if Fraction(high - low, 2 * population) <= margin else (n, enough)
    return enough


def spread(sizes: dict[str, int], total: int, least: int) -> dict[str, int]:
    """Places for each unit by its size, at least `least`; the largest remainders first."""
    whole = sum(sizes.values())
    found = {name: min(size, max(least, total * size // whole)) for name, size in sizes.items()}
    left = total - sum(found.values())
    for name in sorted(sizes, key=lambda name: (-(total * sizes[name] % whole), name)):
        if left > 0 and found[name] < sizes[name]:
            found[name] += 1
            left -= 1
    return found


def draw(frame: Json, sha256: str, seed: str) -> list[Json]:
    """The claims drawn, in the order of the frame."""
    design, claims, whole = frame["design"], frame["claims"], f"{seed}|{sha256}"
    tail = (1 - Fraction(design["confidence"])) / 2
    units: dict[str, list[str]] = {}
    for claim in claims:
        units.setdefault(claim["unit"], []).append(claim["key"])
    total = sample_size(len(claims), Fraction(design["margin"]), tail)
    take = spread({unit: len(keys) for unit, keys in units.items()}, total, design["least"])
    drawn = {
        key: "random"
        for unit, keys in units.items()
        for key in sorted(keys, key=lambda key: (ticket(whole, f"random|{unit}", key), key))[: take[unit]]
    }
    left = {
        claim["key"]: 1 + sum(design["risks"].get(name, 0) for name in claim["risks"])
        for claim in sorted(claims, key=lambda claim: str(claim["key"]))
        if claim["key"] not in drawn
    }
    for time in range(1, min(design["by_risk"], len(left)) + 1):
        place = ticket(whole, "risk", time) % sum(left.values())
        for key in list(left):
            if place < left[key]:
                drawn[key] = "risk"
                del left[key]
                break
            place -= left[key]
    return [
        {"place": place, "key": claim["key"], "unit": claim["unit"], "drawn": drawn[claim["key"]]}
        for place, claim in enumerate(claims, 1)
        if claim["key"] in drawn
    ]


def draw_again(frame: Json, seed: str | None, options: argparse.Namespace, language: int) -> int:
    """Print what the seed draws. Raises `Unreadable`."""
    if seed is None:
        raise Unreadable("no_seed")
    sha256 = sha256_of(frame)
    try:
        found = draw(frame, sha256, seed)
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise Unreadable("damaged") from error
    if options.json:
        print(json.dumps({"frame": sha256, "seed": seed, "drawn": found}, ensure_ascii=False, indent=1))
        return 0
    print(TEXT["drawn"][language].format(number=len(found), count=len(frame["claims"]), sha256=sha256))
    for row in found:
        print("  " + TEXT["claim"][language].format(**{**row, "drawn": TEXT[row["drawn"]][language]}))
    return 0


# The file


def read(path: str) -> Json:
    """The exported file, or a bare snapshot, as {"snapshot", "results", "sha256"}; of an audit {"frame"}.

    Raises `Unreadable`.
    """
    try:
        with open(path, "rb") as file:
            data: Json = json.loads(file.read())
    except OSError as error:
        raise Unreadable("no_file") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_ours") from error
    if isinstance(data, dict) and data.get("schema") == FRAME:
        return {"frame": data}
    if isinstance(data, dict) and data.get("schema") == SNAPSHOT:
        return {"snapshot": data, "results": None, "sha256": None}
    whole = isinstance(data, dict) and data.get("schema") == EXPORT and isinstance(data.get("snapshot"), dict)
    if not whole or data["snapshot"].get("schema") != SNAPSHOT:
        raise Unreadable("not_ours")
    if not isinstance(data.get("results"), dict) or data["results"].get("schema") != RESULTS:
        raise Unreadable("not_ours")
    return data


def seal_findings(data: Json) -> list[Json]:
    """Hashes that do not fit, of the snapshot and of the criteria with their links; cards of no group of the set."""
    snapshot = data["snapshot"]
    found = []
    if data["sha256"] is not None and data["sha256"] != sha256_of(snapshot):
        found.append({"kind": "seal", "said": str(data["sha256"])[:16], "found": sha256_of(snapshot)[:16]})
    rules = sha256_of({"content": snapshot["criteria"], "links": sorted(snapshot["criteria_links"])})
    if rules != snapshot["criteria_sha256"]:
        found.append({"kind": "rules", "said": str(snapshot["criteria_sha256"])[:16], "found": rules[:16]})
    groups = {group["code"] for group in snapshot["criteria"]["groups"]}
    strange = [card for card in snapshot["cards"] if card["group"] not in groups]
    return found + [{"kind": "group", "key": card["key"], "group": card["group"]} for card in strange]


def compare(stated: list[Json], worked: list[Json]) -> list[Json]:
    """What the stated results say otherwise, by card and criterion."""
    found: list[Json] = []
    keys = [str(card.get("key")) for card in stated]
    found += [{"kind": "twice", "key": key} for key in sorted({key for key in keys if keys.count(key) > 1})]
    by_key = {str(card.get("key")): card for card in stated}
    for key in sorted(set(by_key) - {card["key"] for card in worked}):
        found.append({"kind": "extra_card", "key": key})
    for card in worked:
        said = by_key.get(card["key"])
        found += [{"kind": "missing_card", "key": card["key"]}] if said is None else compare_card(said, card)
    return found


def compare_card(said: Json, card: Json) -> list[Json]:
    key = card["key"]
    found: list[Json] = []
    codes = [str(each["code"]) for each in said["criteria"]]
    found += [
        {"kind": "missing_points", "key": key, "criterion": code}
        for code in sorted({code for code in codes if codes.count(code) > 1})
    ]
    points = {str(each["code"]): each for each in said["criteria"]}
    for code in sorted(set(points) ^ set(card["points"])):
        found.append({"kind": "missing_points", "key": key, "criterion": code})
    for code, value in card["points"].items():
        if code in points and (points[code]["points"], points[code]["missing"]) != (value, card["missing"][code]):
            found.append(
                {"kind": "points", "key": key, "criterion": code, "said": points[code]["points"], "found": value}
            )
    for code, (name, weight) in card["rules"].items():
        if code in points and (points[code].get("name"), Fraction(points[code]["weight"])) != (name, weight):
            told = f"{points[code].get('name')} ({points[code]['weight']})"
            found.append({"kind": "rule", "key": key, "criterion": code, "said": told, "found": f"{name} ({weight})"})
    for field in FIELDS:
        if said.get(field) != card[field]:
            found.append({"kind": "card", "key": key, "field": field, "said": said.get(field), "found": card[field]})
    return found


def sentence(finding: Json, language: int) -> str:
    """A finding in words."""
    values = dict(finding)
    if "field" in values:
        values["field"] = TEXT["in_group" if values["field"] == "group" else values["field"]][language]
    return TEXT[finding["kind"]][language].format(**values)


def print_words(file: str, data: Json, worked: list[Json], found: list[Json], language: int) -> None:
    if found:
        print(f"{file}: " + TEXT["differs"][language].format(number=len(found)))
        for finding in found[:MOST_PRINTED]:
            print(f"  - {sentence(finding, language)}.")
        if len(found) > MOST_PRINTED:
            print("  " + TEXT["more"][language].format(number=len(found) - MOST_PRINTED))
    elif data["results"] is not None:
        print(f"{file}: " + TEXT["equal"][language].format(count=len(worked)) + ".")
    if data["results"] is None:
        print(f"{file}: " + TEXT["bare"][language])
        for card in worked:
            print("  " + TEXT["row"][language].format(**card))


def as_json(data: Json, worked: list[Json], found: list[Json], language: int) -> str:
    cards = [{name: value for name, value in card.items() if name not in ("shares", "rules")} for card in worked]
    findings = [{**each, "message": sentence(each, language)} for each in found]
    whole = {"ok": not found, "compared": data["results"] is not None, "findings": findings, "cards": cards}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def read_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="diem.json")
    parser.add_argument("--json", action="store_true", help="all of it for a program")
    parser.add_argument("--seed", help="84213")
    parser.add_argument("--english", action="store_true", help="sentences in English")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = read_arguments(arguments)
    language = 1 if options.english else 0
    try:
        data = read(options.file)
        if "frame" in data:
            return draw_again(data["frame"], options.seed, options, language)
        worked, found = checked(data)
    except Unreadable as error:
        print(TEXT["unreadable"][language].format(file=options.file, why=TEXT[str(error)][language]), file=sys.stderr)
        return 2
    if options.json:
        print(as_json(data, worked, found, language))
    else:
        print_words(options.file, data, worked, found, language)
    return 1 if found else 0


def checked(data: Json) -> tuple[list[Json], list[Json]]:
    """What the snapshot gives, and every finding. Raises `Unreadable`."""
    try:
        worked = work_out(data["snapshot"])
        stated = compare(data["results"]["cards"], worked) if data["results"] is not None else []
        return worked, seal_findings(data) + stated
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ZeroDivisionError) as error:
        raise Unreadable("damaged") from error


if __name__ == "__main__":
    sys.exit(main())
