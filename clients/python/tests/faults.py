"""A proxy in front of the API that does harm as told."""

import http.client
import http.server
import json
import socket
import struct
import threading
from urllib.parse import urlsplit


class FaultProxy:
    """Forwards requests. Each fault that is given serves one request, in turn.

    A fault is a function of the handler; ``handler.forward()`` sends the request on and returns the answer.
    """

    def __init__(self, upstream):
        self.upstream = urlsplit(upstream)
        self.faults = []
        self.always = None
        self.requests = []
        self.over = threading.Event()
        self._gate = threading.Lock()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}{self.upstream.path}"

    def close(self):
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def paths(self, method):
        return [path for used, path in self.requests if used == method]

    def _next(self, request):
        with self._gate:
            self.requests.append(request)
            return self.faults.pop(0) if self.faults else self.always

    def _handler(self):
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def serve(self):
                self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                fault = proxy._next((self.command, self.path))
                if fault is not None:
                    self.over = proxy.over
                    fault(self)
                else:
                    self.answer(*self.forward())

            def forward(self):
                connection = http.client.HTTPConnection(proxy.upstream.hostname, proxy.upstream.port, timeout=10)
                try:
                    headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
                    connection.request(self.command, self.path, self.body or None, headers)
                    response = connection.getresponse()
                    return response.status, response.headers.items(), response.read()
                finally:
                    connection.close()

            def answer(self, status, headers, body):
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in ("transfer-encoding", "content-length", "connection", "date", "server"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def log_message(self, *args):
                pass

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = serve

        return Handler


def problem(status, name, headers=(), **members):
    """Answers with a problem in place of the API."""

    def fault(handler):
        content = {"type": f"urn:session-functions:problem:{name}", "title": "A fault.", "status": status, **members}
        handler.answer(status, [("Content-Type", "application/problem+json"), *headers], json.dumps(content).encode())

    return fault


def reset_before(handler):
    """Resets the connection; the API never sees the request."""
    _reset(handler)


def reset_after(handler):
    """Lets the API do its work, and resets the connection in place of its answer."""
    handler.forward()
    _reset(handler)


def stalled(handler):
    """Answers nothing until the test is over."""
    handler.over.wait()
    handler.close_connection = True


def trickling(handler):
    """Sends a byte of an endless header now and then: no single read takes long."""
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not handler.over.wait(0.05):
            handler.wfile.write(b"x")
    except OSError:
        pass  # The client has given up, as it should.
    handler.close_connection = True


def skewed(handler):
    """Answers as if the server's clock were a day ahead."""
    status, headers, body = handler.forward()
    for year in (b"2024", b"2025", b"2026", b"2027", b"2028"):
        body = body.replace(b"At\":\"" + year, b"At\":\"2099")
    handler.answer(status, [*headers, ("Date", "Thu, 01 Jan 2099 00:00:00 GMT")], body)


def _reset(handler):
    # A close that lingers for no time is a reset.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()
    handler.rfile = handler.wfile = _Nothing()


class _Nothing:
    closed = True

    def flush(self):
        pass

    def close(self):
        pass
