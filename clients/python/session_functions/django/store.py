"""The session store."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import Any, Callable, Dict, Iterator, Mapping, Optional

from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, SessionBase, UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.utils.crypto import get_random_string

from ..errors import SessionEnded, SessionsUnavailable, VersionMismatch
from ..models import Session
from . import conf, fallback
from .content import pack, unpack
from .merging import changes_between, merged, snapshot_of

_log = logging.getLogger("session_functions.django")
_KEY_LENGTH = 32
_MOST_MERGES = 10
_ANY_VERSION = "*"


class SessionStore(SessionBase):
    """Keeps sessions in the session-functions API.

    Its methods raise :class:`~session_functions.SessionsUnavailable` when the API cannot tell.
    """

    def __init__(self, session_key: Optional[str] = None) -> None:
        super().__init__(session_key)
        self._service = conf.service()
        self._base: Optional[Dict[str, bytes]] = None
        self._user_id: Optional[str] = None
        self._etag: Optional[str] = None
        self.device: Optional[Mapping[str, Any]] = None
        """The device of the request; the middleware sets it."""
        self.sid: Optional[str] = None
        """The public id of the session, once it was loaded or saved."""
        self.lost_key: Optional[str] = None
        """The session key of the request, when it has no session."""
        self.retry_after: Optional[float] = None
        """Seconds after which to try again, once the API could not tell during the request."""

    @classmethod
    def clear_expired(cls) -> None:
        """Does nothing: the service purges."""

    def load(self) -> Dict[str, Any]:
        if self.session_key is None:
            return {}
        with self._watching():
            found = self._service.keyed.get(conf.key_of(self.session_key)) or self._import()
            if found is not None:
                content = unpack(self, found.data)
                self._remember(found, content)
                if self._touch(found, content):
                    return content
        self.lost_key = self.session_key
        self._session_key = None
        return {}

    def exists(self, session_key: Optional[str]) -> bool:
        if not session_key:
            return False
        with self._watching():
            return self._service.keyed.exists(conf.key_of(session_key)) or fallback.exists(session_key)

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        content = self._get_session(no_load=must_create)
        if self.session_key is None:
            self.create()
            return
        age = self.get_expiry_age()
        if age <= 0:
            # It has expired as it is saved.
            if not must_create:
                self.delete()
            return
        with self._watching():
            try:
                self._save(content, age, must_create)
            except (SessionEnded, VersionMismatch) as e:
                _log.debug("A session was not saved: %s", e)
                raise (CreateError if must_create else UpdateError) from None

    def delete(self, session_key: Optional[str] = None) -> None:
        self._end(session_key or self.session_key, reason=None)

    def flush(self) -> None:
        # In this order: when the session could not be ended, an empty one must not be saved in its place.
        self._end(self.session_key, reason="signed-out")
        self.clear()
        self._session_key = None

    def cycle_key(self) -> None:
        """Gives the content a new session key.

        Raises ``SessionInterrupted`` when the session was ended meanwhile: its content must not live on.
        """
        content = self._session
        former = self.session_key
        self.create()
        self._session_cache = content
        if former is None:
            return
        with self._watching():
            # Asked after the creation: a sign-out on all devices ends the new session too from now on.
            is_live = self._service.keyed.get(conf.key_of(former), consistency="strong") or fallback.exists(former)
        if not is_live:
            self.delete()
            self._session_key = None
            self._session_cache = {}
            raise SessionInterrupted("The request's session was ended before the request completed.")
        self._end(former, reason="rotated")

    async def aload(self) -> Dict[str, Any]:
        return await _in_thread(self.load)()

    async def aexists(self, session_key: Optional[str]) -> bool:
        return await _in_thread(self.exists)(session_key)

    async def acreate(self) -> None:
        await _in_thread(self.create)()

    async def asave(self, must_create: bool = False) -> None:
        await _in_thread(self.save)(must_create)

    async def adelete(self, session_key: Optional[str] = None) -> None:
        await _in_thread(self.delete)(session_key)

    async def aflush(self) -> None:
        await _in_thread(self.flush)()

    async def acycle_key(self) -> None:
        await _in_thread(self.cycle_key)()

    @classmethod
    async def aclear_expired(cls) -> None:
        """Does nothing: the service purges."""

    # No look-up: 32 random characters are nobody else's, and the creation is conditional.
    def _get_new_session_key(self) -> str:
        return get_random_string(_KEY_LENGTH, VALID_KEY_CHARS)

    async def _aget_new_session_key(self) -> str:
        return self._get_new_session_key()

    def _save(self, content: Dict[str, Any], age: int, must_create: bool) -> None:
        if must_create:
            self._remember(self._put(content, age, must_create=True), content)
            return
        if self._base is None or not conf.merges():
            self._remember(self._put(content, age, if_match=_ANY_VERSION), content)
            return
        changes = changes_between(self._base, snapshot_of(self, content))
        for _ in range(_MOST_MERGES):
            try:
                saved = self._put(content, age, if_match=self._etag)
            except VersionMismatch:
                current = self._service.keyed.get(conf.key_of(self.session_key), consistency="strong")
                if current is None:
                    raise
                result = merged(unpack(self, current.data), changes, content)
                content.clear()
                content.update(result)
                self._etag = current.etag
            else:
                self._remember(saved, content)
                return
        raise SessionsUnavailable("The session was changed by other requests again and again.")

    def _put(self, content: Mapping[str, Any], age: int, **condition: Any) -> Session:
        user_id = conf.user_id_of(content)
        arguments: Dict[str, Any] = {"data": pack(self, content), "user_id": user_id, **condition}
        if condition.get("must_create") or user_id != self._user_id:
            arguments["device"] = self.device
        return self._service.save(conf.key_of(self.session_key), age, **arguments)

    def _import(self) -> Optional[Session]:
        """Moves the session over from the engine used before."""
        key = self.session_key
        content = fallback.load(key)
        if content is None:
            return None
        age = self.get_expiry_age(expiry=content.get("_session_expiry"))
        saved: Optional[Session] = None
        if age > 0:
            try:
                saved = self._put(content, age, must_create=True)
            except VersionMismatch:
                saved = self._service.keyed.get(conf.key_of(key), consistency="strong")
            except SessionEnded as e:
                _log.debug("A session of the engine used before was not moved: %s", e)
        # Asked after the creation: a sign-out on all devices that is later ends what was created.
        if saved is not None and fallback.is_signed_out(saved.user_id):
            self._service.keyed.end(conf.key_of(key), reason="signed-out-everywhere")
            saved = None
        fallback.delete(key)
        return saved

    def _remember(self, session: Session, content: Mapping[str, Any]) -> None:
        self.sid = session.sid
        self._user_id = session.user_id
        self._etag = session.etag
        self._base = snapshot_of(self, content) if conf.merges() else None

    def _touch(self, session: Session, content: Mapping[str, Any]) -> bool:
        """Renews the idle end where the service's policy is shorter than Django's. Returns whether it is live."""
        age = self.get_expiry_age(expiry=content.get("_session_expiry"))
        if session.idle_timeout_seconds >= age or session.idle_expires_in_seconds * 2 > session.idle_timeout_seconds:
            return True
        address = (self.device or {}).get("ipAddress")
        try:
            return self._service.keyed.touch(conf.key_of(self.session_key), ip_address=address) is not None
        except SessionsUnavailable as e:
            _log.debug("The idle end of a session was not renewed: %s", e)
            return True

    def _end(self, session_key: Optional[str], reason: Optional[str]) -> None:
        if session_key is None:
            return
        with self._watching():
            self._service.keyed.end(conf.key_of(session_key), reason=reason)
            fallback.delete(session_key)

    @contextmanager
    def _watching(self) -> Iterator[None]:
        try:
            yield
        except SessionsUnavailable as e:
            self.retry_after = e.retry_after
            raise


def _in_thread(function: Callable[..., Any]) -> Callable[..., Any]:
    # The engine used before may use the database, whose connections belong to Django's own thread.
    return sync_to_async(function, thread_sensitive=conf.fallback_engine() is not None)
