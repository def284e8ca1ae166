"""Prints the HTTP status with which an address answers, or 0 when nothing answers."""

import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit


def status_of(address: str) -> int:
    """Status of a GET, redirects not followed."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        connection.request("GET", parts.path)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


if __name__ == "__main__":
    print(status_of(sys.argv[1]))
