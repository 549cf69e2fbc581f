"""The plain client against the API."""

import threading

from session_functions import IssuedSession, SessionsClient, SessionsError, VersionMismatch

from support import ApiTest, client, new_user


class ClientTests(ApiTest):
    def setUp(self):
        super().setUp()
        self.api = client()
        self.user = new_user()

    def test_a_created_session_is_valid_by_its_token(self):
        issued = self.api.create(self.user, claims={"role": "admin"}, data={"cart": [1]}, device={"label": "Laptop"})
        self.assertIsInstance(issued, IssuedSession)
        seen = self.api.introspect(issued.token)
        self.assertTrue(seen.active)
        self.assertEqual(seen.session.sid, issued.session.sid)
        self.assertEqual(seen.session.user_id, self.user)
        self.assertEqual(seen.session.claims, {"role": "admin"})
        self.assertEqual(seen.session.data, {"cart": [1]})
        self.assertEqual(seen.session.device.name, "Laptop")
        self.assertTrue(seen.session.is_live)
        self.assertIsNotNone(seen.session.created_at.tzinfo)

    def test_a_creation_may_ask_for_its_cookie(self):
        self.assertIsNone(self.api.create(self.user).set_cookie)
        self.assertIn("__Host-session=", self.api.create(self.user, cookie=True).set_cookie)

    def test_a_creation_under_one_idempotency_key_is_one_session(self):
        first = self.api.create(self.user, idempotency_key="sign-in-" + self.user)
        second = self.api.create(self.user, idempotency_key="sign-in-" + self.user)
        self.assertEqual((first.session.sid, first.token), (second.session.sid, second.token))
        self.assertNotEqual(first.session.sid, self.api.create(self.user).session.sid)

    def test_facts_of_a_sign_in_come_back(self):
        issued = self.api.create(
            self.user,
            authentication_methods=["pwd", "otp"],
            actor={"sub": "support-7", "reason": "Ticket 4711"},
            persistent=True,
        )
        self.assertEqual(issued.session.authentication_methods, ("pwd", "otp"))
        self.assertEqual(issued.session.actor["sub"], "support-7")
        self.assertTrue(issued.session.persistent)

    def test_an_unknown_token_is_not_active(self):
        self.assertFalse(self.api.introspect("sst_unknown").active)
        self.assertIsNone(self.api.introspect("sst_unknown").session)

    def test_introspection_names_what_a_sign_in_lacks(self):
        issued = self.api.create(self.user)
        seen = self.api.introspect(issued.token, requires={"minAssuranceLevel": "aal3"})
        self.assertTrue(seen.active)
        self.assertEqual(seen.insufficient, {"minAssuranceLevel": "aal3"})
        self.assertIsNone(self.api.introspect(issued.token).insufficient)

    def test_introspection_without_touch_is_no_activity(self):
        issued = self.api.create(self.user)
        self.assertTrue(self.api.introspect(issued.token, touch=False, consistency="strong").active)

    def test_a_session_is_read_touched_and_revoked(self):
        sid = self.api.create(self.user).session.sid
        self.assertEqual(self.api.get(sid).sid, sid)
        self.assertEqual(self.api.touch(sid, ip_address="192.0.2.7").sid, sid)
        self.assertTrue(self.api.revoke(sid, reason="password-changed"))
        ended = self.api.get(sid)
        self.assertFalse(ended.is_live)
        self.assertEqual(ended.end_reason, "password-changed")
        self.assertIsNotNone(ended.ended_at)
        self.assertTrue(self.api.revoke(sid))
        self.assertIsNone(self.api.touch(sid))

    def test_an_unknown_session_is_none(self):
        unknown = self.api.create(self.user).session.sid[:-4] + "AAAA"
        self.assertIsNone(self.api.get(unknown))
        self.assertIsNone(self.api.touch(unknown))
        self.assertIsNone(self.api.get_data(unknown))
        self.assertFalse(self.api.revoke(unknown))

    def test_rotation_ends_the_old_token(self):
        issued = self.api.create(self.user)
        rotated = self.api.rotate(issued.session.sid, assurance_level="aal2", claims={"step": 2})
        self.assertFalse(self.api.introspect(issued.token).active)
        self.assertEqual(self.api.introspect(rotated.token).session.claims, {"step": 2})

    def test_an_anonymous_session_becomes_the_users(self):
        issued = self.api.create(data={"cart": [7]})
        self.assertIsNone(issued.session.user_id)
        rotated = self.api.rotate(issued.session.sid, user_id=self.user)
        self.assertEqual(rotated.session.user_id, self.user)
        self.assertEqual(self.api.introspect(rotated.token).session.data, {"cart": [7]})

    def test_a_list_has_all_pages(self):
        sids = [self.api.create(self.user).session.sid for _ in range(5)]
        listed = [session.sid for session in self.api.list(self.user, page_size=2)]
        self.assertEqual(sorted(listed), sorted(sids))
        self.assertEqual(self.api.count(self.user), 5)

    def test_ended_sessions_are_listed_when_asked_for(self):
        sid = self.api.create(self.user).session.sid
        self.api.revoke(sid)
        self.assertEqual(list(self.api.list(self.user)), [])
        self.assertEqual([session.sid for session in self.api.list(self.user, state="ended")], [sid])

    def test_all_sessions_of_a_user_end_or_all_but_one(self):
        sids = [self.api.create(self.user).session.sid for _ in range(3)]
        self.assertEqual(self.api.revoke_all(self.user, except_sid=sids[0], reason="signed-out"), 2)
        self.assertEqual([session.sid for session in self.api.list(self.user)], sids[:1])
        self.assertEqual(self.api.revoke_all(self.user), 1)
        self.assertEqual(self.api.count(self.user), 0)

    def test_data_is_read_replaced_and_merged(self):
        sid = self.api.create(self.user, data={"a": 1}).session.sid
        self.assertEqual(self.api.get_data(sid), {"a": 1})
        self.assertEqual(self.api.patch_data(sid, {"b": 2}), {"a": 1, "b": 2})
        self.assertEqual(self.api.replace_data(sid, {"c": 3}), {"c": 3})
        self.assertEqual(self.api.get_data(sid, consistency="strong"), {"c": 3})

    def test_a_write_under_an_old_version_is_refused(self):
        session = self.api.create(self.user, data={"a": 1}).session
        self.api.replace_data(session.sid, {"a": 2})
        with self.assertRaises(VersionMismatch) as refused:
            self.api.replace_data(session.sid, {"a": 3}, if_match=session.etag)
        self.assertIsNotNone(refused.exception.etag)
        self.assertEqual(self.api.replace_data(session.sid, {"a": 3}, if_match=refused.exception.etag), {"a": 3})

    def test_claims_are_replaced(self):
        sid = self.api.create(self.user, claims={"role": "admin"}).session.sid
        self.assertEqual(self.api.replace_claims(sid, {"role": "guest"}), {"role": "guest"})
        self.assertEqual(self.api.get(sid).claims, {"role": "guest"})

    def test_an_expiry_is_set_and_ends_the_session_at_zero(self):
        sid = self.api.create(self.user).session.sid
        self.assertLessEqual(self.api.set_expiry(sid, expires_in_seconds=600).expires_in_seconds, 600)
        self.assertEqual(self.api.set_expiry(sid, idle_timeout_seconds=300).idle_timeout_seconds, 300)
        self.assertIsNone(self.api.set_expiry(sid, expires_in_seconds=0))
        self.assertEqual(self.api.get(sid).end_reason, "expiry-set")

    def test_the_reason_of_an_end_is_told_for_its_token_only(self):
        issued = self.api.create(self.user)
        self.assertIsNone(self.api.why_ended(issued.token))
        self.api.revoke(issued.session.sid, reason="password-changed")
        why = self.api.why_ended(issued.token)
        self.assertEqual(why.reason, "password-changed")
        self.assertIsNotNone(why.ended_at)
        self.assertIsNone(self.api.why_ended("sst_unknown"))

    def test_an_error_has_its_type_and_says_where(self):
        with self.assertRaises(SessionsError) as refused:
            self.api.create("")
        self.assertEqual((refused.exception.status, refused.exception.type), (400, "validation"))
        self.assertIn("userId", str(refused.exception))

    def test_a_write_to_an_unknown_session_is_an_error(self):
        sid = self.api.create(self.user).session.sid
        self.api.revoke(sid)
        for write in (lambda: self.api.replace_data(sid, {}), lambda: self.api.rotate(sid)):
            with self.assertRaises(SessionsError) as refused:
                write()
            self.assertEqual(refused.exception.type, "session-not-found")

    def test_threads_have_connections_of_their_own(self):
        sid = self.api.create(self.user).session.sid
        results = []
        threads = [threading.Thread(target=lambda: results.append(self.api.get(sid).sid)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [sid] * 8)


class AddressTests(ApiTest):
    def test_an_address_must_be_a_base_path_and_nothing_more(self):
        for url in ("", "sessions.example.com", "ftp://x/api", "http://x/api?y=1", "http://u:p@x/api"):
            with self.subTest(url=url), self.assertRaises(ValueError):
                SessionsClient(url or "no-url", "ssk_x")

    def test_the_environment_names_address_and_key(self):
        self.assertFalse(SessionsClient().introspect("sst_unknown").active)
