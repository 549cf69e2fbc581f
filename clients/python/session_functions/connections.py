"""Kept-alive connections, one for each thread, on which every call ends by its deadline."""

from __future__ import annotations

import http.client
import io
import os
import socket
import ssl
import threading
import time
from typing import Any, Optional


def remaining(deadline: float) -> float:
    """Returns the seconds left, always positive. Raises a timeout at the deadline."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise socket.timeout("The time for the request is over.")
    return left


class _Deadline:
    """The end of the current call. Shared, so that a connection and its socket do not hold each other."""

    at = 0.0


class _BoundedReader(io.RawIOBase):
    def __init__(self, deadline: _Deadline, sock: socket.socket) -> None:
        self._deadline = deadline
        self._sock = sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(remaining(self._deadline.at))
        return self._sock.recv_into(buffer)


class _BoundedSocket:
    """What http.client uses of a socket. A time-out of a socket bounds a single read; this bounds their sum."""

    def __init__(self, deadline: _Deadline, sock: socket.socket) -> None:
        self._deadline = deadline
        self._sock = sock

    def sendall(self, data: Any) -> None:
        self._sock.settimeout(remaining(self._deadline.at))
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_BoundedReader(self._deadline, self._sock))

    def close(self) -> None:
        self._sock.close()

    def __del__(self) -> None:
        # The connection of a thread that has ended.
        self._sock.close()


class _Bounded:
    """Mixed into the connections of http.client."""

    deadline: _Deadline
    process: int
    sock: Any
    timeout: Any

    def connect(self) -> None:
        self.timeout = remaining(self.deadline.at)
        super().connect()  # type: ignore[misc]
        self.sock = _BoundedSocket(self.deadline, self.sock)


class _Plain(_Bounded, http.client.HTTPConnection):
    pass


class _Secure(_Bounded, http.client.HTTPSConnection):
    pass


class Connections:
    """The connections to one server."""

    def __init__(self, scheme: str, host: str, port: Optional[int]) -> None:
        self._host = host
        self._port = port
        self._context = ssl.create_default_context() if scheme == "https" else None
        self._kept = threading.local()

    def take(self, deadline: float, *, fresh: bool) -> http.client.HTTPConnection:
        """Returns this thread's connection.

        :param fresh: Whether it must be new. A kept one may turn out to be closed, which only a request that is safe
            to repeat can bear.
        """
        kept = getattr(self._kept, "connection", None)
        if kept is not None and (fresh or kept.process != os.getpid()):
            # The socket of a parent process is the parent's: both would read each other's answers.
            self.drop()
            kept = None
        if kept is None:
            kept = self._new()
            self._kept.connection = kept
        kept.deadline.at = deadline
        return kept

    def drop(self) -> None:
        """Closes this thread's connection."""
        kept = getattr(self._kept, "connection", None)
        self._kept.connection = None
        if kept is not None:
            kept.close()

    def _new(self) -> Any:
        connection: Any
        if self._context is not None:
            connection = _Secure(self._host, self._port, context=self._context)
        else:
            connection = _Plain(self._host, self._port)
        connection.deadline = _Deadline()
        connection.process = os.getpid()
        return connection
