"""How far a reading has come, for whoever sits at the terminal or reads a log: always on standard error."""

import time
from types import TracebackType
from typing import Self, TextIO

from django.utils.translation import gettext as _

FIRST_AFTER = 1.0  # seconds; a short file needs no word
EACH_ON_TERMINAL, EACH_IN_LOG = 0.2, 5.0


class ProgressLine:
    """On a terminal one line that is written over and taken away at the end; elsewhere a line now and then."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream, self._name = stream, name
        self._is_terminal = stream.isatty()
        self._next = time.monotonic() + FIRST_AFTER
        self._width = 0

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (EACH_ON_TERMINAL if self._is_terminal else EACH_IN_LOG)
        words = _("Đang đọc “{name}”: {percent} %").format(name=self._name, percent=int(share * 100))
        if self._is_terminal:
            self._stream.write(f"\r{words.ljust(self._width)}")
            self._width = len(words)
        else:
            self._stream.write(f"{words}\n")
        self._stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._width:
            self._stream.write(f"\r{' ' * self._width}\r")
            self._stream.flush()
