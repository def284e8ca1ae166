"""Units, people and posts, and the small province that most tests live in."""

from dataclasses import dataclass
from datetime import date

from tiendo.accounts.models import Post, Role, User
from tiendo.orgs.models import Unit, UnitKind
from tiendo.orgs.words import fold, sort_key

SINCE = date(2025, 1, 1)


def make_unit(code: str, name: str | None = None, *, kind: str = UnitKind.DEPARTMENT, **fields: object) -> Unit:
    """A unit in force; departments and communes owe reports unless told otherwise."""
    name = name or f"Sở {code}"
    values: dict[str, object] = {
        "short_name": name,
        "folded": fold(name),
        "sort_key": sort_key(name),
        "kind": kind,
        "reports": kind in {UnitKind.DEPARTMENT, UnitKind.COMMUNE},
    }
    return Unit.objects.create(code=code, name=name, **(values | fields))


def make_user(
    username: str,
    unit: Unit | None = None,
    role: Role | None = None,
    *,
    full_name: str | None = None,
    title: str | None = None,
    valid_from: date = SINCE,
    valid_to: date | None = None,
) -> User:
    """A person; with a unit and a role, one post in that unit. The password is the username repeated twice."""
    user = User(username=username, full_name=full_name or username.capitalize(), email=f"{username}@vidu.test")
    user.set_password(username * 2)
    user.save()
    if unit is not None and role is not None:
        Post.objects.create(
            user=user, unit=unit, role=role, title=title or str(role.label), valid_from=valid_from, valid_to=valid_to
        )
    return user


@dataclass(frozen=True)
class World:
    """A small province: two departments that report, the coordinator, finance, inspection, and the committee above."""

    province: Unit
    coordinator_unit: Unit
    finance_unit: Unit
    inspection_unit: Unit
    unit_a: Unit
    unit_b: Unit
    an: User  # officer of unit A: drafts
    binh: User  # head of unit A: approves and sends
    chi: User  # coordinator: returns or accepts
    dung: User  # officer of unit B: must see nothing of A
    decision_maker: User
    finance: User
    inspector: User
    administrator: User

    @property
    def people(self) -> dict[str, User]:
        """Everyone by the part they play, for tests over every role."""
        return {
            "officer": self.an,
            "head": self.binh,
            "coordinator": self.chi,
            "decision_maker": self.decision_maker,
            "finance": self.finance,
            "inspector": self.inspector,
            "administrator": self.administrator,
            "other_unit": self.dung,
        }


def make_world() -> World:
    """The world of the fixture of that name; see `World` for who is who."""
    province = make_unit("ubnd-tinh", "UBND tỉnh", kind=UnitKind.COMMITTEE)
    science = make_unit("so-khcn", "Sở Khoa học và Công nghệ", parent=province)
    money = make_unit("so-tai-chinh", "Sở Tài chính", parent=province)
    inspection = make_unit("thanh-tra", "Thanh tra tỉnh", parent=province)
    a = make_unit("so-xay-dung", "Sở Xây dựng", parent=province)
    b = make_unit("so-y-te", "Sở Y tế", parent=province)
    return World(
        province=province,
        coordinator_unit=science,
        finance_unit=money,
        inspection_unit=inspection,
        unit_a=a,
        unit_b=b,
        an=make_user("an", a, Role.OFFICER, full_name="Nguyễn Văn An"),
        binh=make_user("binh", a, Role.HEAD, full_name="Lò Thị Bình", title="Giám đốc"),
        chi=make_user("chi", science, Role.COORDINATOR, full_name="Vàng Thị Chi"),
        dung=make_user("dung", b, Role.OFFICER, full_name="Giàng A Dũng"),
        decision_maker=make_user("chu-tich", province, Role.DECISION_MAKER, full_name="Trần Quyết", title="Chủ tịch"),
        finance=make_user("tai-chinh", money, Role.FINANCE, full_name="Phạm Thị Ngân"),
        inspector=make_user("thanh-tra", inspection, Role.INSPECTOR, full_name="Hoàng Minh Tra"),
        administrator=make_user("quan-tri", science, Role.ADMINISTRATOR, full_name="Đỗ Quản Trị"),
    )
