"""Draws pages from templates; what people wrote is escaped wherever it stands."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STYLE, MARK = HERE / "static" / "pages.css", HERE / "static" / "mark.svg"
A_YEAR = 365 * 24 * 3600


def draw(request: Request, name: str, *, folder: Path | None = None, status: int = 200, **values: Any) -> HTMLResponse:
    """The template of that name, from `folder` or from our own, around which stands the frame of every page."""
    template = environment(folder).get_template(name)
    frame = {
        "root": request.state.root,
        "reader": getattr(request.state, "reader", None),
        "style": style_version(),
    }
    return HTMLResponse(template.render(**frame, **values), status)


@cache
def environment(folder: Path | None) -> "Environment":
    """Made when the first page is opened: a bot whose pages nobody opens need not hold it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folders = [TEMPLATES] if folder is None else [folder, TEMPLATES]
    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style_version() -> str:
    """Part of the style's address, so that a browser may keep it for as long as it stays the same."""
    return sha256(STYLE.read_bytes()).hexdigest()[:12]


async def style(request: Request) -> Response:
    """The style of every page; it tells nothing about anybody, so that everybody may read it."""
    headers = {"cache-control": f"public, max-age={A_YEAR}, immutable", "x-content-type-options": "nosniff"}
    return Response(STYLE.read_text(encoding="utf-8"), media_type="text/css", headers=headers)


async def mark(request: Request) -> Response:
    """Our mark, as pages and browsers' tabs show it."""
    headers = {"cache-control": "public, max-age=86400", "x-content-type-options": "nosniff"}
    return Response(MARK.read_bytes(), media_type="image/svg+xml", headers=headers)
