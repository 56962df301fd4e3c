"""What can go wrong in a way we foresaw; the docstring of each kind is what the member reads."""

from inspect import cleandoc


class PerennialError(Exception):
    """Something did not work, and nothing was changed. Try again in a minute; if it stays, tell a lead."""

    def __init__(self, message: str | None = None) -> None:
        self.message = message or cleandoc(type(self).__doc__ or "")
        super().__init__(self.message)


class NotALead(PerennialError):
    """Only a lead of this workspace can do that. Your Home tab names the leads; any of them can help."""


class NotAMember(PerennialError):
    """You are not in Perennial yet. Open its Home tab and press Join: three short steps."""


class NotYours(PerennialError):
    """That belongs to somebody else, so nothing was changed."""


class Gone(PerennialError):
    """That no longer exists, so there is nothing for you to do."""


class TooLate(PerennialError):
    """That moment has passed, so nothing was changed. Your Home tab shows how things stand now."""


class WrongSetting(PerennialError):
    """A setting is missing or wrong. `perennial doctor` says which and how to mend it."""


class NestedTransaction(RuntimeError):
    """A transaction was opened inside another; it would wait for itself."""
