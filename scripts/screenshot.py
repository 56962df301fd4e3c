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


def best_place(living: Living, user: str) -> str:
    """The newest introduction this person is in; their Home tab if there is none."""
    groups = [one for one in living.workspace.conversations_of(user) if one["type"] == "mpim" and one["last_ts"] != "0"]
    return str(groups[0]["id"]) if groups else "home"


async def take() -> None:
    with tempfile.TemporaryDirectory() as folder:
        living = Living(Path(folder))
        await living.start()
        await living.live_first_weeks(print)
        user = living.workspace.user_named(WHO)
        if user is None:
            raise SystemExit(f"Nobody in playground/seed.yml is called {WHO}.")
        address = f"{living.server.url}/as/{user['id']}/{best_place(living, user['id'])}"
        async with async_playwright() as playwright:
            path = chromium_path()
            browser = await playwright.chromium.launch(executable_path=path, args=arguments())
            page = await browser.new_page(
                viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2, color_scheme="light"
            )
            await page.goto(address)
            await page.wait_for_selector("html[data-listening]")
            await page.wait_for_selector(".surface .b-section")
            PICTURE.parent.mkdir(parents=True, exist_ok=True)
            await page.screenshot(path=PICTURE, animations="disabled")
            await browser.close()
        await living.stop()
    print(f"{PICTURE.relative_to(ROOT)} shows {user['real_name']} at {address.rpartition('/')[2]}")


if __name__ == "__main__":
    asyncio.run(take())
