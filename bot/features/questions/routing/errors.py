"""What can go wrong when somebody is asked; each docstring is what they read."""

from bot.errors import PerennialError


class OwnQuestion(PerennialError):
    """You asked this yourself, so it is for others to take."""


class NotAskedOfYou(PerennialError):
    """This question was not put to you, so nothing was changed. Questions you could answer are in my Home tab."""


class OverNow(PerennialError):
    """This question is closed by now, so there is nothing for you to do."""


class TakenAlready(PerennialError):
    """Somebody took this question a moment ago, so there is nothing for you to do."""

    def __init__(self, name: str, waiting: int) -> None:
        super().__init__(f"{name} took this question, so there is nothing for you to do.")
        self.name, self.waiting = name, waiting
