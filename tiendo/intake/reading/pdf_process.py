"""The process that reads one PDF: the file comes on standard input; shares of the work and then the reading go out.

It holds itself to limits of memory and of work, and writes nothing but its answer.
"""

import json
import resource
import sys

from tiendo.intake.reading.pdf_wire import read_data, sentence_data
from tiendo.plans.spreadsheets.errors import Unreadable

MEMORY = 2 << 30  # bytes of address space: a plan takes a tenth of it
SECONDS = 1_200  # of processor time for the whole file, recognising sixty scanned pages included


def main() -> int:
    """Read the file; the answer is one line of JSON, a reading or the sentence that says why there is none."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from tiendo.intake.reading.pdf_document import read_document  # the library lives under the limits from its start

    try:
        answer = read_data(read_document(sys.stdin.buffer.read(), _tell))
    except Unreadable as unreadable:
        answer = sentence_data(unreadable.args[0])
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
    return 0


def _tell(share: float) -> None:
    print(share, flush=True)
