"""What the documents show runs."""

import ast
import os
import re
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
PAGES = PACKAGE.parent.parent / "docs" / "integrate"
READY_WITHIN = 20


class SmallestAppTests(unittest.TestCase):
    def test_the_smallest_django_application_counts_visits(self):
        page = (PAGES / "django.md").read_text()
        app = re.search(r"<!-- smallest: begin -->\s+```python\n(.*?)```", page, re.DOTALL)[1]
        with tempfile.TemporaryDirectory() as folder, socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            port = held.getsockname()[1]
            held.close()
            file = Path(folder) / "app.py"
            file.write_text(app)
            modules = os.pathsep.join([str(PACKAGE), os.environ.get("PYTHONPATH", "")])
            environment = {**os.environ, "PYTHONPATH": modules}
            command = [sys.executable, str(file), "runserver", "--noreload", str(port)]
            with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
                try:
                    self.assertEqual(self.visits(f"http://127.0.0.1:{port}/", server), ["Visit 1", "Visit 2"])
                finally:
                    server.terminate()

    def visits(self, url, server):
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        end = time.monotonic() + READY_WITHIN
        while True:
            try:
                return [browser.open(url, timeout=5).read().decode() for _ in range(2)]
            except urllib.error.HTTPError:
                raise
            except OSError:
                if time.monotonic() > end or server.poll() is not None:
                    server.terminate()
                    self.fail(f"The application did not start: {server.stdout.read().decode()}")
                time.sleep(0.05)


class CodeTests(unittest.TestCase):
    def test_every_example_is_python(self):
        for path in [PAGES / "django.md", PAGES / "python.md", PACKAGE / "README.md"]:
            for code in re.findall(r"```python\n(.*?)```", path.read_text(), re.DOTALL):
                with self.subTest(path.name, code=code):
                    ast.parse(textwrap.dedent(code))
