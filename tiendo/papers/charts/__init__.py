"""Pictures of figures as SVG: drawn once, the same on a page, in a document and on another site.

A caller describes the picture with `shapes` and gets SVG text; the same description always gives the same text.
Nothing is told by colour alone, nothing needs a script or a style sheet: `charts.css` only adds to the look of a page.
`text_of` says the same in a sentence or two, for those who hear the page. Drawing knows no state of the house but the
words it is handed; `say` puts the few words of its own into the reader's language.
"""

from tiendo.papers.charts.bars import bars as bars
from tiendo.papers.charts.lines import line_chart as line_chart
from tiendo.papers.charts.maps import boundary_map as boundary_map
from tiendo.papers.charts.maps import tiles as tiles
from tiendo.papers.charts.multiples import panels as panels
from tiendo.papers.charts.multiples import scale_words as scale_words
from tiendo.papers.charts.shapes import Area as Area
from tiendo.papers.charts.shapes import Bar as Bar
from tiendo.papers.charts.shapes import Bars as Bars
from tiendo.papers.charts.shapes import Former as Former
from tiendo.papers.charts.shapes import Goal as Goal
from tiendo.papers.charts.shapes import Look as Look
from tiendo.papers.charts.shapes import Map as Map
from tiendo.papers.charts.shapes import Mark as Mark
from tiendo.papers.charts.shapes import Multiples as Multiples
from tiendo.papers.charts.shapes import Point as Point
from tiendo.papers.charts.shapes import Series as Series
from tiendo.papers.charts.svg import printed as printed
from tiendo.papers.charts.telling import text_of as text_of
