"""`python -m tests.fuzz.child`: read files in a process that has little memory, little time, and no network at all.

Reads tasks from standard input as JSON, one a line, and answers one line of JSON for each: what came of the file.
"""

import base64
import json
import os
import re
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from tests.fuzz.mutations import mutated
from tiendo.intake import reading as formats
from tiendo.intake.extraction.reading import read_document
from tiendo.intake.reading import Unreadable
from tiendo.intake.reading.pdf_document import read_document as read_pages

MEMORY = 2_500 * 1024 * 1024  # address space, of which a reader fills a small part
SECONDS = 10
LONGEST = 60
READERS = dict(formats.READERS)
# The pages are read here and not in a process of their own, so that every trace is seen.
OPEN = {**READERS, "pdf": read_pages} if "pdf" in READERS else READERS


def main() -> None:
    """Answer every task, then stop."""
    guard()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


def guard() -> None:
    """Set the bounds. Programs from outside are out of reach too: what is tested is what we read ourselves."""
    os.environ["PATH"] = ""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, _too_long)
    signal.signal(signal.SIGPROF, _too_long)


def _too_long(_signal: int, _frame: Any) -> None:
    raise AssertionError(f"longer than {SECONDS} seconds of work, or {LONGEST} of waiting")


def _worked() -> float:
    """Seconds of processor time, those of processes it started included: a busy machine does not lengthen them."""
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def answer(task: dict[str, Any]) -> dict[str, Any]:
    """What came of one file: read, refused with a sentence, or a crash with its trace."""
    data = _data(task)
    formats.READERS = READERS if task.get("apart") else OPEN
    start = _worked()
    signal.alarm(LONGEST)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        found = read_document(data, task["name"])
        json.dumps(found)
        told = {"outcome": "read", "said": f"{len(found['tasks'])} tasks"}
    except Unreadable as refusal:
        told = {"outcome": "refused", "said": str(refusal)}
    except BaseException:  # the parent wants every trace
        told = {"outcome": "crash", "said": traceback.format_exc()[-1500:]}
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return {**told, "seconds": round(_worked() - start, 2), "peak_mb": int(peak[1]) // 1024 if peak else 0}


def _data(task: dict[str, Any]) -> bytes:
    if "data" in task:
        return base64.b64decode(task["data"])
    if "piece" in task:
        return bytes(task["piece"].encode() * task["times"])
    data = Path(task["path"]).read_bytes()
    return mutated(data, task["seed"]) if "seed" in task else data


if __name__ == "__main__":
    main()
