"""Runs the tests against a running API: ``python3 clients/python/tests [PART OF A NAME…]``.

Writes a JUnit report to the file that JUNIT_FILE names. Exit code 0: all passed; 1: not; 2: something is missing.
"""

import os
import sys
import time
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOW_TO_RUN = (
    "The tests of clients/python need a running API. 'dotnet dev.cs test python' starts one; or run 'dotnet dev.cs up' "
    "and set SESSIONS_URL to the address it prints, with /api, and SESSIONS_KEY to the service key."
)
HOW_TO_INSTALL = f"The tests of clients/python need Django for {sys.executable}: apt-get install python3-django"


class Report(unittest.TestResult):
    """Keeps an outcome for every test."""

    def __init__(self):
        super().__init__()
        self.outcomes = []
        self._begun = 0.0
        self._problems = []

    def startTest(self, test):
        super().startTest(test)
        self._begun = time.monotonic()
        self._problems = []

    def stopTest(self, test):
        super().stopTest(test)
        kind, text = self._problems[0] if self._problems else ("passed", "")
        self._keep(test, kind, text, time.monotonic() - self._begun)

    def addError(self, test, err):
        super().addError(test, err)
        self._problem(test, "failure", self._exc_info_to_string(err, test))

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._problem(test, "failure", self._exc_info_to_string(err, test))

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._problem(test, "failure", f"{subtest}\n{self._exc_info_to_string(err, test)}")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._problem(test, "skipped", reason)

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._problem(test, "failure", "It was expected to fail.")

    def count(self, kind):
        return sum(1 for outcome in self.outcomes if outcome[1] == kind)

    def write(self, path):
        suite = xml.Element("testsuite", name="python", tests=str(len(self.outcomes)))
        suite.set("failures", str(self.count("failure")))
        suite.set("skipped", str(self.count("skipped")))
        for name, kind, text, seconds in self.outcomes:
            group, _, own = name.rpartition(".")
            case = xml.SubElement(suite, "testcase", classname=group, name=own, time=f"{seconds:.3f}")
            if kind != "passed":
                xml.SubElement(case, kind).text = "".join(c for c in text if c.isprintable() or c in "\n\t")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        xml.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)

    def _problem(self, test, kind, text):
        self._problems.append((kind, text))
        if not isinstance(test, unittest.TestCase):
            # The set-up of a module or class failed, which is the outcome of no test.
            self._keep(test, kind, text, 0)

    def _keep(self, test, kind, text, seconds):
        name = test.id()
        self.outcomes.append((name, kind, text, seconds))
        if kind == "failure":
            print(f"  FAILED {name}\n{text}", flush=True)
        elif len(self.outcomes) % 50 == 0:
            print(f"  {len(self.outcomes)} tests so far", flush=True)


def all_tests(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from all_tests(test)
        else:
            yield test


def main(filters):
    if not os.environ.get("SESSIONS_URL") or not os.environ.get("SESSIONS_KEY"):
        print(HOW_TO_RUN, file=sys.stderr)
        return 2
    try:
        import django  # noqa: F401
    except ImportError:
        print(HOW_TO_INSTALL, file=sys.stderr)
        return 2

    sys.path[:0] = [str(HERE), str(HERE.parent)]
    found = all_tests(unittest.defaultTestLoader.discover(str(HERE), top_level_dir=str(HERE)))
    chosen = [test for test in found if not filters or any(part in f"python.{test.id()}" for part in filters)]
    report = Report()
    unittest.TestSuite(chosen).run(report)
    if os.environ.get("JUNIT_FILE"):
        report.write(os.environ["JUNIT_FILE"])
    failed, skipped, passed = report.count("failure"), report.count("skipped"), report.count("passed")
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
