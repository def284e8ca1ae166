import pytest
from django.apps import apps
from django.db.models import Model

from tiendo.accounts.models import User
from tiendo.plans.models import Task
from tiendo.portal.dictionary import FIELDS
from tiendo.publication.classes import CLASSES, DataClass, class_of
from tiendo.publication.guard import NotPublic, public_rows
from tiendo.reporting.models import Entry, Submission

ROOMS = (
    "orgs",
    "accounts",
    "notices",
    "plans",
    "indicators",
    "budget",
    "intake",
    "reporting",
    "oversight",
    "evaluation",
    "publication",
)
MODELS = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_has_a_class(model: type[Model]) -> None:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    assert all(isinstance(class_of(model._meta.label, field.name), DataClass) for field in fields)


def test_the_table_names_no_field_that_is_gone_and_none_twice() -> None:
    models = {model._meta.label: {field.name for field in model._meta.get_fields()} for model in MODELS}
    for label, classes in CLASSES.items():
        named = [name for names in classes.values() for name in names.split()]
        assert len(named) == len(set(named)), label
        assert set(named) <= models[label], label


def test_a_new_field_without_a_class_is_found() -> None:
    with pytest.raises(LookupError, match=r"reporting\.Entry\.phone"):
        class_of("reporting.Entry", "phone")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "path"),
    [
        (User, "full_name"),
        (Task, "not_public_reason"),
        (Entry, "result"),
        (Submission, "difficulty"),
        (Submission, "reason"),
        (Submission, "submitted_by"),
        (Submission, "submitted_by__email"),
        (Submission, "entry__saved_by__full_name"),
        (Submission, "entry__difficulty"),
        (Task, "entries__result"),
        (Task, "title__x"),
        (Task, "nothing"),
    ],
)
def test_what_is_not_public_never_passes_the_guard(model: type[Model], path: str) -> None:
    with pytest.raises(NotPublic):
        public_rows(model._default_manager.all(), "id", path)


@pytest.mark.django_db
def test_public_fields_pass_the_guard() -> None:
    rows = public_rows(Submission.objects.all(), "result", "entry__task__title", "entry__duty__unit_id")
    assert rows == []


def test_the_dictionary_of_records_names_nothing_personal() -> None:
    personal = {name for classes in CLASSES.values() for name in classes.get(DataClass.PERSONAL, "").split()}
    assert not {part for path in FIELDS for part in path.split(".")} & (personal - {"file"})
