"""A connection to the server that outlives it: what was not answered is asked again until somebody answers."""

import asyncio
import time
from dataclasses import dataclass

from bench.measure import read_answer

PATIENCE = 120.0  # seconds a person tries again while the server is away
PAUSE = 0.5


@dataclass(frozen=True)
class Answer:
    """The status, the body, how long the asking took, and how often it had to be repeated."""

    status: int
    body: bytes
    seconds: float
    repeated: int


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> Answer:
        """The answer, however often the connection breaks. Raises TimeoutError when nobody answers for PATIENCE."""
        begun, repeated = time.perf_counter(), 0
        while True:
            asked = time.perf_counter()
            try:
                status, body = await self._once(request)
            except (OSError, asyncio.IncompleteReadError):
                self.close()
                repeated += 1
                if time.perf_counter() - begun > PATIENCE:
                    raise TimeoutError("the server does not come back") from None
                await asyncio.sleep(PAUSE)
            else:
                return Answer(status, body, time.perf_counter() - asked, repeated)

    async def _once(self, request: bytes) -> tuple[int, bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        reader, writer = self.streams
        writer.write(request)
        await writer.drain()
        return await read_answer(reader)

    def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None
