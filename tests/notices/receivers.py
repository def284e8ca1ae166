"""A mail server and a web server on this machine, as small as the tests need."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer


@dataclass
class Post:
    """What arrived, and how the next one is answered."""

    port: int = 0
    arrived: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    code: int = 200
    location: str = ""


@contextmanager
def web_server() -> Iterator[Post]:
    """Takes every POST and answers with `code`."""
    post = Post()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            post.arrived.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(post.code)
            if post.location:
                self.send_header("Location", post.location)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Nothing is said on the screen."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        post.port = server.server_address[1]
        yield from _while_running(server, post)


@contextmanager
def mail_server() -> Iterator[Post]:
    """Speaks as much SMTP as a client needs; `code` other than 200 is its answer to the receiver's address."""
    post = Post()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            for line in self.rfile:
                verb = line.split(b" ")[0].strip().upper()
                if verb == b"DATA":
                    self.say("354 go on")
                    post.arrived.append(({}, self.letter()))
                    self.say("250 taken")
                elif verb == b"QUIT":
                    return self.say("221 bye")
                elif verb == b"RCPT" and post.code != 200:
                    self.say(f"{post.code} not here")
                else:
                    self.say("250 fine")
            return None

        def letter(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line)
            return b"".join(lines)

        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        post.port = server.server_address[1]
        yield from _while_running(server, post)


def _while_running(server: socketserver.BaseServer, post: Post) -> Iterator[Post]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield post
    finally:
        server.shutdown()
        thread.join()
