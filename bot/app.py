"""The composition root: the one file that knows everything, and decides nothing."""

import re
from typing import TYPE_CHECKING, Any

from aiohttp import ClientError
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import archive, delivery, features, gatherings, members, programs
from bot.archive import models as archive_models
from bot.clock import Clock, utc_now
from bot.cpu import OtherProcess
from bot.db import Base, Database
from bot.delivery import inbox
from bot.errors import Gone, WrongSetting
from bot.features.goals import models as goals  # a feature's package alone names no table
from bot.features.introductions import models as introductions
from bot.features.nudges import models as nudges
from bot.features.questions import models as questions
from bot.features.recognition import models as recognition
from bot.features.reflections import models as reflections
from bot.features.roundtables import models as roundtables
from bot.features.roundtables.live import models as live_roundtables
from bot.features.storytelling import models as storytelling
from bot.gatherings import models as gathering_models
from bot.hands import InHand
from bot.manifest import scopes
from bot.members import workspaces
from bot.members.models import Workspace
from bot.members.oauth import oauth_settings
from bot.registry import Registry, Tools
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.slack import failures, home, words
from bot.slack.act import read_act
from bot.slack.by_id import BoltById
from bot.slack.clients import Clients
from bot.vault import Vault
from bot.web import access

if TYPE_CHECKING:
    from slack_sdk.socket_mode.aiohttp import SocketModeClient

assert archive_models and gathering_models and introductions and nudges and goals and reflections
assert questions and recognition and roundtables and live_roundtables and storytelling
METADATA = Base.metadata
OWN_NEWS = frozenset({"member_joined_channel", "member_left_channel"})


class RowAuthorize(AsyncAuthorize):
    """Finds the workspace's token in our own table: no call to Slack before an acknowledgement."""

    def __init__(self, known: workspaces.Known) -> None:
        self.known = known

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_: Any,
    ) -> AuthorizeResult | None:
        installed = await self.known.find(team_id or "")
        if installed is None or installed.state == "uninstalled":
            return None
        context["workspace_id"] = installed.workspace_id
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            bot_id=installed.bot_id,
            bot_user_id=installed.bot_user_id,
            bot_token=installed.token,
        )


class Perennial:
    """The whole bot, built but not started: its registry, tools, scheduler and clients."""

    def __init__(self, settings: Settings, vault: Vault, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.database = Database(settings.database_url, vault)
        self.clients = Clients(settings.api_url)
        self.known = workspaces.Known(self.database)
        self.in_hand = InHand()  # events that were acknowledged and whose handlers still run
        self.works = False
        self.slack_ok = False
        self.socket: SocketModeClient | None = None
        oauth = oauth_settings(settings, self.database, clock, scopes()) if settings.many_workspaces else None
        bolt = BoltById(
            name="perennial",
            oauth_settings=oauth,
            signing_secret=settings.slack_signing_secret or "socket-mode-needs-none",
            client=self.clients.with_token(None),
            authorize=RowAuthorize(self.known),  # type: ignore[arg-type]  # the SDK's hint forgets its own class
            ignoring_self_events_enabled=False,  # it would also keep from us that a message of ours was deleted
        )
        self.registry = Registry(bolt)
        self.tools = Tools(
            settings=settings,
            database=self.database,
            clock=clock,
            client_for=self.client_for,
            cpu=OtherProcess(),
        )
        self.scheduler = Scheduler(self.registry.schedule, self.tools)
        self.database.lent.update(
            kinds=self.registry.kinds,
            program_kinds=self.registry.program_kinds,
            gathering_kinds=self.registry.gathering_kinds,
            ballots=self.registry.ballots,
            joined=self.registry.joined,
            left=self.registry.left,
            left_after=self.registry.left_after,
            moments=self.registry.moments,
            leanings=self.registry.leanings,
            wishes=self.registry.wishes,
            helps=self.registry.helps,
            finds=self.registry.finds,
            talk_offers=self.registry.talk_offers,
            paused=self.registry.paused,
            no_more=self.registry.no_more,
            commitment_names=self.registry.commitment_names,
            audiences=self.registry.audiences,
            reportable=self.registry.reportable,
            thanks=self.registry.thanks,
            milestones=self.registry.milestones,
            settings_rows=self.registry.home.settings,
            lead_settings_rows=self.registry.home.lead_settings,
            welcomes=self.registry.welcomes,
            lead_ids=settings.lead_ids,
            base_url=settings.perennial_base_url,
            wake=self.scheduler.wake,
            clock=clock,
            forget_installations=self.known.forget,
        )
        self._register(bolt)

    def _register(self, bolt: BoltById) -> None:
        box = inbox.Inbox(self.tools, self.registry.events)
        lend_tools(self.registry, self.tools, self.known, box, self.in_hand)
        bolt.look_up()  # after the lending, so that matchers and listeners have what they name
        failures.answer_failures(bolt)
        listen_for_events(self.registry, box, self.in_hand)
        for room in (delivery, access, members, programs, gatherings, archive, *features.FEATURES):
            room.register(self.registry)
        self.registry.schedule.when_due(
            "draw home tabs", lambda tools: home.publish_due(self.registry, tools), next_due=home.next_drawing
        )
        self.registry.schedule.when_due(
            "replay the inbox",
            lambda tools: inbox.replay_due(tools, self.registry.events),
            next_due=inbox.next_replay,
        )
        words.answer_command(self.registry, self.settings.perennial_command)

    async def client_for(self, workspace_id: int) -> AsyncWebClient:
        """A Web API client with that workspace's token."""
        async with self.database.reading() as session:
            workspace = await session.get(Workspace, workspace_id)
            if workspace is None:
                raise Gone
            return self.clients.with_token(workspaces.token_of(session, workspace))

    @property
    def socket_ok(self) -> bool | None:
        """Whether Slack's socket is connected; None without Socket Mode."""
        if self.socket is None:
            return None
        return self.socket.current_session is not None and not self.socket.current_session.closed

    async def install_from_token(self) -> None:
        """With one workspace's token in the settings: ask Slack whose it is, and keep that as an installation."""
        token = self.settings.slack_bot_token
        if token is None:
            self.slack_ok = True  # each workspace's token is tried when it is used
            return
        client = self.clients.with_token(token)
        try:
            answer = await client.auth_test()
        except SlackApiError as error:
            reason = error.response.get("error")
            raise WrongSetting(
                f"SLACK_BOT_TOKEN: Slack answered {reason}. Copy it again from OAuth & Permissions."
            ) from error
        except (ClientError, TimeoutError) as error:
            raise WrongSetting(
                f"SLACK_API_URL: no answer from {self.settings.api_url}. Is it right, and reachable?"
            ) from error
        self.slack_ok = True
        granted = answer.headers.get("x-oauth-scopes", "")
        async with self.database.transaction() as session:
            await workspaces.keep(
                session,
                team_id=answer["team_id"],
                name=answer["team"],
                token=token,
                now=self.tools.clock(),
                bot_user_id=answer["user_id"],
                bot_id=answer.get("bot_id"),
                app_id=answer.get("app_id"),
                enterprise_id=answer.get("enterprise_id"),
                scopes=",".join(granted) if isinstance(granted, list) else granted,
            )

    async def open(self) -> None:
        """Open what needs the running event loop; the database is migrated before, the metronome started after."""
        await self.clients.open()
        self.registry.bolt.client.session = self.clients.session

    async def close(self) -> None:
        """Finish what is in hand within ten seconds and give everything back."""
        await self.in_hand.quiet(grace=3)
        await self.scheduler.stop(grace=6)
        await self.clients.close()
        self.tools.cpu.shutdown(wait=False, cancel_futures=True)
        await self.database.close()


def lend_tools(registry: Registry, tools: Tools, known: workspaces.Known, box: inbox.Inbox, in_hand: InHand) -> None:
    """A middleware that puts what listeners need into Bolt's context, and keeps events before they are acknowledged."""

    @registry.bolt.middleware
    async def lend(context: AsyncBoltContext, body: dict[str, Any], next: Any) -> BoltResponse | None:
        workspace_id = context.get("workspace_id")
        if workspace_id is None:  # Bolt authorizes nobody for app_uninstalled and tokens_revoked
            installed = await known.find(context.team_id or "")
            if installed is None:  # the last word of an installation that is over: nothing to do, nothing to repeat
                return BoltResponse(status=200)
            workspace_id = installed.workspace_id
        context["tools"], context["clock"] = tools, tools.clock
        context["transaction"] = tools.database.transaction
        if is_echo(context, body):
            return BoltResponse(status=200)
        if body.get("type") == "event_callback":
            context["kept"] = kept = await box.keep(workspace_id, body)
            if kept.row_ids:
                in_hand.take()
        else:
            context["act"] = read_act(workspace_id, body)
        await next()
        return None


def is_echo(context: AsyncBoltContext, body: dict[str, Any]) -> bool:
    """Whether Slack only tells us what we did ourselves; being let into a channel, and losing a message, is news."""
    found, event = context.authorize_result, body.get("event") or {}
    if found is None or event.get("type") in OWN_NEWS or event.get("subtype") == "message_deleted":
        return False
    ours = bool(context.user_id) and context.user_id == found.bot_user_id
    return bool(event) and (ours or (bool(event.get("bot_id")) and event.get("bot_id") == found.bot_id))


def listen_for_events(registry: Registry, box: inbox.Inbox, in_hand: InHand) -> None:
    """One Bolt listener for every event: its work is the inbox. Unknown events are acknowledged and forgotten."""

    @registry.bolt.event(re.compile(".*"))
    async def handle(kept: inbox.Kept) -> None:
        if kept.row_ids:
            try:
                await box.work(kept)
            finally:
                in_hand.done()
