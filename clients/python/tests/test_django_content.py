"""How content is kept: as JSON where it is JSON, otherwise as Django's signed text."""

import datetime
import secrets

import website  # noqa: F401  Sets Django up.
from django.test import override_settings

from session_functions import SessionsError
from session_functions.django import SessionStore, conf

from support import ApiTest


class JsonTests(ApiTest):
    def kept(self, session):
        return conf.service().keyed.get(conf.key_of(session.session_key), consistency="strong")

    def saved(self, **content):
        session = SessionStore()
        session.update(content)
        session.save()
        self.addCleanup(session.delete)
        return session

    def assert_comes_back(self, **content):
        session = self.saved(**content)
        self.assertEqual(dict(SessionStore(session.session_key).items()), content)
        return self.kept(session)

    def test_json_content_is_readable_by_other_services(self):
        content = {"cart": [1, 2.5, "drei"], "none": None, "nested": {"a": {"b": True}}, "ü": "<&>+'\u2028\U0001f600"}
        self.assertEqual(self.assert_comes_back(**content).data, content)

    def test_numbers_come_back_as_they_are(self):
        kept = self.assert_comes_back(whole=1.0, large=10**30, small=-5e-324, half=0.5, zero=0, one=True)
        self.assertIsInstance(kept.data["whole"], float)
        self.assertIs(kept.data["one"], True)

    def test_names_that_are_no_text_become_text_as_django_has_it(self):
        session = self.saved(items={1: "one"})
        self.assertEqual(SessionStore(session.session_key)["items"], {"1": "one"})

    def test_content_that_is_not_json_of_the_api_is_kept_as_djangos_text(self):
        deep = {}
        for _ in range(20):
            deep = {"deeper": deep}
        for name, content in (
            ("infinite", {"value": float("inf")}),
            ("half a pair of surrogates", {"value": "\ud800"}),
            ("deep", deep),
            ("large", {"value": "x" * 40_000}),
            ("the member of our own", {"_django": "x"}),
        ):
            with self.subTest(name):
                self.assertEqual(list(self.assert_comes_back(**content).data), ["_django"])

    def test_content_as_deep_as_the_api_allows_is_json(self):
        deep = {}
        for _ in range(14):
            deep = {"deeper": deep}
        self.assertNotIn("_django", self.assert_comes_back(value=deep).data)

    def test_content_up_to_the_limit_is_json(self):
        for text in ("x" * 32_000, "ü" * 16_000, "<" * 32_000, "\n" * 16_000):
            with self.subTest(text[0]):
                self.assertNotIn("_django", self.assert_comes_back(value=text).data)

    def test_content_that_is_too_large_in_any_form_is_an_error(self):
        with self.assertRaises(SessionsError) as refused:
            self.saved(value=secrets.token_hex(60_000))
        self.assertIn(refused.exception.type, ("data-too-large", "body-too-large"))

    def test_a_value_that_the_serializer_refuses_is_its_error(self):
        with self.assertRaises(TypeError):
            self.saved(value=object())

    @override_settings(SESSION_SERIALIZER="website.PickleSerializer")
    def test_pickled_content_comes_back_and_is_signed(self):
        content = {"when": datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc), "set": {1, 2}}
        kept = self.assert_comes_back(**content)
        self.assertEqual(list(kept.data), ["_django"])
        session = self.saved(**content)
        with override_settings(SECRET_KEY="another"):
            self.assertEqual(SessionStore(session.session_key).load(), {})

    def test_a_change_of_serializer_keeps_json_content(self):
        session = self.saved(cart=[1])
        with override_settings(SESSION_SERIALIZER="website.PickleSerializer"):
            self.assertEqual(dict(SessionStore(session.session_key).items()), {"cart": [1]})
