"""Streams of a compound file (Office before 2007): the chain of sectors of one stream, put together. Pure."""

from collections.abc import Iterator
from struct import unpack_from

SMALL_STREAM = 4096  # shorter streams lie in the file's own stream of small sectors
LAST_SECTOR = 0xFFFFFFFA
ENTRY = 128
FAT_IN_HEADER = 109
STORAGE_ROOT, STREAM = 5, 2


class Compound:
    """A compound file opened for reading. Raises ValueError when its chains cannot be followed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._size = 1 << min(unpack_from("<H", data, 30)[0], 16)
            self._small = 1 << min(unpack_from("<H", data, 32)[0], 16)
            self._fat = self._table(self._fat_sectors())
            self._directory = self._chained(unpack_from("<I", data, 48)[0])
        except Exception as error:  # struct.error, IndexError: the header or a chain is cut short
            raise ValueError("the compound file is damaged") from error

    def stream(self, *names: str) -> bytes | None:
        """The content of the first stream found under one of these names, whatever the case; None without one."""
        entries = list(self._entries())
        for wanted in names:
            for name, kind, start, size in entries:
                if kind == STREAM and name.casefold() == wanted.casefold():
                    return self._content(entries, start, size)
        return None

    def _entries(self) -> Iterator[tuple[str, int, int, int]]:
        for at in range(0, len(self._directory) - ENTRY + 1, ENTRY):
            length, kind = unpack_from("<HB", self._directory, at + 64)
            start, size = unpack_from("<II", self._directory, at + 116)
            name = self._directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield name, kind, start, size

    def _content(self, entries: list[tuple[str, int, int, int]], start: int, size: int) -> bytes:
        if size >= SMALL_STREAM:
            return self._chained(start)[:size]
        root = next((first for _name, kind, first, _size in entries if kind == STORAGE_ROOT), LAST_SECTOR)
        container = self._chained(root)
        table = self._chained(unpack_from("<I", self._data, 60)[0])
        following = unpack_from(f"<{len(table) // 4}I", table)
        width = self._small
        sectors = _chain(start, following)
        return b"".join(container[at * width : (at + 1) * width] for at in sectors)[:size]

    def _chained(self, start: int) -> bytes:
        return b"".join(self._sector(at) for at in _chain(start, self._fat))

    def _sector(self, at: int) -> bytes:
        return self._data[(at + 1) * self._size : (at + 2) * self._size]

    def _table(self, sectors: list[int]) -> tuple[int, ...]:
        table = b"".join(map(self._sector, sectors))
        return unpack_from(f"<{len(table) // 4}I", table)

    def _fat_sectors(self) -> list[int]:
        """Where the table of chains lies: named in the header, and for large files in sectors of their own."""
        found = [at for at in unpack_from(f"<{FAT_IN_HEADER}I", self._data, 76) if at < LAST_SECTOR]
        more, seen = unpack_from("<I", self._data, 68)[0], set[int]()
        while more < LAST_SECTOR and more not in seen:
            seen.add(more)
            listed = unpack_from(f"<{self._size // 4}I", self._sector(more))
            found += [at for at in listed[:-1] if at < LAST_SECTOR]
            more = listed[-1]
        most = len(self._data) // self._size + 1
        return [at for at in dict.fromkeys(found) if at < most]


def _chain(start: int, following: tuple[int, ...]) -> Iterator[int]:
    """The sectors from `start` on; a chain that bites its tail ends in an error, never in a loop."""
    left = len(following)
    while start < LAST_SECTOR:
        if start >= len(following) or left <= 0:
            raise ValueError("a chain of sectors leads nowhere")
        yield start
        start, left = following[start], left - 1
