"""Units of measure: their codes, Vietnamese names, conversions and what may be added to what. Pure.

A ratio ("%", "‰", "người/vạn dân") has no dimension. Money, time and speed each have one. A count has one of its own:
persons are not households. A unit that a paper prints and nobody defined becomes a count of its own kind.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache
from gettext import gettext as _

from pint import UnitRegistry
from pint.util import UnitsContainer

from tiendo.orgs.words import fold
from tiendo.ui.sentences import Sentence

DIGITS = 60  # a division that does not end is cut far behind what any table keeps
OWN_KIND = "x-"  # before the folded words of a unit nobody defined
LONGEST_CODE = 40


@dataclass(frozen=True)
class MeasureUnit:
    """A unit of measure: `one` says what one of it is, in other codes; empty for the first unit of a kind."""

    code: str
    name: str
    one: str = ""
    others: tuple[str, ...] = ()  # other ways in which papers write it


RATIOS = (
    MeasureUnit("share", _("phần"), "", ("tỷ lệ", "hệ số")),
    MeasureUnit("percent", "%", "0.01 share", ("phần trăm", "% gdp", "tỷ lệ %")),
    MeasureUnit("percent_point", _("điểm %"), "0.01 share", ("điểm phần trăm", "đ%")),
    MeasureUnit("percent_per_year", _("%/năm"), "0.01 share", ("% năm", "phần trăm/năm")),
    MeasureUnit("per_mille", "‰", "0.001 share", ("phần nghìn",)),
    MeasureUnit("times", _("lần"), "share"),
    MeasureUnit("person_per_10000", _("người/vạn dân"), "0.0001 share", ("người/10.000 dân", "người/1 vạn dân")),
)
MONEY = (
    MeasureUnit("dong", _("đồng"), "", ("vnđ", "vnd", "đ")),
    MeasureUnit("thousand_dong", _("nghìn đồng"), "1000 dong", ("ngàn đồng",)),
    MeasureUnit("million_dong", _("triệu đồng"), "1000000 dong", ("tr.đ", "trđ")),
    MeasureUnit("billion_dong", _("tỷ đồng"), "1000000000 dong", ("tỉ đồng",)),
    MeasureUnit("dong_per_person", _("đồng/người"), "dong / person"),
    MeasureUnit("million_dong_per_person", _("triệu đồng/người"), "1000000 dong / person"),
)
SPEEDS = (
    MeasureUnit("mbps", "Mb/s", "", ("mbps", "mbit/s", "megabit/giây")),
    MeasureUnit("gbps", "Gb/s", "1000 mbps", ("gbps", "gbit/s")),
    MeasureUnit("tbps", "Tb/s", "1000000 mbps", ("tbps", "tbit/s")),
)
TIMES = (
    MeasureUnit("minute", _("phút")),
    MeasureUnit("hour", _("giờ"), "60 minute", ("tiếng",)),
    MeasureUnit("day", _("ngày"), "1440 minute"),
    MeasureUnit("year", _("năm")),
    MeasureUnit("hour_per_year", _("giờ/năm")),
    MeasureUnit("working_day", _("ngày làm việc")),
    MeasureUnit("month", _("tháng")),
)
PLACES = (
    MeasureUnit("rank", _("hạng"), "", ("thứ hạng", "xếp hạng", "vị trí")),
    MeasureUnit("level", _("mức"), "", ("mức độ", "cấp độ")),
    MeasureUnit("point", _("điểm")),
    MeasureUnit("index", _("chỉ số")),
)
COUNTS = (
    MeasureUnit("person", _("người"), "", ("lượt người", "nhân lực", "cán bộ")),
    MeasureUnit("thousand_person", _("nghìn người"), "1000 person"),
    MeasureUnit("household", _("hộ"), "", ("hộ gia đình", "hộ dân")),
    MeasureUnit("account", _("tài khoản")),
    MeasureUnit("enterprise", _("doanh nghiệp"), "", ("dn",)),
    MeasureUnit("organisation", _("tổ chức"), "", ("cơ quan", "đơn vị", "cơ sở")),
    MeasureUnit("dossier", _("hồ sơ")),
    MeasureUnit("procedure", _("thủ tục"), "", ("tthc", "thủ tục hành chính")),
    MeasureUnit("service", _("dịch vụ"), "", ("dịch vụ công", "dvc")),
    MeasureUnit("document", _("văn bản")),
    MeasureUnit("task", _("nhiệm vụ")),
    MeasureUnit("transaction", _("giao dịch")),
    MeasureUnit("commune", _("xã"), "", ("xã, phường", "xã/phường")),
    MeasureUnit("village", _("bản"), "", ("thôn, bản", "thôn", "thôn/bản")),
    MeasureUnit("city", _("thành phố"), "", ("đô thị",)),
    MeasureUnit("station", _("trạm"), "", ("trạm bts",)),
    MeasureUnit("cable", _("tuyến cáp"), "", ("tuyến",)),
    MeasureUnit("system", _("hệ thống"), "", ("nền tảng",)),
    MeasureUnit("database", _("cơ sở dữ liệu"), "", ("csdl",)),
    MeasureUnit("centre", _("trung tâm")),
    MeasureUnit("project", _("dự án"), "", ("đề án",)),
    MeasureUnit("study", _("đề tài"), "", ("nhiệm vụ khoa học",)),
    MeasureUnit("article", _("bài báo"), "", ("công bố", "bài")),
    MeasureUnit("patent", _("sáng chế"), "", ("bằng sáng chế", "đơn sáng chế")),
    MeasureUnit("product", _("sản phẩm")),
    MeasureUnit("training_class", _("lớp"), "", ("lớp học", "khóa")),
    MeasureUnit("exchange", _("sàn"), "", ("sàn giao dịch",)),
    MeasureUnit("expert", _("chuyên gia")),
)
MEASURES = {each.code: each for each in (*RATIOS, *MONEY, *SPEEDS, *TIMES, *PLACES, *COUNTS)}


def measure_of(code: str) -> MeasureUnit:
    """The unit of a code; a count of its own kind bears the words it was made from.

    Raises ValueError, with a sentence, for a code that is neither.
    """
    known = MEASURES.get(code)
    if known is not None:
        return known
    if re.fullmatch(rf"{OWN_KIND}[a-z0-9]+(-[a-z0-9]+)*", code):
        return MeasureUnit(code, code.removeprefix(OWN_KIND).replace("-", " "))
    raise ValueError(Sentence.of(_("Không có đơn vị tính mang mã “{code}”."), code=code))


def code_for(printed: str) -> str:
    """The code of a unit as a paper prints it; words nobody defined give the code of a count of their own kind.

    Raises ValueError, with a sentence, where nothing is printed.
    """
    key = _key(printed)
    if key in _by_words():
        return _by_words()[key]
    slug = re.sub(r"[^a-z0-9]+", "-", fold(printed)).strip("-")[: LONGEST_CODE - len(OWN_KIND)].strip("-")
    if not slug:
        raise ValueError(Sentence.of(_("Thiếu đơn vị tính.")))
    return OWN_KIND + slug


@cache
def dimension_of(code: str) -> UnitsContainer:
    """What a unit measures, to be compared, multiplied and divided; empty for ratios."""
    return UnitsContainer(_registry(code).get_dimensionality(_symbol(code)))


@cache
def factor_of(code: str) -> Decimal:
    """How many of the first unit of its kind one of it is."""
    registry = _registry(code)
    with localcontext(prec=DIGITS):
        return Decimal(registry.Quantity(Decimal(1), _symbol(code)).to_base_units().magnitude)


def _key(printed: str) -> str:
    return " ".join(printed.casefold().replace(" / ", "/").split())


@cache
def _by_words() -> dict[str, str]:
    return {_key(words): each.code for each in MEASURES.values() for words in (each.name, *each.others)}


def _symbol(code: str) -> str:
    return code.replace("-", "_")


@cache
def _defined() -> "UnitRegistry[Decimal]":
    """A registry with nothing in it but what stands above."""
    registry: UnitRegistry[Decimal] = UnitRegistry(None, non_int_type=Decimal)
    for each in MEASURES.values():
        if each.code == "share":
            registry.define("share = []")
        else:
            registry.define(f"{each.code} = {each.one or f'[{each.code}]'}")
    return registry


def _registry(code: str) -> "UnitRegistry[Decimal]":
    """The registry, with a count of its own kind defined in it when it is first met."""
    measure_of(code)
    registry = _defined()
    if code not in MEASURES and _symbol(code) not in registry:
        registry.define(f"{_symbol(code)} = [{_symbol(code)}]")
    return registry
