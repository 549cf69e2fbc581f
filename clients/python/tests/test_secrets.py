"""No text that the package writes holds a token, a key or a framework's id."""

import secrets
import sys
import traceback

from session_functions import SessionsError, session_key

import faults
from support import KEY, ApiTest, address_of_nobody, client, new_user


class SecretTests(ApiTest):
    def test_an_issued_session_shows_neither_token_nor_cookie(self):
        issued = client().create(new_user(), cookie=True, claims={"secret": "a-claim"}, data={"secret": "a-datum"})
        for shown in (repr(issued), str(issued)):
            for secret in (issued.token, "sst_", "__Host-session", "a-claim", "a-datum"):
                self.assertNotIn(secret, shown)

    def test_a_client_does_not_show_its_key(self):
        api = client()
        for shown in (repr(api), str(api), repr(api.keyed), repr(api._transport)):
            self.assertNotIn(KEY, shown)

    def test_no_error_and_no_line_of_a_log_holds_a_secret(self):
        lines = self.logged()
        own_id = secrets.token_hex(16)
        token = client().create(new_user()).token
        self.proxy.always = faults.reset_after
        texts = []
        for api in (client(address_of_nobody()), client(self.proxy.url), client(key="ssk_tests_wrong")):
            for call in (
                lambda: api.introspect(token),
                lambda: api.why_ended(token + "x"),
                lambda: api.keyed.save(session_key(own_id), {"id": own_id}),
            ):
                try:
                    call()
                except SessionsError as e:
                    texts += [repr(e), "".join(traceback.format_exception(*sys.exc_info()))]
        self.assertGreater(len(texts), 5)
        for text in [*texts, *lines.lines]:
            for secret in (token, KEY, "ssk_tests_wrong", own_id):
                self.assertNotIn(secret, text)

    def test_the_frames_of_an_error_hold_no_service_key(self):
        for api in (client(address_of_nobody()), client(self.proxy.url)):
            self.proxy.always = faults.reset_before
            try:
                api.keyed.exists(session_key("x"))
            except SessionsError as e:
                self.assertIsNone(e.__context__)
                self.assertNotIn(KEY, _locals_of(e.__traceback__))
            else:
                self.fail("No error was raised.")


def _locals_of(frames):
    # As a page for errors shows them, from the package's own frames on.
    shown = []
    while frames is not None:
        if "session_functions" in frames.tb_frame.f_code.co_filename or "http" in frames.tb_frame.f_code.co_filename:
            shown.append(repr(frames.tb_frame.f_locals))
        frames = frames.tb_next
    return "".join(shown)
