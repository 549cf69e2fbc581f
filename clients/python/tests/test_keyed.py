"""Keyed sessions against the API."""

import hashlib
import unittest

from session_functions import SessionEnded, SessionsError, VersionMismatch, session_key

from support import ApiTest, client, new_key, new_user


class SessionKeyTests(unittest.TestCase):
    def test_a_key_is_the_hash_of_prefix_and_id(self):
        self.assertEqual(session_key(""), "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")
        self.assertEqual(session_key("b", "a"), session_key("ab"))
        self.assertEqual(len(session_key("x")), 43)
        self.assertNotEqual(session_key("x"), session_key("y"))

    def test_any_cookie_has_a_key(self):
        self.assertEqual(len(session_key("\udcff\ud800")), 43)
        self.assertEqual(len(session_key("é" * 4000)), 43)

    def test_the_id_is_not_in_the_key(self):
        self.assertNotIn(hashlib.sha256(b"secret").hexdigest(), session_key("secret"))
        self.assertNotIn("secret", session_key("secret"))


class KeyedTests(ApiTest):
    def setUp(self):
        super().setUp()
        self.api = client()
        self.keyed = self.api.keyed
        self.key = new_key()

    def test_a_saved_session_is_read(self):
        saved = self.keyed.save(self.key, {"cart": [1]})
        found = self.keyed.get(self.key)
        self.assertEqual((found.sid, found.data, found.etag), (saved.sid, {"cart": [1]}, saved.etag))
        self.assertTrue(self.keyed.exists(self.key))

    def test_an_unknown_key_has_no_session(self):
        self.assertIsNone(self.keyed.get(self.key))
        self.assertFalse(self.keyed.exists(self.key))
        self.assertIsNone(self.keyed.touch(self.key))
        self.assertIsNone(self.keyed.patch(self.key, {}))
        self.assertIsNone(self.keyed.why_ended(self.key))
        self.keyed.end(self.key)

    def test_a_session_is_created_once(self):
        self.keyed.save(self.key, {"a": 1}, must_create=True)
        with self.assertRaises(VersionMismatch):
            self.keyed.save(self.key, {"a": 1}, must_create=True)

    def test_a_save_of_a_version_replaces_only_that(self):
        first = self.keyed.save(self.key, {"a": 1})
        second = self.keyed.save(self.key, {"a": 2}, if_match=first.etag)
        with self.assertRaises(VersionMismatch) as refused:
            self.keyed.save(self.key, {"a": 3}, if_match=first.etag)
        self.assertEqual(refused.exception.etag, second.etag)

    def test_a_save_of_any_version_never_creates(self):
        with self.assertRaises(VersionMismatch) as refused:
            self.keyed.save(self.key, {}, if_match="*")
        self.assertIsNone(refused.exception.etag)
        self.assertIsNone(self.keyed.get(self.key))

    def test_a_patch_is_merged(self):
        self.keyed.save(self.key, {"a": 1, "b": 2})
        self.assertEqual(self.keyed.patch(self.key, {"b": None, "c": 3}), {"a": 1, "c": 3})

    def test_a_session_becomes_its_users_under_the_same_key(self):
        user = new_user()
        self.keyed.save(self.key, {"cart": [1]})
        saved = self.keyed.save(self.key, {"cart": [1]}, user_id=user)
        self.assertEqual([session.sid for session in self.api.list(user)], [saved.sid])
        with self.assertRaises(SessionsError) as refused:
            self.keyed.save(self.key, {}, user_id=new_user())
        self.assertEqual(refused.exception.type, "session-has-user")

    def test_a_late_save_never_revives(self):
        self.keyed.save(self.key, {"a": 1})
        self.keyed.end(self.key, reason="signed-out")
        for condition in ({}, {"must_create": True}, {"if_match": "*"}):
            with self.subTest(condition=condition), self.assertRaises(SessionEnded) as refused:
                self.keyed.save(self.key, {"a": 2}, **condition)
            self.assertEqual(refused.exception.reason, "signed-out")
            self.assertIsNotNone(refused.exception.ended_at)
        self.assertIsNone(self.keyed.get(self.key))

    def test_the_reason_of_an_end_is_told_and_asking_changes_nothing(self):
        self.keyed.save(self.key, {"a": 1})
        self.assertIsNone(self.keyed.why_ended(self.key))
        self.assertEqual(self.keyed.get(self.key).data, {"a": 1})
        self.keyed.end(self.key, reason="signed-out")
        self.assertEqual(self.keyed.why_ended(self.key).reason, "signed-out")

    def test_sign_out_everywhere_ends_it(self):
        user = new_user()
        self.keyed.save(self.key, {}, user_id=user)
        self.assertEqual(self.api.revoke_all(user, reason="signed-out"), 1)
        self.assertIsNone(self.keyed.get(self.key, consistency="strong"))

    def test_a_touch_renews_the_idle_end(self):
        saved = self.keyed.save(self.key, {"a": 1}, idle_timeout_seconds=600, device={"label": "Phone"})
        touched = self.keyed.touch(self.key, ip_address="192.0.2.9")
        self.assertEqual((touched.sid, touched.idle_timeout_seconds), (saved.sid, 600))
