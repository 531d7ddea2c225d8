"""The programs of docs/api.md do what it says: with curl, in Python, in JavaScript."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT, Server

API = (ROOT / "docs/api.md").read_text(encoding="utf-8")
PROGRAMS = dict(re.findall(r"^```(bash|python|javascript)\n(.*?)^```", API, re.MULTILINE | re.DOTALL))


@pytest.fixture
def programs(server: Server) -> dict[str, str]:
    """The programs by language, for the server of the tests."""
    return {language: text.replace("https://radce.example.com", server.url) for language, text in PROGRAMS.items()}


def assert_told(output: str) -> None:
    assert "smartmobility@at.porsche.com" in output
    assert "roaming" in output.partition("smartmobility@at.porsche.com")[2]


def run(*command: str | Path) -> str:
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_the_example_for_curl_runs(programs: dict[str, str]) -> None:
    if shutil.which("curl") is None:
        pytest.skip("there is no curl")
    assert_told(run("sh", "-c", programs["bash"]))


def test_the_example_for_python_runs(programs: dict[str, str]) -> None:
    assert_told(run(sys.executable, "-c", programs["python"]))


def test_the_example_for_javascript_runs(
    programs: dict[str, str], server: Server, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if shutil.which("node"):
        program = tmp_path / "example.mjs"
        program.write_text(programs["javascript"], encoding="utf-8")
        assert_told(run("node", program))
        return
    page = request.getfixturevalue("browser").new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{server.url}/docs")
    page.evaluate(f"(async () => {{{programs['javascript']}}})()")
    page.close()
    assert_told("\n".join(said))
