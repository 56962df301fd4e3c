"""Puts people's words into a form that may be shown elsewhere. Pure."""

import re

LONGEST_PART, MOST_PARTS = 2_800, 3  # characters of a paragraph, paragraphs of a message

_ADDRESS = re.compile(r"https?://[^\s<>|*_~`]+[^\s<>|*_~`.,;:!?)\]}'\"]")


def shown(text: str) -> str:
    """People's words as mrkdwn: bold and lists stay, addresses can be pressed, and nothing in it calls anybody."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ADDRESS.sub(lambda found: f"<{found[0]}>", safe)


def pieces(text: str) -> list[str]:
    """A text in paragraphs that Slack takes, as `shown`; cut at line ends or spaces where there are any."""
    found: list[str] = []
    while text := text.strip():
        piece = text
        while len(shown(piece)) > LONGEST_PART:
            most = min(len(piece) - 1, LONGEST_PART * len(piece) // len(shown(piece)))
            cut = max(piece.rfind("\n", 0, most), piece.rfind(" ", 0, most))
            piece = piece[: cut if cut > most // 2 else max(1, most)]
        found.append(shown(piece.rstrip()))
        text = text[len(piece) :]
    return found


def first_line(text: str, longest: int = 80) -> str:
    """The beginning of what somebody wrote, on one line."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return (line[: longest - 1].rsplit(" ", 1)[0] or line[: longest - 1]) + "…"
