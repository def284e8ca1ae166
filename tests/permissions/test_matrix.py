"""Every page and every act, asked for by everybody: the answer is the one written down, refused acts leave nothing."""

import pytest

from tests.permissions.asking import Matrix, outcome, routes
from tests.permissions.expected import PEOPLE, ROWS, Outcome, Row

pytestmark = pytest.mark.django_db
STREAM = "plans:overview-events"  # lets go of its connection, so it is asked for outside the rolled back stage
ASKED = [row for row in ROWS if row.route != STREAM]
REACHED = (Outcome.DONE, Outcome.MOVED)
INSPECTS = (  # what inspection saw and what must follow, never a fact of the plan
    *(
        "programme-create",
        "programme-detail",
        "programme-lines",
        "inspection-surprise",
        "inspection-edit",
        "team-name",
        "team-end",
    ),
    *("inspection-announce", "inspection-begin", "inspection-cancel", "inspection-conclude", "inspection-recommend"),
    *("checklist-write", "checklist-answer", "finding-add", "finding-withdraw"),
)


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row.name)
def test_each_person_meets_what_is_written_down(matrix: Matrix, row: Row) -> None:
    answers = {person: matrix.ask(row, person) for person in PEOPLE}
    met = {person: outcome(row, answer) for person, answer in answers.items()}
    assert met == row.outcomes()
    for person, answer in answers.items():
        if row.method == "GET":
            assert (person, answer.touched) == (person, False)
        if met[person] not in REACHED:
            assert (person, answer.events, answer.changed) == (person, 0, False)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {row.route for row in ROWS} == routes()


def test_no_row_is_written_twice() -> None:
    names = [row.name for row in ROWS]
    assert sorted(names) == sorted(set(names))


def test_a_page_without_an_act_changes_nothing_when_posted_to(matrix: Matrix) -> None:
    acts = {row.route for row in ROWS if row.method == "POST"}
    for row in ASKED:
        if row.route not in acts:
            for person in ("head", "coordinator", "decision_maker", "administrator"):
                answer = matrix.ask(Row("POST", row.route, row.words, row.done, case=row.case), person)
                assert (row.name, person, answer.events, answer.changed) == (row.name, person, 0, False)


def test_inspectors_change_nothing() -> None:
    own = {"accounts:sign-in", "accounts:sign-out", "accounts:password-change", "audit:event-verify", "set_language"}
    own |= {f"notices:{name}" for name in ("inbox-read", "preferences", "feed-make", "feed-end")}
    own |= {f"oversight:{name}" for name in INSPECTS}
    assert {row.route for row in ROWS if row.method == "POST" and "inspector" in row.done} == own
