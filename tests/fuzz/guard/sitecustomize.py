"""Python reads this at its start when the folder is on its path: no process in which it stands can reach the network.

Only our own interpreter may be started, which is guarded in the same way because the path is passed on.
"""

import os
import sys
from typing import Any

OUTSIDE = ("urllib.Request", "os.system", "os.exec", "os.posix_spawn", "ftplib.connect", "smtplib.connect")


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    program = arguments[0] if event == "subprocess.Popen" and arguments else None
    if event.startswith("socket.") or event in OUTSIDE or (program and program != sys.executable):
        with open(os.environ["TIENDO_REACHED_OUT"], "a", encoding="utf-8") as kept:
            kept.write(f"{event} {program or ''}\n")
        raise OSError(f"not here: {event}")


if "TIENDO_REACHED_OUT" in os.environ:
    sys.addaudithook(_guard)
