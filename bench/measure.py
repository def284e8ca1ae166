"""A small load generator: connections kept alive, each sending its next request when the last was answered."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Build = Callable[[int], bytes]  # the bytes of the next request of one connection


class Refused(Exception):
    """The server answered something else than what was asked for; a figure would mean nothing."""


@dataclass
class Sample:
    """What one run saw."""

    seconds: float
    times: list[float] = field(default_factory=list)  # one a request, in seconds
    received: int = 0  # bytes of bodies as sent, compressed ones compressed

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds

    @property
    def p95(self) -> float:
        """The time within which 95 of 100 requests were answered."""
        times = sorted(self.times)
        return times[min(len(times) - 1, round(0.95 * len(times)))]

    @property
    def size(self) -> int:
        """Bytes of one body."""
        return self.received // len(self.times)


def get(path: str, headers: dict[str, str] | None = None) -> bytes:
    return _request("GET", path, headers or {}, b"")


def post(path: str, headers: dict[str, str], body: bytes) -> bytes:
    form = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    return _request("POST", path, headers | form, body)


def _request(method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = {"Host": "127.0.0.1", "Accept-Encoding": "gzip", **headers}
    return (
        "".join([f"{method} {path} HTTP/1.1\r\n", *(f"{k}: {v}\r\n" for k, v in lines.items()), "\r\n"]).encode() + body
    )


def measure(port: int, build: Build, *, connections: int, seconds: float) -> Sample:
    """Requests for about that long; each connection finishes the request it is at. Raises Refused at any non-200."""
    return asyncio.run(_measure(port, build, connections, seconds))


async def _measure(port: int, build: Build, connections: int, seconds: float) -> Sample:
    start = time.perf_counter()
    sample = Sample(seconds)
    async with asyncio.TaskGroup() as group:
        for number in range(connections):
            group.create_task(_one(port, build, number, start + seconds, sample))
    sample.seconds = time.perf_counter() - start
    return sample


async def _one(port: int, build: Build, number: int, end: float, sample: Sample) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    try:
        while time.perf_counter() < end:
            request = build(number)
            asked = time.perf_counter()
            writer.write(request)
            size = await _answer(reader, request)
            sample.times.append(time.perf_counter() - asked)
            sample.received += size
    finally:
        writer.close()
        await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader, request: bytes) -> int:
    """Read one answer whole; the size of its body."""
    status, body = await read_answer(reader)
    if status != 200:
        asked = request.split(b"\r\n", 1)[0].decode()
        raise Refused(f"{asked}: {status} {body[:300]!r}")
    return len(body)


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """The status and the body of the next answer, the body as sent: compressed where it is."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length, chunked = _length(head), b"transfer-encoding: chunked" in head
    body = await _chunks(reader) if chunked else await reader.readexactly(length)
    return int(head.split(b" ", 2)[1]), body


def _length(head: bytes) -> int:
    _before, name, after = head.partition(b"\r\ncontent-length:")
    return int(after.split(b"\r\n", 1)[0]) if name else 0


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = bytearray()
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return bytes(body)
