"""Races that a store of whole values loses."""

import threading
import time
from unittest import mock

import website  # noqa: F401  Sets Django up.
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.test import override_settings

from session_functions import SessionsUnavailable
from session_functions.django import SessionStore, conf

import faults
from support import ApiTest, client, new_user


class RaceTest(ApiTest):
    def setUp(self):
        super().setUp()
        self.user = new_user()

    def saved(self, **content):
        session = SessionStore()
        session.update(content)
        session.save()
        return session

    def signed_in(self, **content):
        return self.saved(**{SESSION_KEY: self.user, **content})


class EndTests(RaceTest):
    def test_a_request_that_saves_while_the_user_signs_out_everywhere_saves_nothing(self):
        session = self.signed_in()
        late = SessionStore(session.session_key)
        late["cart"] = [1]
        self.assertEqual(client().revoke_all(self.user), 1)
        with self.assertRaises(UpdateError):
            late.save()
        self.assertEqual(client().count(self.user), 0)
        self.assertEqual(SessionStore(session.session_key).load(), {})

    def test_saves_and_an_end_at_the_same_time_leave_no_session(self):
        session = self.signed_in(cart=[])
        start = threading.Barrier(5)
        unexpected = []

        def save(number):
            late = SessionStore(session.session_key)
            late["cart"] = [number]
            start.wait()
            try:
                late.save()
            except UpdateError:
                pass
            except Exception as e:  # Of another thread, to be shown by this one.
                unexpected.append(e)

        threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        start.wait()
        client().revoke_all(self.user)
        for thread in threads:
            thread.join()
        self.assertEqual(unexpected, [])
        self.assertEqual(client().count(self.user), 0)
        self.assertEqual(SessionStore(session.session_key).load(), {})

    def test_a_session_that_lapsed_while_a_request_ran_is_not_revived(self):
        session = self.signed_in(_session_expiry=1)
        late = SessionStore(session.session_key)
        late["cart"] = [1]
        lapsed_by = time.monotonic() + 10
        while conf.service().keyed.exists(conf.key_of(session.session_key)):
            self.assertLess(time.monotonic(), lapsed_by, "The session does not lapse.")
        with self.assertRaises(UpdateError):
            late.save()
        self.assertEqual(client().count(self.user), 0)


class CycleTests(RaceTest):
    def test_a_session_that_was_ended_meanwhile_does_not_live_on_under_a_new_key(self):
        session = self.signed_in()
        late = SessionStore(session.session_key)
        late.get("cart")
        client().revoke_all(self.user)
        with self.assertRaises(SessionInterrupted):
            late.cycle_key()
        self.assertIsNone(late.session_key)
        self.assertEqual(dict(late.items()), {})
        self.assertEqual(client().count(self.user), 0)

    def test_an_end_in_the_middle_of_a_cycle_ends_the_new_session_too(self):
        session = self.signed_in()
        late = SessionStore(session.session_key)
        create = late.create

        def create_and_sign_out():
            create()
            client().revoke_all(self.user)

        with mock.patch.object(late, "create", create_and_sign_out), self.assertRaises(SessionInterrupted):
            late.cycle_key()
        self.assertEqual(client().count(self.user), 0)

    def test_a_touch_of_the_former_key_revives_nothing(self):
        session = self.signed_in(cart=[1])
        former = session.session_key
        touched = SessionStore(former)
        touched.get("cart")
        session.cycle_key()
        keyed = conf.service().keyed
        self.assertIsNone(keyed.touch(conf.key_of(former)))
        touched["cart"] = [2]
        with self.assertRaises(UpdateError):
            touched.save()
        self.assertEqual(dict(SessionStore(session.session_key).items())["cart"], [1])
        self.assertEqual(client().count(self.user), 1)

    def test_touches_during_cycles_leave_one_session(self):
        session = self.signed_in()
        over = threading.Event()
        keyed = conf.service().keyed
        keys = [session.session_key]

        def touch():
            while not over.is_set():
                keyed.touch(conf.key_of(keys[-1]))

        threads = [threading.Thread(target=touch) for _ in range(2)]
        for thread in threads:
            thread.start()
        for _ in range(5):
            session.cycle_key()
            keys.append(session.session_key)
        over.set()
        for thread in threads:
            thread.join()
        self.assertEqual([found.sid for found in client().list(self.user)], [session.sid])


class MergeTests(RaceTest):
    def setUp(self):
        super().setUp()
        merging = override_settings(SESSIONS_MERGE=True)
        merging.enable()
        self.addCleanup(merging.disable)

    def test_two_requests_that_save_different_names_are_both_kept(self):
        session = self.saved(a=1, b=2)
        first, second = SessionStore(session.session_key), SessionStore(session.session_key)
        first["c"] = 3
        del second["a"]
        second["d"] = None
        first.save()
        second.save()
        self.assertEqual(dict(SessionStore(session.session_key).items()), {"b": 2, "c": 3, "d": None})
        self.assertEqual(dict(second.items()), {"b": 2, "c": 3, "d": None})

    def test_a_change_inside_a_value_is_seen(self):
        session = self.saved(cart=[1], other=1)
        first, second = SessionStore(session.session_key), SessionStore(session.session_key)
        first["cart"].append(2)
        first.modified = True
        second["other"] = 2
        first.save()
        second.save()
        self.assertEqual(dict(SessionStore(session.session_key).items()), {"cart": [1, 2], "other": 2})

    def test_of_two_changes_of_one_name_the_later_is_kept(self):
        session = self.saved(a=1)
        first, second = SessionStore(session.session_key), SessionStore(session.session_key)
        first["a"], second["a"] = 2, 3
        first.save()
        second.save()
        self.assertEqual(SessionStore(session.session_key)["a"], 3)

    def test_many_requests_at_the_same_time_are_all_kept(self):
        session = self.saved(start=True)
        barrier = threading.Barrier(6)
        failures = []

        def save(number):
            store = SessionStore(session.session_key)
            store[f"name-{number}"] = number
            barrier.wait()
            try:
                store.save()
            except Exception as e:  # Of another thread, to be shown by this one.
                failures.append(e)

        threads = [threading.Thread(target=save, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        self.assertEqual(len(SessionStore(session.session_key).load()), 7)

    def test_a_merge_never_revives(self):
        session = self.signed_in()
        late = SessionStore(session.session_key)
        late["a"] = 1
        client().revoke_all(self.user)
        with self.assertRaises(UpdateError):
            late.save()

    def test_a_further_save_of_the_same_request_is_merged_too(self):
        session = self.saved(a=1)
        first = SessionStore(session.session_key)
        first["b"] = 2
        first.save()
        second = SessionStore(session.session_key)
        second["c"] = 3
        second.save()
        first["d"] = 4
        first.save()
        self.assertEqual(SessionStore(session.session_key).load(), {"a": 1, "b": 2, "c": 3, "d": 4})

    def test_merging_holds_for_content_that_is_not_json(self):
        with override_settings(SESSION_SERIALIZER="website.PickleSerializer"):
            session = self.saved(a={1})
            first, second = SessionStore(session.session_key), SessionStore(session.session_key)
            first["b"], second["c"] = {2}, {3}
            first.save()
            second.save()
            self.assertEqual(SessionStore(session.session_key).load(), {"a": {1}, "b": {2}, "c": {3}})


class WithoutMergeTests(RaceTest):
    def test_the_later_of_two_saves_is_kept_whole_as_with_djangos_engines(self):
        session = self.saved(a=1)
        first, second = SessionStore(session.session_key), SessionStore(session.session_key)
        first["b"], second["c"] = 2, 3
        first.save()
        second.save()
        self.assertEqual(SessionStore(session.session_key).load(), {"a": 1, "c": 3})


class FaultTests(RaceTest):
    def test_nothing_is_decided_while_the_service_is_down(self):
        session = self.signed_in()
        self.proxy.always = faults.problem(503, "store-unavailable")
        with override_settings(SESSIONS_URL=self.proxy.url):
            late = SessionStore(session.session_key)
            for call in (
                late.load,
                lambda: late.exists(session.session_key),
                late.delete,
                late.flush,
                SessionStore().save,
            ):
                with self.assertRaises(SessionsUnavailable):
                    call()
            self.assertIsNotNone(late.retry_after)
            self.assertEqual(late.session_key, session.session_key)
        self.assertEqual(SessionStore(session.session_key)[SESSION_KEY], self.user)

    def test_a_sign_out_that_fails_keeps_the_content(self):
        session = self.signed_in()
        session.get(SESSION_KEY)
        with override_settings(SESSIONS_URL=self.proxy.url):
            late = SessionStore(session.session_key)
            late.get(SESSION_KEY)
            self.proxy.always = faults.problem(503, "store-unavailable", [("Retry-After", "9")])
            with self.assertRaises(SessionsUnavailable):
                late.flush()
        self.assertEqual(late[SESSION_KEY], self.user)
        self.assertIs(late.modified, False)

    def test_a_creation_reset_half_way_leaves_one_session(self):
        self.proxy.faults = [faults.reset_after]
        with override_settings(SESSIONS_URL=self.proxy.url):
            session = self.signed_in(cart=[1])
        self.assertEqual([found.sid for found in client().list(self.user)], [session.sid])

    def test_a_clock_that_is_wrong_changes_nothing(self):
        self.proxy.always = faults.skewed
        with override_settings(SESSIONS_URL=self.proxy.url):
            session = self.saved(a=1)
            self.assertEqual(SessionStore(session.session_key).load(), {"a": 1})
