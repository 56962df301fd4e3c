"""What a page's form sends: a few short fields, and no more than that is read."""

from urllib.parse import parse_qsl

from starlette.requests import Request

LARGEST_BODY = 16_384
MOST_FIELDS = 30


class TooMuch(ValueError):
    """More was sent than any form of ours holds."""


async def read_form(request: Request) -> dict[str, str]:
    """The fields by name; of a name that came twice the last."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise TooMuch
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise TooMuch from error
