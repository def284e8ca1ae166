"""One run of the typesetter in a process of its own: a request as JSON on standard input, a PDF on standard output.

The typesetter keeps what it computed for many runs, about ten times the memory of a paper, and a fault
in it ends the process it runs in; a server should live through both. Run as a script by `pdf.render_pdf`;
it imports nothing of the project.
"""

import json
import sys
from datetime import datetime
from typing import Any

import typst


def main() -> int:
    """Typeset the request; complaints go to standard error."""
    request = json.load(sys.stdin.buffer)
    if "picture" in request:
        sys.stdout.buffer.write(picture(request))
        return 0
    pdf = typst.compile(
        str(request["template"]),
        font_paths=[str(request["fonts"])],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(request["paper"], ensure_ascii=False), "enclosure": request["enclosure"]},
        pdf_standards=["a-3b" if request["enclosure"] else "a-2b"],
        timestamp=datetime.fromisoformat(request["made_at"]),
    )
    sys.stdout.buffer.write(pdf)
    return 0


def picture(request: dict[str, Any]) -> bytes:
    """A picture alone, as PNG."""
    return typst.compile(
        str(request["template"]),
        font_paths=[str(request["fonts"])],
        ignore_system_fonts=True,
        format="png",
        ppi=request["ppi"],
        sys_inputs=request["picture"],
    )


if __name__ == "__main__":
    sys.exit(main())
