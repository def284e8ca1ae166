"""Elements of SVG as text: escaped, without style attributes, coordinates to a tenth."""

from collections.abc import Iterable
from decimal import Decimal
from html import escape

INK, MUTED, RULE, DEEP, PAPER = "#1b2225", "#545f63", "#c9c5ba", "#14535f", "#ffffff"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
PRINTED = "Liberation Serif, Times New Roman, serif"
SIZE = Decimal(12)
LETTER = Decimal("0.53")  # of the size: what a letter takes on average, on the high side

Number = Decimal | int
Dot = tuple[Decimal, Decimal]


def num(value: Number) -> str:
    """A coordinate: at most one digit after the point, no idle zero."""
    text = f"{Decimal(value):.1f}"
    return text.removesuffix(".0").replace("-0", "0") if text in ("-0.0", "0.0") else text.removesuffix(".0")


def tag(name: str, inside: str = "", /, **attributes: Number | str) -> str:
    """An element; an attribute's name is written with `_` for `-` and a `_` at the end where Python keeps the word."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else num(value)}"'
        for key, value in attributes.items()
        if value != ""
    )
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def text(x: Number, y: Number, words: str, *, kind: str = "ch-text", **more: Number | str) -> str:
    """A line of text; ink unless its kind is muted."""
    fill = MUTED if kind == "ch-muted" else INK
    return tag("text", escape(words, quote=False), **({"class": kind, "x": x, "y": y, "fill": fill} | more))


def lines_of(words: str, room: Decimal, size: Decimal = SIZE) -> list[str]:
    """Words broken into lines that fit the room; one long word stands alone."""
    made: list[str] = []
    for word in words.split():
        if made and width_of(f"{made[-1]} {word}", size) <= room:
            made[-1] += f" {word}"
        else:
            made.append(word)
    return made


def width_of(words: str, size: Decimal = SIZE) -> Decimal:
    """About how wide a line of text is."""
    return len(words) * size * LETTER


def polyline(dots: Iterable[Dot], /, **attributes: Number | str) -> str:
    """A line through dots, unfilled."""
    points = " ".join(f"{num(x)},{num(y)}" for x, y in dots)
    return tag("polyline", points=points, fill="none", **attributes)


def polygon(dots: Iterable[Dot], /, **attributes: Number | str) -> str:
    """A closed shape through dots."""
    return tag("polygon", points=" ".join(f"{num(x)},{num(y)}" for x, y in dots), **attributes)


def picture(
    inside: str, *, ids: str, title: str, told: str, width: Number, height: Number, kind: str, role: str = "img"
) -> str:
    """The whole: named by its title and told by its description. `role` is "group" where links stand inside."""
    head = tag("title", escape(title, quote=False), id=f"{ids}-t") + tag(
        "desc", escape(told, quote=False), id=f"{ids}-d"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {kind}" viewBox="0 0 {num(width)} {num(height)}" '
        f'width="{num(width)}" height="{num(height)}" role="{role}" aria-labelledby="{escape(ids)}-t" '
        f'aria-describedby="{escape(ids)}-d" font-family="{FONT}" font-size="{num(SIZE)}">{head}{inside}</svg>'
    )


def printed(svg: str) -> str:
    """The picture with the letters of an official paper, which has one typeface throughout; they are narrower."""
    return svg.replace(f'font-family="{FONT}"', f'font-family="{PRINTED}"')


def headed(title: str, width: Number) -> tuple[str, Decimal]:
    """The title as text over the picture and the height it takes, for pictures that stand without a page."""
    rows = lines_of(title, Decimal(width) - 8, Decimal(13))
    drawn = "".join(
        text(4, 14 + 17 * at, row, kind="ch-title", font_size=13, font_weight="bold") for at, row in enumerate(rows)
    )
    return drawn, Decimal(17 * len(rows) + 4)


def moved(inside: str, down: Number, right: Number = 0) -> str:
    """The same, further down."""
    return tag("g", inside, transform=f"translate({num(right)} {num(down)})") if down or right else inside
