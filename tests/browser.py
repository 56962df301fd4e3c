"""A real Chromium for the tests that need one: found on this machine, never downloaded by a test."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Error, async_playwright

_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_path() -> str | None:
    """PERENNIAL_CHROMIUM, else Chromium or Chrome on the path; None leaves it to Playwright's own."""
    if named := os.environ.get("PERENNIAL_CHROMIUM"):
        return named
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def arguments() -> list[str]:
    """Root has no sandbox to give; everybody else keeps it."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*_QUIET, *(["--no-sandbox"] if as_root else [])]


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """A running browser. Missing, it skips the test on a laptop and fails it where CI is set."""
    async with async_playwright() as playwright:
        path = chromium_path() or playwright.chromium.executable_path
        if not Path(path).exists():
            missing("No Chromium here. `make browser` finds or installs one; PERENNIAL_CHROMIUM names another.")
        try:
            browser = await playwright.chromium.launch(executable_path=path, args=arguments())
        except Error as trouble:
            missing(f"Chromium at {path} does not start: {trouble.message.splitlines()[0]}")
        try:
            yield browser
        finally:
            await browser.close()


def missing(why: str) -> None:
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(why)
    pytest.skip(why)
