"""The session store, as Django's own tests hold every engine to it."""

from datetime import timedelta
from unittest import mock

import website  # noqa: F401  Sets Django up.
from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.test import override_settings
from django.utils import timezone

from session_functions.django import SessionStore

from support import ApiTest


class StoreTest(ApiTest):
    """A test of the store."""

    def setUp(self):
        super().setUp()
        self.session = SessionStore()
        self.addCleanup(self.session.delete)

    def unread(self):
        self.session.modified = False
        self.session.accessed = False

    def again(self):
        """Returns the session as another request finds it."""
        return SessionStore(self.session.session_key)


class ContentTests(StoreTest):
    def test_a_new_session_was_neither_read_nor_changed(self):
        self.assertIs(self.session.modified, False)
        self.assertIs(self.session.accessed, False)
        self.assertIsNone(self.session.get("cat"))
        self.assertTrue(self.session.is_empty())

    def test_reading_is_access_and_writing_is_change(self):
        self.session["cat"] = "dog"
        self.assertIs(self.session.modified, True)
        for read in (
            lambda: "cat" in self.session,
            lambda: self.session.get("cat"),
            lambda: list(self.session.keys()),
            lambda: list(self.session.values()),
            lambda: list(self.session.items()),
            lambda: self.session.pop("no such name", default="x"),
        ):
            self.unread()
            read()
            self.assertIs(self.session.accessed, True)
            self.assertIs(self.session.modified, False)
        for write in (
            lambda: self.session.pop("cat"),
            lambda: self.session.setdefault("foo", "bar"),
            lambda: self.session.update({"a": 1}),
            lambda: self.session.clear(),
        ):
            self.unread()
            write()
            self.assertIs(self.session.accessed, True)
            self.assertIs(self.session.modified, True)
        self.assertEqual(list(self.session.items()), [])
        with self.assertRaises(KeyError):
            self.session.pop("cat")

    def test_a_default_is_set_once(self):
        self.assertEqual(self.session.setdefault("foo", "bar"), "bar")
        self.assertEqual(self.session.setdefault("foo", "baz"), "bar")

    def test_a_saved_session_exists_with_its_content(self):
        self.session["a"] = "b"
        self.session.save()
        self.assertIs(self.session.exists(self.session.session_key), True)
        self.assertEqual(self.session["a"], "b")
        self.assertEqual(dict(self.again().items()), {"a": "b"})

    def test_an_empty_session_can_be_saved(self):
        self.session.save()
        self.assertIs(self.session.exists(self.session.session_key), True)
        self.assertEqual(dict(self.again().items()), {})

    def test_a_later_save_replaces_the_content(self):
        self.session["a"] = 1
        self.session.save()
        second = self.again()
        second["b"] = 2
        del second["a"]
        second.save()
        self.assertEqual(dict(self.again().items()), {"b": 2})

    def test_a_deleted_session_does_not_exist(self):
        self.session.save()
        key = self.session.session_key
        self.session.delete(key)
        self.assertIs(self.session.exists(key), False)
        self.session.delete(key)
        SessionStore().delete()

    def test_a_flushed_session_has_neither_key_nor_content(self):
        self.session["foo"] = "bar"
        self.session.save()
        key = self.session.session_key
        self.session.flush()
        self.assertIs(self.session.exists(key), False)
        self.assertIsNone(self.session.session_key)
        self.assertIs(self.session.modified, True)
        self.assertIs(self.session.accessed, True)
        self.assertEqual(dict(self.session.items()), {})

    def test_a_cleared_session_saves_as_empty_without_being_read(self):
        self.session["foo"] = "bar"
        self.session.save()
        cleared = self.again()
        cleared.clear()
        cleared.save()
        self.assertEqual(dict(self.again().items()), {})

    def test_nothing_is_purged_here(self):
        self.assertIsNone(SessionStore.clear_expired())


class KeyTests(StoreTest):
    def test_a_cycled_session_keeps_its_content_under_a_new_key(self):
        self.session["a"], self.session["b"] = "c", "d"
        self.session.save()
        former, content = self.session.session_key, list(self.session.items())
        self.session.cycle_key()
        self.assertNotEqual(self.session.session_key, former)
        self.assertIs(self.session.exists(former), False)
        self.assertEqual(list(self.session.items()), content)
        self.assertEqual(dict(self.again().items()), dict(content))

    def test_a_session_is_cycled_before_it_was_read(self):
        self.session["a"] = "c"
        self.session.save()
        other = self.again()
        self.assertIs(hasattr(other, "_session_cache"), False)
        other.cycle_key()
        self.assertEqual(dict(other.items()), {"a": "c"})

    def test_a_session_without_a_key_is_cycled_into_one(self):
        self.session["a"] = 1
        self.session.cycle_key()
        self.assertEqual(dict(self.again().items()), {"a": 1})

    def test_an_invalid_key_is_replaced(self):
        session = SessionStore("1")
        session.save()
        self.assertNotEqual(session.session_key, "1")
        self.assertIsNone(session.get("cat"))
        session.delete()
        session.delete("1")

    def test_short_and_empty_keys_are_none(self):
        for key, expected in (("", None), ("1234567", None), ("12345678", "12345678")):
            self.session._session_key = key
            self.assertEqual(self.session.session_key, expected)

    def test_a_key_is_read_only(self):
        with self.assertRaises(AttributeError):
            self.session.session_key = "x" * 32

    def test_loading_an_unknown_key_creates_nothing(self):
        for key in ("someunknownkey", "ünknown-\udce9", "long" * 1000):
            session = SessionStore(key)
            self.assertEqual(session.load(), {})
            self.assertIsNone(session.session_key)
            self.assertIs(session.exists(session.session_key), False)
            self.assertIs(session.exists(key), False)
            self.assertEqual(session.lost_key, key)

    def test_loading_without_a_key_finds_nothing(self):
        session = SessionStore()
        self.assertEqual(session.load(), {})
        self.assertIsNone(session.session_key)
        self.assertIsNone(session.lost_key)

    def test_an_unknown_key_is_never_adopted(self):
        session = SessionStore("chosen-by-an-attacker")
        session["a"] = 1
        session.save()
        self.addCleanup(session.delete)
        self.assertNotEqual(session.session_key, "chosen-by-an-attacker")
        self.assertIs(session.exists("chosen-by-an-attacker"), False)

    def test_a_creation_under_a_key_that_is_taken_fails(self):
        self.session.save()
        other = self.again()
        with self.assertRaises(CreateError):
            other.save(must_create=True)

    def test_a_new_key_is_drawn_without_a_request(self):
        with mock.patch.object(SessionStore, "exists", side_effect=AssertionError):
            self.session.create()
        self.assertEqual(len(self.session.session_key), 32)


class LogoutTests(StoreTest):
    def test_a_save_does_not_revive_a_session_that_another_request_ended(self):
        first = SessionStore()
        first["test_data"] = "value1"
        first.save(must_create=True)
        SessionStore(first.session_key).delete()
        first["test_data"] = "value2"
        with self.assertRaises(UpdateError):
            first.save()
        self.assertEqual(first.load(), {})


class ExpiryTests(StoreTest):
    def test_the_default_is_the_age_of_the_cookie(self):
        self.assertEqual(self.session.get_expiry_age(), settings.SESSION_COOKIE_AGE)
        self.session.set_expiry(0)
        self.assertEqual(self.session.get_expiry_age(), settings.SESSION_COOKIE_AGE)

    def test_an_expiry_is_seconds_or_a_span_or_an_instant(self):
        now = timezone.now()
        for value in (10, timedelta(seconds=10), now + timedelta(seconds=10)):
            with self.subTest(value=value), mock.patch.object(timezone, "now", return_value=now):
                self.session.set_expiry(value)
                self.assertEqual(self.session.get_expiry_date(modification=now), now + timedelta(seconds=10))
                self.assertEqual(self.session.get_expiry_age(modification=now), 10)

    def test_an_expiry_can_be_removed(self):
        self.session.set_expiry(None)
        self.session.set_expiry(10)
        self.session.set_expiry(None)
        self.assertEqual(self.session.get_expiry_age(), settings.SESSION_COOKIE_AGE)

    def test_a_session_may_end_with_the_browser(self):
        for by_default in (False, True):
            with override_settings(SESSION_EXPIRE_AT_BROWSER_CLOSE=by_default):
                for value, expected in ((10, False), (0, True), (None, by_default)):
                    self.session.set_expiry(value)
                    self.assertIs(self.session.get_expire_at_browser_close(), expected)

    @override_settings(SESSION_SERIALIZER="website.PickleSerializer")
    def test_an_expiry_in_the_past_leaves_nothing(self):
        session = SessionStore()
        session["foo"] = "bar"
        session.set_expiry(-timedelta(seconds=10))
        session.save()
        self.assertNotIn("foo", SessionStore(session.session_key))

    def test_a_saved_session_expires_when_its_expiry_is_set_to_the_past(self):
        self.session["foo"] = "bar"
        self.session.save()
        self.session.set_expiry(-10)
        self.session.save()
        self.assertNotIn("foo", self.again())

    def test_the_service_keeps_the_expiry(self):
        self.session.set_expiry(600)
        self.session.save()
        self.assertEqual(self.kept().idle_timeout_seconds, 600)
        self.session.set_expiry(300)
        self.session.save()
        self.assertEqual(self.kept().idle_timeout_seconds, 300)

    def test_the_policy_of_the_service_bounds_the_age_of_the_cookie(self):
        self.session.save()
        longest = self.kept().idle_timeout_seconds
        self.assertLess(longest, settings.SESSION_COOKIE_AGE)
        self.session.set_expiry(600)
        self.session.save()
        self.session.set_expiry(None)
        self.session.save()
        self.assertEqual(self.kept().idle_timeout_seconds, longest)

    def test_an_age_of_a_century_is_bounded_by_the_policy(self):
        from session_functions.django import conf

        conf._service.cache_clear()  # a process that knows nothing of the policy
        self.session.set_expiry(36525 * 24 * 3600)
        self.session.save()
        self.assertLess(self.kept().idle_timeout_seconds, settings.SESSION_COOKIE_AGE)

    def kept(self):
        from session_functions.django import conf

        return conf.service().keyed.get(conf.key_of(self.session.session_key), consistency="strong")


class CodingTests(StoreTest):
    def test_what_is_encoded_can_be_decoded(self):
        content = {"a test key": "a test value"}
        self.assertEqual(self.session.decode(self.session.encode(content)), content)

    def test_a_wrong_signature_is_logged_and_empty(self):
        with self.assertLogs("django.security.SuspiciousSession", "WARNING") as logged:
            self.assertEqual(self.session.decode("bad:encoded:value"), {})
        self.assertIn("Session data corrupted", logged.output[0])
