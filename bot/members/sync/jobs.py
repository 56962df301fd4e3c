"""The clock asks who people are: one page of Slack's list a step, and whoever came before the list reached them."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import ErrorClass, classify
from bot.members.models import Workspace
from bot.members.sync import rules, store
from bot.registry import Tools
from bot.scheduler import one_by_one
from bot.slack import home
from bot.slack.refusals import code_of, rest_after

PAGE = 200
LOOKUPS_AT_ONCE = 20
AFTER_TROUBLE = timedelta(minutes=1)


async def sync_people(tools: Tools) -> int:
    """Read the next page of every workspace that is due; a page is a step of its own, so a crash repeats one page."""
    async with tools.database.reading() as session:
        due = await store.walks_due(session, tools.clock())
    return await one_by_one(tools, due, partial(_read_a_page, tools))


async def _read_a_page(tools: Tools, workspace_id: int) -> None:
    now = tools.clock()
    async with tools.database.reading() as session:
        workspace = await session.get(Workspace, workspace_id)
    if workspace is None:
        return
    cursor = rules.goes_on_at(workspace.sync_cursor, workspace.sync_due_at, now)
    client = await tools.client_for(workspace_id)
    try:
        page = await client.users_list(limit=PAGE, cursor=cursor or "")
    except SlackApiError as error:
        await _walk_later(tools, workspace_id, cursor, error)
        return
    except (ClientError, TimeoutError) as error:
        tools.log.warning("people not read", workspace=workspace_id, error=type(error).__name__)
        await _walk_on(tools, workspace_id, cursor, now + AFTER_TROUBLE)
        return
    await _keep_page(tools, workspace, cursor, page.get("members") or [], _next_cursor(page.get("response_metadata")))


async def _keep_page(
    tools: Tools, before: Workspace, cursor: str | None, users: list[dict[str, Any]], next_cursor: str | None
) -> None:
    now = tools.clock()
    people = [person for user in users if (person := rules.read_person(user, before.team_id)) is not None]
    async with tools.database.transaction() as session:
        workspace = await store.lock_workspace(session, before.id)
        if workspace is None or workspace.sync_due_at is None or workspace.sync_cursor != before.sync_cursor:
            return  # another process was here
        changed = await store.keep(session, workspace.id, people, now=now) if people else []
        if cursor is None:
            workspace.sync_started_at = now
        workspace.sync_cursor = next_cursor
        workspace.sync_due_at = now + (rules.BETWEEN_PAGES if next_cursor else rules.EVERY)
        await home.redraw(session, workspace.id, changed, now=now)


async def _walk_later(tools: Tools, workspace_id: int, cursor: str | None, error: SlackApiError) -> None:
    """Slack said no: rest as long as it asks, begin anew where the cursor died, stop where the installation did."""
    now, code, rest = tools.clock(), code_of(error), rest_after(error)
    tools.log.warning("people not read", workspace=workspace_id, error=code)
    if rest is not None:
        await _walk_on(tools, workspace_id, cursor, now + rest)
    elif code == "invalid_cursor":
        await _walk_on(tools, workspace_id, None, now + AFTER_TROUBLE)
    elif classify(code) is ErrorClass.INSTALL:
        await _walk_on(tools, workspace_id, None, now + rules.EVERY)
    else:
        await _walk_on(tools, workspace_id, cursor, now + AFTER_TROUBLE)


async def _walk_on(tools: Tools, workspace_id: int, cursor: str | None, due_at: datetime) -> None:
    async with tools.database.transaction() as session:
        workspace = await store.lock_workspace(session, workspace_id)
        if workspace is not None:
            workspace.sync_cursor, workspace.sync_due_at = cursor, due_at


async def look_people_up(tools: Tools) -> int:
    """Ask Slack about people who came to us before the walk reached them."""
    async with tools.database.reading() as session:
        waiting = await store.unseen(session, tools.clock(), limit=LOOKUPS_AT_ONCE)
    return await one_by_one(tools, waiting, partial(_look_up, tools))


async def _look_up(tools: Tools, who: tuple[int, str]) -> None:
    workspace_id, slack_id = who
    client = await tools.client_for(workspace_id)
    try:
        user = (await client.users_info(user=slack_id))["user"]
    except SlackApiError as error:
        if code_of(error) not in ("user_not_found", "user_not_visible"):
            tools.log.warning("person not looked up", workspace=workspace_id, error=code_of(error))
            await _look_up_later(tools, workspace_id, rest_after(error) or AFTER_TROUBLE)
            return
        user = None
    except (ClientError, TimeoutError) as error:
        tools.log.warning("person not looked up", workspace=workspace_id, error=type(error).__name__)
        await _look_up_later(tools, workspace_id, AFTER_TROUBLE)
        return
    await _keep_person(tools, workspace_id, slack_id, user)


async def _keep_person(tools: Tools, workspace_id: int, slack_id: str, user: dict[str, Any] | None) -> None:
    """Store what Slack said about one person, or that it knows nobody of that id."""
    now = tools.clock()
    async with tools.database.transaction() as session:
        workspace = await session.get(Workspace, workspace_id)
        if workspace is None:
            return
        person = rules.read_person(user, workspace.team_id) if user is not None else None
        if person is None:
            await store.forget_one_who_is_no_person(session, workspace_id, slack_id, now)
        else:
            changed = await store.keep(session, workspace_id, [person], now=now)
            await home.redraw(session, workspace_id, changed, now=now)


async def _look_up_later(tools: Tools, workspace_id: int, rest: timedelta) -> None:
    async with tools.database.transaction() as session:
        workspace = await store.lock_workspace(session, workspace_id)
        if workspace is not None:
            workspace.lookups_after = tools.clock() + rest


def _next_cursor(metadata: dict[str, Any] | None) -> str | None:
    return (metadata or {}).get("next_cursor") or None
