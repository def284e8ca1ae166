"""A card's papers tell the numbers scoring took, and no others."""

from decimal import Decimal

from tests.evaluation.contents import make_card, make_content, make_snapshot, make_task
from tiendo.evaluation.carding import Carded, Head, card_paper, card_sheets
from tiendo.evaluation.content import Outcome
from tiendo.evaluation.scoring import score
from tiendo.evaluation.shaping import plain
from tiendo.papers.model import TableBlock


def test_completion_by_indicators_is_the_same_in_workbook_paper_and_result() -> None:
    """Of 150 %, cut to 100, and one not known, which counts 0: 50 % everywhere; page and API read the result."""
    outcomes = (Outcome("a", "2025", "f:1", Decimal(150), "exceeded"), Outcome("b", "2025", None, None, "no_data"))
    facts = make_snapshot(make_content(), make_card("A", make_task(outcomes=outcomes)))
    result = score(facts).cards[0]
    head = Head("UBND", "Sở", "PĐG", "Huế", "Giám đốc", "Nguyễn Văn A")
    carded = Carded(facts, facts.cards[0], plain(result), 1, "0" * 64, head)  # type: ignore[arg-type]
    sheet = card_sheets(carded)[1]
    place = [column.title for column in sheet.columns].index("Theo chỉ tiêu (%)")
    tables = [block for block in card_paper(carded, illustrative=True).body if isinstance(block, TableBlock)]
    named = [column.title for column in tables[1].columns].index("Theo chỉ tiêu (%)")
    assert result.outcome_completion == next(iter(sheet.rows))[place] == Decimal(50)
    assert next(iter(tables[1].rows))[named] == "50"
