"""The image: two stages, one unprivileged user, a health check that tells the truth, and nothing that does not belong."""

import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def instructions() -> list[tuple[str, str]]:
    """Every instruction of the Dockerfile as (word, rest), with continued lines joined and comments left out."""
    text = (ROOT / "Dockerfile").read_text()
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(line.split(None, 1)[0], line.split(None, 1)[1]) for line in joined.splitlines()]


def stages() -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = []
    for word, rest in instructions():
        if word == "FROM":
            found.append([])
        if found:
            found[-1].append((word, rest))
    return found


def all_of(word: str, among: list[tuple[str, str]]) -> list[str]:
    return [rest for name, rest in among if name == word]


def copied_from_the_checkout() -> list[str]:
    copies = [rest.split() for rest in all_of("COPY", instructions()) if "--from=" not in rest]
    return [source for *sources, _ in copies for source in sources]


def test_there_are_two_stages_and_only_the_second_is_shipped():
    build, shipped = stages()
    assert all_of("FROM", build)[0].endswith("AS build")
    assert all_of("COPY", shipped) == ["--from=build /opt/perennial /opt/perennial"]


def test_nothing_is_installed_that_is_not_pinned_by_a_hash():
    installs = [part for run in all_of("RUN", instructions()) for part in run.split("&&") if "pip install" in part]
    assert len(installs) == 3
    assert all("--require-hashes" in part or "--no-deps --no-index" in part for part in installs)


def test_it_runs_as_nobody_in_particular():
    _, shipped = stages()
    assert [user.split(":")[0] for user in all_of("USER", shipped)] == ["10001"]
    words = [word for word, _ in shipped]
    assert words.index("USER") > max(index for index, word in enumerate(words) if word in ("RUN", "COPY"))


def test_one_image_serves_every_role():
    _, shipped = stages()
    assert json.loads(all_of("ENTRYPOINT", shipped)[0]) == ["perennial"]
    assert json.loads(all_of("CMD", shipped)[0]) == ["serve"]


def test_what_it_keeps_lives_on_the_volume():
    _, shipped = stages()
    volume = all_of("VOLUME", shipped)[0]
    assert f"DATABASE_URL=sqlite:///{volume}/" in all_of("ENV", shipped)[0]


def test_it_is_made_of_the_bot_alone():
    sources = copied_from_the_checkout()
    assert {"bot", "migrations", "manifest.yml"} <= set(sources)
    assert not {"playground", "tests", "benchmarks", "."} & set(sources)
    assert all((ROOT / source).exists() for source in sources)


def test_the_builder_is_sent_what_is_copied_and_no_more():
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == set(copied_from_the_checkout())


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_health_check_asks_the_bot(status: int, healthy: bool):
    asked: list[str] = []

    class Bot(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *said: object) -> None:
            """Say nothing in the middle of the tests' own output."""

    server = HTTPServer(("127.0.0.1", 0), Bot)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert (health_check(server.server_port) == 0) is healthy
    finally:
        server.shutdown()
        server.server_close()
    assert asked == ["/healthz"]


def test_the_health_check_fails_where_nobody_answers():
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        unused = server.server_port
    assert health_check(unused) != 0


def health_check(port: int) -> int:
    _, shipped = stages()
    _, command = all_of("HEALTHCHECK", shipped)[0].split(" CMD ")
    _, *arguments = json.loads(command)
    environment = {**os.environ, "PORT": str(port), "HTTP_PROXY": "http://127.0.0.1:1"}
    return subprocess.run([sys.executable, *arguments], env=environment, stderr=subprocess.DEVNULL).returncode


def test_the_wheel_holds_everything_the_bot_reads_and_no_playground(tmp_path: Path):
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        inside = set(wheel.namelist())
    read_at_run_time = {path.relative_to(ROOT).as_posix() for path in (ROOT / "bot").rglob("*.yml")}
    assert read_at_run_time | {"bot/manifest.yml", "migrations/env.py"} <= inside
    assert not [name for name in inside if name.startswith(("playground", "tests"))]
