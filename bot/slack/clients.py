"""Web API clients: one shared connection pool, one client per workspace, and no re-sending behind our back."""

from aiohttp import ClientSession, ClientTimeout, TCPConnector
from slack_sdk.web.async_client import AsyncWebClient

TIMEOUT_SECONDS = 15


class Clients:
    """Makes clients that share one aiohttp session; open() and close() belong to the app's lifetime."""

    def __init__(self, api_url: str) -> None:
        self.api_url = api_url
        self._session: ClientSession | None = None

    async def open(self) -> None:
        """Open the connection pool, in the running event loop."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=50, keepalive_timeout=60), timeout=ClientTimeout(total=TIMEOUT_SECONDS)
            )

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def session(self) -> ClientSession | None:
        """The shared session, once open; also for uploads."""
        return self._session

    def with_token(self, token: str | None, *, team_id: str | None = None) -> AsyncWebClient:
        """A client that never retries by itself: a repeated chat.postMessage is a message sent twice."""
        return AsyncWebClient(
            token=token,
            base_url=self.api_url,
            timeout=TIMEOUT_SECONDS,
            session=self._session,
            retry_handlers=[],
            team_id=team_id,
        )
