"""Requests with the service key: bounded in time, repeated where that is safe."""

from __future__ import annotations

import http.client
import json
import logging
import random
import threading
import time
from dataclasses import dataclass
from typing import Any, Callable, Dict, Mapping, Optional, Sequence, Union
from urllib.parse import urlencode, urlsplit

from .connections import Connections
from .errors import ServiceKeyRefused, SessionEnded, SessionsError, SessionsUnavailable, VersionMismatch, problem_type
from .models import instant

Key = Union[str, Callable[[], str]]

_log = logging.getLogger("session_functions")
_UNAVAILABLE = (408, 429, 500, 502, 503, 504)
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0


@dataclass(frozen=True)
class Answer:
    """An answer of the API."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    attempts: int

    def json(self) -> Any:
        """Returns the body; None when there is none, or none that is JSON."""
        try:
            return json.loads(self.body) if self.body else None
        except ValueError:
            return None

    @property
    def etag(self) -> Optional[str]:
        """The version of the content."""
        return self.headers.get("ETag")


@dataclass(frozen=True)
class _Failure:
    name: str


class Transport:
    """Sends requests. Safe for any number of threads."""

    def __init__(self, url: str, key: Key, timeout: float, attempts: int) -> None:
        parts = urlsplit(url)
        is_more = parts.query or parts.fragment or parts.username
        if parts.scheme not in ("http", "https") or not parts.hostname or is_more:
            raise ValueError(
                "The address of the API must be an http or https URL with its base path and nothing more, "
                "such as https://sessions.example.com/api."
            )
        if not key:
            raise ValueError("The service key is missing. It begins with ssk_ and is configured in SESSIONS_KEY.")
        self._base = parts.path.rstrip("/")
        self._key = key
        self._timeout = timeout
        self._attempts = attempts
        self._connections = Connections(parts.scheme, parts.hostname, parts.port)
        self._refusal = threading.Lock()
        self._is_refusal_told = False

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Optional[Mapping[str, Any]] = None,
        body: Any = None,
        headers: Optional[Mapping[str, str]] = None,
        is_repeatable: bool = True,
        expected: Sequence[int] = (),
        bearer: Optional[str] = None,
    ) -> Answer:
        """Sends a request and returns its answer.

        :param body: Sent as JSON; None for no body.
        :param is_repeatable: Whether it may be sent again when it is not known what became of it.
        :param expected: Statuses besides 2xx that are answers and no errors.
        :param bearer: A credential in place of the service key.
        """
        target = self._base + path + (f"?{urlencode(query)}" if query else "")
        content = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        fields: Dict[str, str] = dict(headers or {})
        if content is not None:
            fields["Content-Type"] = "application/json"
        deadline = time.monotonic() + self._timeout
        attempt = 0
        while True:
            attempt += 1
            result = self._attempt(method, target, content, fields, deadline, not is_repeatable, bearer, attempt)
            error = self._error_of(result, expected, is_users=bearer is not None)
            if error is None:
                assert isinstance(result, Answer)
                return result
            may_repeat = is_repeatable or error.status == 429
            if not isinstance(error, SessionsUnavailable) or isinstance(error, ServiceKeyRefused) or not may_repeat:
                raise error
            pause = self._pause(result, attempt)
            if attempt >= self._attempts or time.monotonic() + pause >= deadline:
                raise error
            time.sleep(pause)

    def close(self) -> None:
        """Closes the connection of the calling thread."""
        self._connections.drop()

    # Never raises what http.client raises: its frames hold the headers, which error pages and reports would show.
    def _attempt(
        self,
        method: str,
        target: str,
        content: Optional[bytes],
        fields: Mapping[str, str],
        deadline: float,
        fresh: bool,
        bearer: Optional[str],
        attempt: int,
    ) -> Union[Answer, _Failure]:
        credential = bearer or (self._key() if callable(self._key) else self._key)
        try:
            connection = self._connections.take(deadline, fresh=fresh)
            connection.request(method, target, content, {**fields, "Authorization": f"Bearer {credential}"})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read(), attempt)
        except (OSError, http.client.HTTPException) as e:
            self._connections.drop()
            return _Failure(type(e).__name__)

    def _error_of(
        self, result: Union[Answer, _Failure], expected: Sequence[int], *, is_users: bool
    ) -> Optional[SessionsError]:
        if isinstance(result, _Failure):
            return SessionsUnavailable(f"The session service did not answer: {result.name}.")
        if 200 <= result.status < 300 or result.status in expected:
            if not is_users:
                self._is_refusal_told = False
            return None
        content = result.json()
        problem: Mapping[str, Any] = content if isinstance(content, dict) else {}
        more: Dict[str, Any] = {"status": result.status, "type": problem_type(problem), "problem": problem}
        text = _text_of(result.status, problem)
        if result.status in _UNAVAILABLE:
            return SessionsUnavailable(text, retry_after=_retry_after(result) or 1, **more)
        if result.status in (401, 403) and not is_users:
            return self._refused(text, more)
        if result.status == 409 and more["type"] == "session-ended":
            ended_at = instant(problem.get("endedAt"))
            return SessionEnded(text, reason=str(problem.get("reason")), ended_at=ended_at, **more)
        if result.status == 412:
            return VersionMismatch(text, etag=result.etag, **more)
        return SessionsError(text, **more)

    def _refused(self, text: str, more: Mapping[str, Any]) -> ServiceKeyRefused:
        with self._refusal:
            is_first = not self._is_refusal_told
            self._is_refusal_told = True
        if is_first:
            _log.error(
                "The session service refuses the service key: %s Requests fail until SESSIONS_KEY is a valid key with "
                "the scopes that the application uses.",
                text,
            )
        return ServiceKeyRefused(text, **more)

    def _pause(self, result: Union[Answer, _Failure], attempt: int) -> float:
        told = _retry_after(result) if isinstance(result, Answer) else None
        if told is not None:
            return told
        # Half of it random, so that the clients of a server that restarts do not come at once.
        pause = min(_FIRST_PAUSE * 2 ** (attempt - 1), _LONGEST_PAUSE)
        return pause * (0.5 + random.random() / 2)


def _text_of(status: int, problem: Mapping[str, Any]) -> str:
    parts = [problem.get("title"), problem.get("detail")]
    for error in problem.get("errors") or ():
        parts.append(f"{error.get('pointer')}: {error.get('detail')}")
    told = " ".join(str(part) for part in parts if part)
    return f"{told or 'The session service refused the request.'} (HTTP {status})"


def _retry_after(answer: Answer) -> Optional[float]:
    # A date would be read by a clock that may be wrong; the API sends seconds.
    text = answer.headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() else None
