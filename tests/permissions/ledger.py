"""A value that waits, a row put aside, a source and a key: what the acts on values are asked for with."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import NOON, World, make_indicator
from tiendo.accounts.actions import issue_api_key
from tiendo.accounts.models import ApiKey
from tiendo.indicators.actions.delivering import deliver_rows
from tiendo.indicators.actions.observing import Evidence, record_observation
from tiendo.indicators.actions.sources import open_own_source
from tiendo.indicators.delivery import row_of
from tiendo.indicators.models import Batch, Observation, PutAside, Source

CODE = "CT-SO"
CSV = "Mã chỉ tiêu;Mã đơn vị;Kỳ;Loại số liệu;Giá trị\nCT-SO;so-xay-dung;2025;ước;47\n"


def set_ledger(world: World) -> None:
    """An's value with a paper waits, a row of his is put aside, his program has a key."""
    issue_api_key(user=world.an, name="Phần mềm của Sở", by=world.administrator, at=NOON)
    source = open_own_source(unit=world.unit_a, by=world.an, at=NOON)
    given = {"unit": world.unit_a, "source": source, "period": "2025", "status": "ước", "value": "45,5", "at": NOON}
    kept = {"measured_kinds": ["department"], "owner": world.unit_a}
    indicator = make_indicator(CODE, by=world.chi, **kept)  # type: ignore[arg-type]
    paper = Evidence(b"%PDF-1.4\n%%EOF\n", "cv5.pdf")
    record_observation(indicator=indicator, evidence=paper, by=world.an, **given)  # type: ignore[arg-type]
    row = row_of(1, {"indicator": CODE, "unit": world.unit_a.code, "period": "2026", "status": "ước", "value": "bốn"})
    deliver_rows(source=source, rows=[row], form=Batch.Form.API, by=world.an, at=NOON)


def ledger_places() -> dict[str, tuple[Any, ...]]:
    """The addresses of these acts."""
    line, aside, source = _line(), PutAside.objects.get(), _source()
    return {
        "accounts:api-key-end": (ApiKey.objects.get().pk,),
        "api:value-batch": (1,),
        "indicators:value-enter": ("so-xay-dung", "2025"),
        "indicators:value-return": (line.pk,),
        "indicators:value-evidence": (line.pk,),
        "indicators:value-ledger": (CODE, "so-xay-dung", "2025"),
        "indicators:batch-template": ("so-xay-dung",),
        "indicators:batch-detail": (aside.batch_id,),
        "indicators:aside-mend": (aside.pk,),
        "indicators:aside-drop": (aside.pk,),
        "indicators:source-detail": (source.code,),
        "indicators:source-correct": (source.code,),
        "indicators:source-retire": (source.code,),
    }


def typed_in_ledger() -> dict[str, dict[str, Any]]:
    """What is typed in their forms."""
    cells = {"indicator": CODE, "unit": "so-xay-dung", "period": "2026", "status": "ước", "value": "46"}
    source = _source()
    about = {"name": "CSDL ngành", "kind": "database", "keeper": ""}
    return {
        "accounts:api-key-list": {"user": "an", "name": "Cổng dịch vụ công"},
        "indicators:value-enter": {"value-1": "46", "status-1": "estimate"},
        "indicators:value-accept": {"mot": _line().pk},
        "indicators:value-return": {"reason": "Thiếu nguồn"},
        "indicators:value-ledger": {"source": source.code, "status": "estimate", "value": "46"},
        "indicators:batch-list": {"source": source.code, "file": SimpleUploadedFile("so.csv", CSV.encode())},
        "indicators:aside-mend": cells,
        "indicators:aside-drop": {"reason": "Nhầm"},
        "indicators:source-add": {"code": "csdl", **about},
        "indicators:source-correct": about,
    }


def _line() -> Observation:
    return Observation.objects.get(indicator__code=CODE)


def _source() -> Source:
    return Source.objects.get(keeper__code="so-xay-dung", kind=Source.Kind.REPORT)
