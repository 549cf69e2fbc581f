"""What the package ships."""

import ast
import re
import unittest
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
SOURCES = sorted(PACKAGE.glob("session_functions/**/*.py"))
PROJECT = (PACKAGE / "pyproject.toml").read_text()


class PackageTests(unittest.TestCase):
    def test_every_folder_of_the_package_is_shipped(self):
        folders = {str(path.parent.relative_to(PACKAGE)).replace("/", ".") for path in SOURCES}
        shipped = re.search(r"^packages = \[(.*?)\]", PROJECT, re.MULTILINE | re.DOTALL)[1]
        self.assertEqual(set(re.findall(r'"([^"]+)"', shipped)), folders)

    def test_the_sources_are_python_of_the_oldest_version_that_is_promised(self):
        oldest = re.search(r'requires-python = ">=3\.(\d+)"', PROJECT)[1]
        for path in SOURCES:
            with self.subTest(path.name):
                ast.parse(path.read_text(), feature_version=(3, int(oldest)))

    def test_nothing_but_the_standard_library_is_needed_without_django(self):
        self.assertNotIn("dependencies", PROJECT)
        for path in SOURCES:
            if path.parent.name == "django":
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom):
                    self.assertNotRegex(node.module or "", r"^(django|requests|httpx|urllib3)\b", path.name)

    def test_every_public_function_says_what_it_does(self):
        for path in SOURCES:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    self.assertIsNotNone(ast.get_docstring(node), f"{path.name}: {node.name}")
        import session_functions

        for name in session_functions.__all__:
            self.assertTrue(getattr(session_functions, name).__doc__, name)

    def test_lines_fit_120_columns(self):
        for path in [*SOURCES, *(PACKAGE / "tests").glob("*.py"), PACKAGE / "README.md"]:
            for number, line in enumerate(path.read_text().splitlines(), 1):
                self.assertLessEqual(len(line), 120, f"{path.name}:{number}")
