"""What the tests share."""

import logging
import os
import secrets
import socket
import unittest

from session_functions import SessionsClient, session_key

from faults import FaultProxy

URL = os.environ["SESSIONS_URL"]
KEY = os.environ["SESSIONS_KEY"]


def client(url=URL, key=KEY, **options):
    """Returns a client of the API, which no test before has used."""
    return SessionsClient(url, key, **options)


def new_key():
    """Returns a key that no session has."""
    return session_key(secrets.token_hex(16), "tests:")


def new_user():
    """Returns a user without sessions."""
    return f"user-{secrets.token_hex(8)}"


def address_of_nobody():
    """Returns the address of a server that is down."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{held.getsockname()[1]}/api"


class Lines(logging.Handler):
    """Keeps what is logged, at any level."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.levelname} {self.format(record)}")

    def at(self, level):
        return [line for line in self.lines if line.startswith(level)]


class ApiTest(unittest.TestCase):
    """A test against the API, with a proxy that can do harm."""

    maxDiff = None

    def setUp(self):
        self.proxy = FaultProxy(URL)
        self.addCleanup(self.proxy.close)

    def logged(self):
        """Returns what is logged from now on, by anything."""
        lines = Lines()
        root = logging.getLogger()
        level = root.level
        root.addHandler(lines)
        root.setLevel(logging.DEBUG)
        self.addCleanup(root.setLevel, level)
        self.addCleanup(root.removeHandler, lines)
        return lines
