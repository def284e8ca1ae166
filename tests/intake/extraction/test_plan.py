"""The real plan, exactly: its tree against the one read by hand, and everything it says in prose."""

import json

from tests.intake.plan import NAME, plan_bytes, plan_reading, structure
from tests.pace import takes_at_most
from tiendo.intake.extraction import read_document


def test_headings_equal_the_ones_read_by_hand():
    expected = [
        (h["id"], h["level"], h["number_as_printed"].rstrip("."), h["title"], [h["line_start"], h["line_end"]])
        for h in (plan_bytes() and structure())["headings"]
    ]
    sections = plan_reading()["sections"]
    assert [(s["id"], s["level"], s["number"], s["title"], s["lines"]) for s in sections] == expected
    assert len(sections) == 18


def test_items_equal_the_ones_read_by_hand():
    items = plan_reading()["items"]
    expected = [
        (i["id"], i["kind"].replace("annex_ref", "annex_reference"), [i["line_start"], i["line_end"]])
        for i in structure()["items"]
    ]
    assert [(i["id"], i["kind"], i["lines"]) for i in items] == expected
    assert len(items) == 88


def test_counts_per_heading_equal_the_ones_read_by_hand():
    items = plan_reading()["items"]
    for heading, counts in structure()["counts_per_heading"].items():
        below = [i for i in items if i["section"] == heading or i["section"].startswith(f"{heading}.")]
        own = [i for i in below if i["section"] == heading]
        sentences = sum(len(i["sentences"]) for i in below)
        found = {"own": len(own), "subtree": len(below), "sentences_subtree": sentences}
        assert found == counts, heading


def test_text_of_each_item_is_the_text_of_its_lines():
    lines = plan_bytes().decode("utf-8").split("\n")
    for item in plan_reading()["items"]:
        first, last = item["lines"]
        printed = " ".join(line.strip() for line in lines[first - 1 : last] if line.strip())
        assert printed.endswith(item["text"])
        assert " ".join(sentence["text"] for sentence in item["sentences"]) == item["text"]


def test_six_broken_paragraphs_are_joined_and_proposed_as_repairs():
    broken = [repair for repair in plan_reading()["repairs"] if repair["kind"] == "broken"]
    assert [repair["item"] for repair in broken] == [
        "I.2#2", "III.1.2#6", "III.1.3#12", "III.1.5#1", "III.1.5#11", "IV.1",
    ]  # fmt: skip
    texts = {item["id"]: item["text"] for item in plan_reading()["items"]}
    assert all(repair["proposed"] in texts[repair["item"]] for repair in broken)


def test_document_facts():
    document = plan_reading()["document"]
    assert (document["kind"], document["symbol"], document["number"]) == ("Kế hoạch", "/KH-UBND", None)
    assert (document["place"], document["issued_on"]) == ("Lai Châu", "2025-02-14")
    assert document["title"].startswith("Thực hiện Nghị quyết số 03/NQ-CP ngày 09/01/2025")
    assert document["title"].endswith("chuyển đổi số quốc gia")
    assert document["signer"]["capacity"] == "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH; PHÓ CHỦ TỊCH"
    assert document["signer"]["name"] == plan_bytes().decode("utf-8").strip().split("\n")[-1].strip()
    assert len(document["recipients"]) == 11
    assert (document["recipients"][0], document["recipients"][-1]) == ("Văn phòng Chính phủ", "Lưu: VT, VX3, VX4")


def test_both_annexes_are_mentioned_and_missing():
    assert plan_reading()["annexes"] == [
        {"label": "Phụ lục I", "present": False, "mentioned_in": ["II.2#1"]},
        {"label": "Phụ lục II", "present": False, "mentioned_in": ["III.2#1", "IV.1"]},
    ]
    assert plan_reading()["tasks"] == plan_reading()["indicators"] == []
    warned = {note["where"] for note in plan_reading()["notes"] if note["severity"] == "warning"}
    assert warned == {"document", "Phụ lục I", "Phụ lục II"}


def test_seven_printed_targets_and_no_other():
    found = [
        (t["item"], t["comparator"], t["value"], t["value_to"], t["unit"], t["firm"]) for t in plan_reading()["targets"]
    ]
    assert found == [
        ("III.1.1#5", ">=", "25", None, "%", False),
        ("III.1.1#7", "=", "100", None, "%", False),
        ("III.1.3#1", ">=", "3", None, "%", True),
        ("III.1.3#6", None, None, None, None, True),
        ("III.1.4#4", "range", "2", "3", "chuyên gia", True),
        ("III.1.4#8", "=", "100", None, "%", True),
        ("III.1.5#8", ">=", "80", None, "%", True),
    ]
    dues = {t["item"]: t["due"] and (t["due"]["on"] or t["due"]["rrule"]) for t in plan_reading()["targets"]}
    assert (dues["III.1.3#6"], dues["III.1.4#8"], dues["III.1.3#1"]) == ("2030-12-31", "2025-12-31", "FREQ=YEARLY")


def test_seven_dated_deadlines_and_four_rhythms():
    found = [(d["item"], d["quote"], d["due"]["on"] or d["due"]["rrule"]) for d in plan_reading()["deadlines"]]
    assert [each for each in found if each[2] != "FREQ=YEARLY"] == [
        ("I.1#2", "đến năm 2030", "2030-12-31"),
        ("III.1.3#6", "Đến năm 2030", "2030-12-31"),
        ("III.1.4#8", "Hết năm 2025", "2025-12-31"),
        ("IV.1", "trong tháng 02 năm 2025", "2025-02-28"),
        ("IV.2", "trong năm 2025", "2025-12-31"),
        ("IV.3", "trước ngày 15 tháng 6", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=14"),
        ("IV.3", "trước ngày 01 tháng 12", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
    ]
    assert [each[0] for each in found if each[2] == "FREQ=YEARLY"] == ["I.2#1", "III.1.1#11", "III.1.3#1", "IV.5"]


def test_no_document_date_is_taken_for_a_deadline():
    cited = {r["issued_on"] for r in plan_reading()["references"]} - {None}
    assert cited == {"2024-12-22", "2025-01-09", "2021-01-26", "2025-02-10"}
    assert not cited & {deadline["due"]["on"] for deadline in plan_reading()["deadlines"]}


def test_deadlines_bind_the_agencies_the_clause_charges():
    binds = {d["item"]: [b["text"] for b in d["binds"]] for d in plan_reading()["deadlines"]}
    assert binds["IV.1"] == ["Các sở, ngành, địa phương"]
    assert binds["IV.2"] == ["Các sở, ban, ngành", "UBND cấp huyện"]
    assert binds["IV.3"] == ["các sở, ban, ngành", "UBND cấp huyện"]
    assert binds["IV.5"] == ["Sở Tài chính"]


def test_six_references_with_their_mentions_placed():
    references = {r["number"]: r for r in plan_reading()["references"]}
    assert sorted(references) == ["03/NQ-CP", "127/QĐ-TTg", "18-NQ/TW", "45-NQ/TW", "57-NQ/TW", "573/ĐA-UBND"]
    assert references["57-NQ/TW"]["issuer"] == "Bộ Chính trị"
    assert references["18-NQ/TW"]["issued_on"] is None
    assert references["18-NQ/TW"]["issuer"] is None
    lines = plan_bytes().decode("utf-8").split("\n")
    for reference in references.values():
        for mention in reference["mentions"]:
            assert mention["quote"] in lines[mention["line"] - 1]


def test_leads_of_part_four():
    leads = {
        item["id"]: [agency["unit"] for agency in item["agencies"]["lead"]]
        for item in plan_reading()["items"]
        if item["section"] == "IV"
    }
    assert leads["IV.4"] == ["so-kh-cn"]
    assert leads["IV.5"] == ["so-tai-chinh"]
    assert leads["IV.2"] == ["cac-so-ban-nganh", "ubnd-cac-huyen"]
    assert leads["IV.6"] == []


def test_repairs_are_proposed_and_the_printed_text_is_kept():
    proposed = {(r["printed"], r["proposed"]) for r in plan_reading()["repairs"]}
    assert {
        ("chuyên đổi số", "chuyển đổi số"),
        ("Phần đầu", "Phấn đấu"),
        ("03-NQ/CP", "03/NQ-CP"),
        ("phục lục", "phụ lục"),
        ("các các", "các"),
        ("của của", "của"),
        ("uỷ", "ủy"),
    } <= proposed
    assert ("tăng dân", "tăng dần", False) in {
        (r["printed"], r["proposed"], r["sure"]) for r in plan_reading()["repairs"]
    }
    texts = {item["id"]: item["text"] for item in plan_reading()["items"]}
    titles = {section["id"]: section["title"] for section in plan_reading()["sections"]}
    for repair in plan_reading()["repairs"]:
        if repair["kind"] != "broken":
            assert repair["printed"] in {**titles, **texts}[repair["item"]]


def test_every_quote_is_an_exact_part_of_its_item():
    texts = {item["id"]: item["text"] for item in plan_reading()["items"]}
    reading = plan_reading()
    for entry in [*reading["targets"], *reading["deadlines"]]:
        assert entry["quote"] in texts[entry["item"]]
    for target in reading["targets"]:
        assert target["measure"] in target["quote"]


def test_the_same_bytes_give_the_same_reading_at_once():
    with takes_at_most(20):
        again = read_document(plan_bytes(), f"{NAME}.txt")
    assert json.dumps(again, ensure_ascii=False) == json.dumps(plan_reading(), ensure_ascii=False)
