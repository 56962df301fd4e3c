"""Takes the README's picture: lives the playground's first weeks, then looks at an introduction through Ana's eyes."""

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from playground.living import Living

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.browser import arguments, chromium_path  # noqa: E402 - found only once the root is on the path

PICTURE = ROOT / "docs" / "images" / "playground.png"
WHO = "ana"
WIDTH, HEIGHT = 1280, 800


def newest_introduction(living: Living, user: str) -> str:
    """The last group this person was brought together in; their Home tab if there is none."""
    groups = [one for one in living.workspace.conversations_of(user) if one["type"] == "mpim"]
    return str(max(groups, key=lambda one: int(one["created"]))["id"]) if groups else "home"


async def take() -> None:
    with tempfile.TemporaryDirectory() as folder:
        living = Living(Path(folder))
        await living.start()
        try:
            await living.live_first_weeks()
            user = living.workspace.user_named(WHO)
            if user is None:
                raise SystemExit(f"Nobody in playground/seed.yml is called {WHO}.")
            place = newest_introduction(living, user["id"])
            await picture(f"{living.server.url}/as/{user['id']}/{place}")
        finally:
            await living.stop()
    print(f"{PICTURE.relative_to(ROOT)} shows what {user['real_name']} sees")


async def picture(address: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=arguments())
        page = await browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2, color_scheme="light"
        )
        await page.goto(address)
        await page.wait_for_selector("html[data-listening]")
        await page.wait_for_selector(".surface .b-section")
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=PICTURE, animations="disabled")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(take())
