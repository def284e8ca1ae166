"""`python -m tests.fuzz.forever MINUTES [extension …]`: damage files of each form in turn until the time is over."""

import sys
import time
from itertools import count, cycle

from tests.fuzz.running import SEEDS, crashes, damaged

BATCH = 40
FIRST_SEED = 100_000  # other seeds than the suite tries


def main() -> int:
    """Print each crash once; 1 when there was any."""
    end = time.monotonic() + 60 * float(sys.argv[1] if len(sys.argv) > 1 else 5)
    found, tried = 0, 0
    for batch, extension in zip(count(), cycle(sys.argv[2:] or sorted(SEEDS))):
        if time.monotonic() > end:
            break
        for crash in crashes(damaged(extension, FIRST_SEED + batch * BATCH, BATCH), seconds=BATCH * 11):
            found += 1
            print(crash, flush=True)
        tried += BATCH
    print(f"{tried} damaged files, {found} crashes")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
