"""The store's methods for asynchronous views. Django 5.1 and later call them."""

import asyncio

import website  # noqa: F401  Sets Django up.
from django.contrib.sessions.backends.base import UpdateError

from session_functions.django import SessionStore

from support import ApiTest


class AsyncTests(ApiTest):
    def run_async(self, function):
        asyncio.run(function())

    def test_a_session_is_saved_loaded_and_deleted(self):
        async def steps():
            session = SessionStore()
            session["a"] = 1
            await session.asave()
            self.assertIs(await session.aexists(session.session_key), True)
            self.assertEqual(await SessionStore(session.session_key).aload(), {"a": 1})
            await session.adelete()
            self.assertIs(await session.aexists(session.session_key), False)
            self.assertEqual(await SessionStore("someunknownkey").aload(), {})

        self.run_async(steps)

    def test_a_session_is_created_cycled_and_flushed(self):
        async def steps():
            session = SessionStore()
            await session.acreate()
            session["a"] = 1
            await session.asave()
            former = session.session_key
            await session.acycle_key()
            self.assertNotEqual(session.session_key, former)
            self.assertIs(await session.aexists(former), False)
            key = session.session_key
            await session.aflush()
            self.assertIsNone(session.session_key)
            self.assertIs(await session.aexists(key), False)
            self.assertIsNone(await SessionStore.aclear_expired())

        self.run_async(steps)

    def test_a_save_does_not_revive_an_ended_session(self):
        async def steps():
            first = SessionStore()
            first["a"] = 1
            await first.asave(must_create=True)
            await SessionStore(first.session_key).adelete()
            first["a"] = 2
            with self.assertRaises(UpdateError):
                await first.asave()
            self.assertEqual(await first.aload(), {})

        self.run_async(steps)

    def test_requests_wait_beside_each_other(self):
        async def steps():
            stores = [SessionStore() for _ in range(8)]
            await asyncio.gather(*(store.asave() for store in stores))
            self.assertEqual(len({store.session_key for store in stores}), 8)
            await asyncio.gather(*(store.adelete() for store in stores))

        self.run_async(steps)
