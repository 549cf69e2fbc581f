"""Bad days: no answer, wrong answers, answers that come too late."""

import time

from session_functions import ServiceKeyRefused, SessionsError, SessionsUnavailable

import faults
from support import KEY, ApiTest, address_of_nobody, client, new_key, new_user

SHORT = 0.4


class RetryTests(ApiTest):
    def setUp(self):
        super().setUp()
        self.api = client(self.proxy.url)
        self.user = new_user()

    def test_a_read_is_repeated_after_a_reset(self):
        self.proxy.faults = [faults.reset_before]
        self.assertIsNone(self.api.keyed.get(new_key()))
        self.assertEqual(len(self.proxy.requests), 2)

    def test_a_creation_reset_half_way_is_one_session(self):
        self.proxy.faults = [faults.reset_after]
        issued = self.api.create(self.user)
        self.assertEqual(len(self.proxy.paths("POST")), 2)
        self.assertEqual([session.sid for session in self.api.list(self.user)], [issued.session.sid])

    def test_a_keyed_creation_reset_half_way_is_one_session(self):
        key = new_key()
        self.proxy.faults = [faults.reset_after]
        saved = self.api.keyed.save(key, {"a": 1}, user_id=self.user, must_create=True)
        self.assertEqual(self.api.keyed.get(key).sid, saved.sid)
        self.assertEqual([session.sid for session in self.api.list(self.user)], [saved.sid])

    def test_a_rotation_is_never_repeated_when_its_answer_is_lost(self):
        issued = self.api.create(self.user)
        self.proxy.faults = [faults.reset_after]
        with self.assertRaises(SessionsUnavailable):
            self.api.rotate(issued.session.sid)
        self.assertEqual(len([path for path in self.proxy.paths("POST") if path.endswith("rotate")]), 1)

    def test_a_rotation_that_was_limited_is_repeated(self):
        issued = self.api.create(self.user)
        self.proxy.faults = [faults.problem(429, "rate-limited", [("Retry-After", "0")])]
        self.assertNotEqual(self.api.rotate(issued.session.sid).token, issued.token)

    def test_an_answer_of_503_is_repeated_after_the_pause_it_asks_for(self):
        self.proxy.faults = [faults.problem(503, "store-unavailable", [("Retry-After", "1")])]
        begun = time.monotonic()
        self.assertIsNone(self.api.keyed.get(new_key()))
        self.assertGreaterEqual(time.monotonic() - begun, 1)

    def test_an_answer_of_429_is_repeated(self):
        self.proxy.faults = [faults.problem(429, "rate-limited", [("Retry-After", "0")])]
        self.assertIsNone(self.api.keyed.get(new_key()))

    def test_a_pause_that_is_too_long_is_not_waited_for(self):
        self.proxy.always = faults.problem(503, "store-unavailable", [("Retry-After", "30")])
        begun = time.monotonic()
        with self.assertRaises(SessionsUnavailable) as refused:
            self.api.keyed.get(new_key())
        self.assertLess(time.monotonic() - begun, 2)
        self.assertEqual(refused.exception.retry_after, 30)
        self.assertEqual(len(self.proxy.requests), 1)

    def test_attempts_are_bounded(self):
        self.proxy.always = faults.reset_before
        with self.assertRaises(SessionsUnavailable):
            self.api.keyed.get(new_key())
        self.assertEqual(len(self.proxy.requests), 3)

    def test_a_server_that_is_down_is_unavailable(self):
        with self.assertRaises(SessionsUnavailable):
            client(address_of_nobody()).introspect("sst_x")

    def test_a_stalled_answer_ends_with_the_time_for_the_call(self):
        for fault in (faults.stalled, faults.trickling):
            with self.subTest(fault=fault.__name__):
                self.proxy.always = fault
                begun = time.monotonic()
                with self.assertRaises(SessionsUnavailable):
                    client(self.proxy.url, timeout=SHORT).keyed.get(new_key())
                self.assertLess(time.monotonic() - begun, 4 * SHORT)

    def test_the_time_holds_for_all_attempts_together(self):
        self.proxy.always = faults.problem(503, "store-unavailable", [("Retry-After", "1")])
        begun = time.monotonic()
        with self.assertRaises(SessionsUnavailable):
            client(self.proxy.url, timeout=1.5, attempts=100).keyed.get(new_key())
        self.assertLess(time.monotonic() - begun, 3)

    def test_rubbish_is_unavailable(self):
        self.proxy.always = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")
        with self.assertRaises(SessionsUnavailable):
            client(self.proxy.url, timeout=SHORT).keyed.get(new_key())

    def test_an_internal_error_is_unavailable_and_never_inactive(self):
        self.proxy.always = faults.problem(500, "internal-error")
        with self.assertRaises(SessionsUnavailable):
            self.api.introspect("sst_x")

    def test_a_refusal_is_not_repeated(self):
        self.proxy.always = faults.problem(422, "idempotency-key-reused")
        with self.assertRaises(SessionsError) as refused:
            self.api.create(self.user)
        self.assertNotIsInstance(refused.exception, SessionsUnavailable)
        self.assertEqual(len(self.proxy.requests), 1)

    def test_instants_of_a_clock_that_is_wrong_change_no_decision(self):
        key = new_key()
        self.proxy.always = faults.skewed
        self.api.keyed.save(key, {"a": 1}, idle_timeout_seconds=600)
        found = self.api.keyed.get(key)
        self.assertTrue(found.is_live)
        self.assertLessEqual(found.idle_expires_in_seconds, 600)

    def test_a_connection_is_kept(self):
        connections = set()

        def seen(handler):
            connections.add(handler.client_address)
            handler.answer(*handler.forward())

        self.proxy.always = seen
        for _ in range(5):
            self.api.keyed.get(new_key())
        self.assertEqual(len(connections), 1)


class ServiceKeyTests(ApiTest):
    def test_a_refused_key_is_one_line_in_the_log(self):
        api = client(key="ssk_tests_wrong")
        lines = self.logged()
        for _ in range(3):
            with self.assertRaises(ServiceKeyRefused):
                api.keyed.get(new_key())
        self.assertEqual(len(lines.at("ERROR")), 1)
        self.assertIn("SESSIONS_KEY", lines.at("ERROR")[0])

    def test_a_key_without_the_scope_is_one_line_too(self):
        self.proxy.always = faults.problem(403, "forbidden")
        api = client(self.proxy.url)
        lines = self.logged()
        for _ in range(3):
            with self.assertRaises(ServiceKeyRefused):
                api.keyed.get(new_key())
        self.assertEqual(len(lines.at("ERROR")), 1)

    def test_a_key_that_is_refused_again_later_is_told_again(self):
        api = client(self.proxy.url)
        lines = self.logged()
        refusal = faults.problem(401, "unauthenticated")
        self.proxy.faults = [refusal, None, refusal]
        for expected in (ServiceKeyRefused, None, ServiceKeyRefused):
            if expected is None:
                api.keyed.get(new_key())
                continue
            with self.assertRaises(expected):
                api.keyed.get(new_key())
        self.assertEqual(len(lines.at("ERROR")), 2)

    def test_a_function_gives_the_key_of_each_request(self):
        asked = []

        def key():
            asked.append(1)
            return KEY

        api = client(key=key)
        api.keyed.get(new_key())
        api.keyed.get(new_key())
        self.assertEqual(len(asked), 2)
