"""What keeps a page to itself: no script at all, no frame, no trace in caches or in other sites' logs."""

from starlette.responses import Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    # Addresses hold what people searched for, so that no other site may learn them; ours must see where a form is from.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
}


def kept_to_itself(response: Response) -> Response:
    """The response with every header that a page of ours carries."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
