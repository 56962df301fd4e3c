"""Perennial: mentoring that outlives programs, in the Slack where people already are."""

import sys

__version__ = "0.1.0"

# structlog takes rich with it wherever that is installed, for tracebacks that we draw plainly: 3 MB in every process.
if "structlog" not in sys.modules and "rich" not in sys.modules:
    sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        import structlog  # noqa: F401
    finally:
        del sys.modules["rich"]
