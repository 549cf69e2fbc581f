"""The engine used before: nobody is signed out by the change."""

from importlib import import_module

import website  # noqa: F401  Sets Django up.
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import RequestFactory, override_settings

from session_functions import SessionsUnavailable
from session_functions.django import SessionStore, conf, sign_out_everywhere

import faults
from support import ApiTest, client, new_user

DB = "django.contrib.sessions.backends.db"
CACHED_DB = "django.contrib.sessions.backends.cached_db"
CACHE = "django.contrib.sessions.backends.cache"


class FallbackTests(ApiTest):
    def setUp(self):
        super().setUp()
        self.user = new_user()

    def old(self, engine, **content):
        session = import_module(engine).SessionStore()
        session.update(content)
        session.save()
        return session

    def kept(self, session_key):
        return conf.service().keyed.get(conf.key_of(session_key), consistency="strong")

    def test_a_session_of_every_engine_moves_as_it_is_used(self):
        for engine in (DB, CACHED_DB, CACHE):
            with self.subTest(engine), override_settings(SESSIONS_FALLBACK=engine):
                old = self.old(engine, **{SESSION_KEY: self.user, "cart": [1]})
                moved = SessionStore(old.session_key)
                self.assertEqual(moved.load(), {SESSION_KEY: self.user, "cart": [1]})
                self.assertEqual(moved.session_key, old.session_key)
                self.assertFalse(old.exists(old.session_key))
                self.assertEqual(self.kept(old.session_key).user_id, self.user)
        self.assertEqual(client().count(self.user), 3)

    def test_without_the_setting_an_old_session_is_unknown(self):
        old = self.old(DB, a=1)
        self.assertEqual(SessionStore(old.session_key).load(), {})

    @override_settings(SESSIONS_FALLBACK=DB)
    def test_a_key_that_neither_has_is_unknown(self):
        session = SessionStore("someunknownkey")
        self.assertEqual(session.load(), {})
        self.assertIsNone(session.session_key)
        self.assertIs(session.exists("someunknownkey"), False)

    @override_settings(SESSIONS_FALLBACK=DB)
    def test_an_old_session_exists_and_is_cycled_and_flushed(self):
        old = self.old(DB, a=1)
        session = SessionStore(old.session_key)
        self.assertIs(session.exists(old.session_key), True)
        session.cycle_key()
        self.assertFalse(old.exists(old.session_key))
        self.assertEqual(SessionStore(session.session_key).load(), {"a": 1})
        another = self.old(DB, b=1)
        SessionStore(another.session_key).flush()
        self.assertFalse(another.exists(another.session_key))
        self.assertEqual(SessionStore(another.session_key).load(), {})

    @override_settings(SESSIONS_FALLBACK=DB)
    def test_an_old_session_that_has_expired_does_not_move(self):
        old = self.old(DB, a=1)
        Session.objects.filter(session_key=old.session_key).update(expire_date="2001-01-01T00:00:00Z")
        self.assertEqual(SessionStore(old.session_key).load(), {})

    @override_settings(SESSIONS_FALLBACK=DB)
    def test_an_ended_session_does_not_come_back_from_the_old_engine(self):
        old = self.old(DB, **{SESSION_KEY: self.user})
        SessionStore(old.session_key).load()
        again = import_module(DB).SessionStore()
        again.update({SESSION_KEY: self.user})
        again._session_key = old.session_key
        again.save(must_create=True)
        client().revoke_all(self.user)
        self.assertEqual(SessionStore(old.session_key).load(), {})
        self.assertFalse(old.exists(old.session_key))

    @override_settings(SESSIONS_FALLBACK=DB)
    def test_a_session_that_two_requests_move_is_one(self):
        old = self.old(DB, **{SESSION_KEY: self.user})
        again = import_module(DB).SessionStore(old.session_key)
        content = dict(again.items())
        SessionStore(old.session_key).load()
        again._session_cache = content
        again.save(must_create=True)
        self.assertEqual(SessionStore(old.session_key).load(), content)
        self.assertEqual(client().count(self.user), 1)

    @override_settings(SESSIONS_FALLBACK=CACHED_DB)
    def test_sign_out_everywhere_reaches_sessions_that_have_not_moved(self):
        used, unused = (self.old(CACHED_DB, **{SESSION_KEY: self.user}) for _ in range(2))
        others = self.old(CACHED_DB, **{SESSION_KEY: new_user()})
        request = RequestFactory().get("/")
        request.session = SessionStore(used.session_key)
        self.assertEqual(sign_out_everywhere(request), 1)
        self.assertEqual(SessionStore(unused.session_key).load(), {})
        self.assertEqual(client().count(self.user), 0)
        self.assertNotEqual(SessionStore(others.session_key).load(), {})

    def test_the_old_engine_does_not_answer_for_a_service_that_is_down(self):
        old = self.old(DB, **{SESSION_KEY: self.user})
        self.proxy.always = faults.problem(503, "store-unavailable")
        with override_settings(SESSIONS_FALLBACK=DB, SESSIONS_URL=self.proxy.url):
            with self.assertRaises(SessionsUnavailable):
                SessionStore(old.session_key).load()
        self.assertTrue(old.exists(old.session_key))
