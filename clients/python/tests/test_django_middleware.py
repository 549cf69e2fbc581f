"""A site with the engine, asked as a browser asks."""

from unittest import mock

import website
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings

from session_functions import SessionsUnavailable
from session_functions.django import SessionStore, conf

import faults
from support import ApiTest, address_of_nobody, client, new_user

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
REASON_COOKIE = "sessionid_ended"


class SiteTest(ApiTest):
    def setUp(self):
        super().setUp()
        self.name = new_user()
        self.user = User.objects.create_user(self.name, password="password")
        self.addCleanup(lambda: client().revoke_all(self.user_id))

    @property
    def user_id(self):
        return str(self.user.pk)

    def browser(self, **headers):
        return Client(raise_request_exception=False, **headers)

    def signed_in(self, **headers):
        browser = self.browser(**headers)
        self.assertEqual(browser.post("/sign-in/", {"name": self.name}).status_code, 200)
        return browser


class SignInTests(SiteTest):
    def setUp(self):
        super().setUp()
        client().revoke_all(self.user_id)

    def test_a_session_is_kept_by_its_cookie(self):
        browser = self.browser()
        self.assertEqual(browser.get("/visit/").json(), {"visits": 1})
        self.assertEqual(browser.get("/visit/").json(), {"visits": 2})
        self.assertEqual(browser.get("/").json(), {"visits": 2})
        self.assertEqual(self.browser().get("/").json(), {"visits": None})

    def test_no_session_is_made_for_a_page_that_needs_none(self):
        browser = self.browser()
        browser.get("/nothing/")
        browser.get("/")
        self.assertEqual(browser.cookies, {})

    def test_a_sign_in_makes_the_session_the_users_under_a_new_key(self):
        browser = self.browser()
        browser.get("/visit/")
        former = browser.cookies["sessionid"].value
        browser.post("/sign-in/", {"name": self.name})
        self.assertNotEqual(browser.cookies["sessionid"].value, former)
        self.assertEqual(browser.get("/account/").json(), {"user": self.name})
        self.assertEqual(browser.get("/").json(), {"visits": 1})
        self.assertEqual(client().count(self.user_id), 1)
        self.assertFalse(SessionStore().exists(former))

    def test_signing_out_ends_the_session(self):
        browser = self.signed_in()
        key = browser.cookies["sessionid"].value
        browser.post("/sign-out/")
        self.assertEqual(client().count(self.user_id), 0)
        self.assertEqual(conf.service().keyed.why_ended(conf.key_of(key)).reason, "signed-out")
        self.assertEqual(browser.get("/account/").status_code, 302)

    def test_a_new_password_keeps_this_session_alone_under_a_new_key(self):
        browser = self.signed_in()
        former = browser.cookies["sessionid"].value
        self.assertEqual(browser.post("/new-password/").content, b"changed")
        self.assertNotEqual(browser.cookies["sessionid"].value, former)
        self.assertEqual(browser.get("/account/").status_code, 200)
        self.assertEqual(client().count(self.user_id), 1)

    def test_a_session_that_was_ended_during_a_change_of_key_is_not_kept(self):
        browser = self.signed_in()
        with mock.patch.object(website, "during", lambda request: client().revoke_all(self.user_id)):
            self.assertEqual(browser.post("/new-password/").status_code, 400)
        self.assertEqual(client().count(self.user_id), 0)
        self.assertEqual(browser.get("/account/").status_code, 302)

    def test_a_session_that_was_ended_during_a_request_is_django_s_interrupted_request(self):
        browser = self.signed_in()
        with mock.patch.object(website, "during", lambda request: client().revoke_all(self.user_id)):
            self.assertEqual(browser.get("/slow-visit/").status_code, 400)
        self.assertEqual(client().count(self.user_id), 0)
        self.assertEqual(browser.get("/account/").status_code, 302)

    def test_another_user_id_can_be_chosen(self):
        chosen = new_user()
        with override_settings(SESSIONS_USER_ID=lambda content: chosen if content.get("_auth_user_id") else None):
            self.signed_in()
        self.assertEqual(client().revoke_all(chosen), 1)

    def test_a_user_at_the_limit_is_told_so(self):
        browser = self.browser()
        with override_settings(SESSIONS_URL=self.proxy.url):
            self.proxy.faults = [None, None, faults.problem(409, "session-limit")]
            answer = browser.post("/sign-in/", {"name": self.name})
        self.assertEqual(answer.status_code, 409)
        self.assertIn(b"too many devices", answer.content)

    def test_an_active_user_stays_signed_in_though_the_policy_is_shorter_than_djangos_age(self):
        browser = self.signed_in()
        with override_settings(SESSIONS_URL=self.proxy.url):

            def late(handler):
                status, headers, body = handler.forward()
                handler.answer(status, headers, body.replace(b'"idleExpiresInSeconds":3', b'"idleExpiresInSeconds":1'))

            self.proxy.faults = [late]
            self.assertEqual(browser.get("/account/").status_code, 200)
            self.assertEqual([path.split("/")[-1] for path in self.proxy.paths("POST")], ["touch"])
            self.assertEqual(browser.get("/account/").status_code, 200)
            self.assertEqual(len(self.proxy.paths("POST")), 1)


class DeviceTests(SiteTest):
    def setUp(self):
        super().setUp()
        client().revoke_all(self.user_id)

    def test_the_devices_of_a_user_are_listed_with_names(self):
        here, there = self.signed_in(HTTP_USER_AGENT=FIREFOX), self.signed_in(REMOTE_ADDR="192.0.2.44")
        listed = here.get("/devices/").json()["devices"]
        self.assertEqual([device["is_current"] for device in listed], [False, True])
        self.assertEqual(listed[1]["name"], "Firefox on Linux")
        self.assertEqual(listed[0]["ip_address"], "192.0.2.44")
        self.assertEqual(there.get("/devices/").json()["devices"][0]["is_current"], True)

    def test_a_device_is_signed_out(self):
        here, there = self.signed_in(), self.signed_in()
        sid = here.get("/devices/").json()["devices"][0]["sid"]
        self.assertEqual(here.post(f"/devices/{sid}/end/").json(), {"ended": True})
        self.assertEqual(there.get("/account/").status_code, 302)
        self.assertEqual(here.get("/account/").status_code, 200)

    def test_nobody_signs_out_the_device_of_another(self):
        theirs = client().create(new_user()).session.sid
        here = self.signed_in()
        self.assertEqual(here.post(f"/devices/{theirs}/end/").json(), {"ended": False})
        self.assertEqual(here.post("/devices/ses_x/end/").json()["ended"], False)
        self.assertTrue(client().get(theirs).is_live)

    def test_a_user_signs_out_everywhere(self):
        here, there = self.signed_in(), self.signed_in()
        self.assertEqual(here.post("/everywhere/").json(), {"ended": 2})
        for browser in (here, there):
            self.assertEqual(browser.get("/account/").status_code, 302)

    def test_a_user_signs_out_on_all_other_devices(self):
        here, there = self.signed_in(), self.signed_in()
        self.assertEqual(here.post("/everywhere/?keep").json(), {"ended": 1})
        self.assertEqual(here.get("/account/").status_code, 200)
        self.assertEqual(there.get("/account/").status_code, 302)


class ReasonTests(SiteTest):
    def ended(self, reason):
        browser = self.signed_in()
        client().revoke_all(self.user_id, reason=reason)
        return browser

    def test_the_sign_in_page_says_why_the_user_was_signed_out_once(self):
        browser = self.ended("password-changed")
        self.assertEqual(browser.get("/account/")["Location"], "/sign-in/?next=/account/")
        self.assertEqual(browser.get("/sign-in/").json(), {"why": "password-changed"})
        self.assertEqual(browser.get("/sign-in/").json(), {"why": None})

    def test_a_page_says_it_at_once(self):
        browser = self.ended("evicted")
        with mock.patch.object(website, "EarlyReader", website.EarlyReader):
            self.assertEqual(browser.get("/sign-in/?early").json(), {"why": "evicted"})
        self.assertNotIn(REASON_COOKIE, {name for name, kept in browser.cookies.items() if kept.value})

    def test_a_user_who_signed_out_here_or_never_was_here_is_told_nothing(self):
        browser = self.signed_in()
        browser.post("/sign-out/")
        for visitor in (browser, self.browser()):
            self.assertEqual(visitor.get("/sign-in/").json(), {"why": None})
            self.assertNotIn(REASON_COOKIE, visitor.cookies)

    def test_a_made_up_reason_is_not_believed(self):
        browser = self.browser()
        for made_up in ("<script>", "A B", "x" * 65, ""):
            browser.cookies[REASON_COOKIE] = made_up
            self.assertEqual(browser.get("/sign-in/").json(), {"why": None})

    def test_the_cookie_of_the_reason_is_out_of_reach_of_scripts(self):
        browser = self.ended("revoked")
        browser.get("/account/")
        self.assertTrue(browser.cookies[REASON_COOKIE]["httponly"])
        self.assertEqual(browser.cookies[REASON_COOKIE]["samesite"], "Lax")


class DownTests(SiteTest):
    def assert_unavailable(self, answer):
        self.assertEqual(answer.status_code, 503)
        self.assertGreaterEqual(int(answer["Retry-After"]), 1)
        self.assertEqual(answer["Cache-Control"], "no-store")
        self.assertNotIn("sessionid", answer.cookies)

    def test_a_page_that_needs_the_session_is_503_and_the_user_stays_signed_in(self):
        browser = self.signed_in()
        for url in (address_of_nobody(), self.proxy.url):
            self.proxy.always = faults.problem(503, "store-unavailable", [("Retry-After", "7")])
            with override_settings(SESSIONS_URL=url):
                for path in ("/account/", "/visit/", "/?early", "/sign-out/", "/everywhere/"):
                    with self.subTest(url=url, path=path):
                        self.assert_unavailable(browser.get(path))
                self.assertEqual(browser.get("/nothing/").status_code, 200)
        self.assertEqual(browser.get("/account/").status_code, 200)

    def test_the_pause_that_the_service_asks_for_is_passed_on(self):
        browser = self.signed_in()
        self.proxy.always = faults.problem(429, "rate-limited", [("Retry-After", "7")])
        with override_settings(SESSIONS_URL=self.proxy.url):
            self.assertEqual(browser.get("/account/")["Retry-After"], "7")

    def test_a_save_that_fails_is_503(self):
        browser = self.signed_in()
        with override_settings(SESSIONS_URL=self.proxy.url):
            self.proxy.faults = [None] + [faults.reset_before] * 3
            self.assert_unavailable(browser.get("/visit/"))
        self.assertEqual(browser.get("/").json(), {"visits": None})

    def test_a_sign_out_that_fails_is_told_and_changes_nothing(self):
        browser = self.signed_in()
        with override_settings(SESSIONS_URL=self.proxy.url):
            self.proxy.faults = [None] + [faults.reset_before] * 3
            self.assert_unavailable(browser.post("/sign-out/"))
            self.assertEqual(self.proxy.paths("PUT"), [])
        self.assertEqual(browser.get("/account/").json(), {"user": self.name})

    def test_a_view_that_hides_the_failure_does_not_hide_it_from_the_user(self):
        browser = self.signed_in()

        def swallow(request):
            try:
                request.session.flush()
            except SessionsUnavailable:
                pass

        with override_settings(SESSIONS_URL=self.proxy.url), mock.patch.object(website, "during", swallow):
            self.proxy.faults = [None] + [faults.reset_before] * 3
            self.assert_unavailable(browser.get("/slow-visit/"))
        self.assertEqual(browser.get("/account/").status_code, 200)

    def test_a_sign_in_that_fails_signs_nobody_in(self):
        browser = self.browser()
        with override_settings(SESSIONS_URL=address_of_nobody()):
            self.assert_unavailable(browser.post("/sign-in/", {"name": self.name}))
        self.assertEqual(browser.get("/account/").status_code, 302)

    def test_a_stalled_service_is_503_within_the_time_for_a_call(self):
        browser = self.signed_in()
        self.proxy.always = faults.stalled
        with override_settings(SESSIONS_URL=self.proxy.url, SESSIONS_TIMEOUT=0.3):
            self.assert_unavailable(browser.get("/account/"))

    def test_a_refused_service_key_is_503_and_one_line_in_the_log(self):
        browser = self.signed_in()
        lines = self.logged()
        with override_settings(SESSIONS_KEY="ssk_tests_" + new_user()):
            for _ in range(3):
                self.assert_unavailable(browser.get("/account/"))
        told = [line for line in lines.at("ERROR") if "SESSIONS_KEY" in line]
        self.assertEqual(len(told), 1)

    def test_a_template_of_the_site_is_shown(self):
        templates = [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"503.html": "Back soon."})]},
            }
        ]
        browser = self.signed_in()
        with override_settings(SESSIONS_URL=address_of_nobody(), TEMPLATES=templates):
            answer = browser.get("/account/")
        self.assertEqual((answer.status_code, answer.content), (503, b"Back soon."))

    def test_missing_settings_are_named(self):
        with override_settings(SESSIONS_URL=None), mock.patch.dict("os.environ", {"SESSIONS_URL": ""}):
            with self.assertRaisesRegex(ImproperlyConfigured, "SESSIONS_URL.*SESSIONS_KEY"):
                SessionStore()


class SecretTests(SiteTest):
    def test_no_line_of_a_log_holds_a_cookie_or_the_key(self):
        lines = self.logged()
        browser = self.signed_in()
        browser.get("/visit/")
        cookie = browser.cookies["sessionid"].value
        client().revoke_all(self.user_id)
        browser.get("/account/")
        with override_settings(SESSIONS_URL=address_of_nobody()):
            browser.cookies["sessionid"] = cookie
            browser.get("/account/")
            browser.get("/?early")
        for line in lines.lines:
            self.assertNotIn(cookie, line)
            self.assertNotIn(settings.SESSIONS_KEY, line)

    def test_a_page_for_errors_does_not_show_the_key(self):
        key = self.signed_in().cookies["sessionid"].value
        middleware = [
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ]
        for url in (address_of_nobody(), self.proxy.url):
            self.proxy.always = faults.reset_after
            with override_settings(SESSIONS_URL=url, DEBUG=True, MIDDLEWARE=middleware):
                browser = self.browser()
                browser.cookies["sessionid"] = key
                answer = browser.get("/account/")
            self.assertEqual(answer.status_code, 500)
            self.assertIn(b"SessionsUnavailable", answer.content)
            self.assertNotIn(settings.SESSIONS_KEY.encode(), answer.content)
