"""A company whose web pages are served."""

from tests.web.conftest import any_readers as any_readers
