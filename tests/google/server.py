"""The stand-in on a socket: a threaded HTTP server on loopback."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from tests.google import control
from tests.google.google import Google, Reply, Request
from tests.google.seed import Account, seed
from tests.google.staff import Staff


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        # Small answers on a kept-alive connection would wait 40 ms for each other's acknowledgement.
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _serve(self) -> None:
        request = Request(self.command, self.path, {name.lower(): text for name, text in self.headers.items()})
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            request.body = self._chunks()
        else:
            request.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith(control.PREFIX):
            reply = control.handle(self.server.owner, request)
        else:
            reply = self.server.owner.google.handle(request)
        self._reply(reply)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815, RUF100  (the names http.server looks for)

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _reply(self, reply: Reply) -> None:
        if reply.drop:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(reply.status)
        for name, text in reply.headers.items():
            self.send_header(name, text)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if reply.status != 204:
            self.wfile.write(reply.body)

    def version_string(self) -> str:
        return "ESF"

    def log_message(self, *args: object) -> None:
        """Silent: the counters know."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A client that was hung up on, or hangs up itself, is part of the tests and no news.
    block_on_close = False
    request_queue_size = 64

    def __init__(self, port: int, owner: GoogleServer) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Lost connections are expected here."""


class GoogleServer:
    """The stand-in, serving: ``with GoogleServer() as server: … server.url, server.account …``"""

    def __init__(self, port: int = 0) -> None:
        self.google = Google()
        self.account: Account = seed(self.google)
        self.staff = Staff(self.google, self.account)
        self._server = _Server(port, self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return int(self._server.server_address[1])

    @property
    def host(self) -> str:
        """``127.0.0.1:PORT``, as WORKSPACE_EMULATOR_HOST wants it."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The base that replaces ``https://<any>.googleapis.com``."""
        return f"http://{self.host}"

    def start(self) -> GoogleServer:
        """Serve in the background."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def serve_forever(self) -> None:
        """Serve in the foreground."""
        self._server.serve_forever()

    def __enter__(self) -> GoogleServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
