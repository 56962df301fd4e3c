"""What somebody types after @ or #, turned into the mention a chat client would have completed."""

import re

from playground.page.people import everybody
from playground.workspace import Workspace


def with_mentions(workspace: Workspace, text: str) -> str:
    """@Ben, @Ben Adler and #general become mentions; a first name shared by two stays a word."""
    people = _names(workspace)
    channels = {f"#{doc['name']}".casefold(): f"<#{doc['id']}>" for doc in workspace.channels() if doc.get("name")}
    known = people | channels
    if not known or not re.search(r"[@#]\w", text):
        return text
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{names})(?![\w-])", re.IGNORECASE)
    return pattern.sub(lambda found: known[found[0].casefold()], text)


def _names(workspace: Workspace) -> dict[str, str]:
    found: dict[str, str] = {}
    shared: set[str] = set()
    for one in everybody(workspace):
        for name in {one.name, one.first_name}:
            key = f"@{name}".casefold()
            shared |= {key} & found.keys()
            found[key] = f"<@{one.id}>"
    if workspace.bot_user_id:
        found["@perennial"] = f"<@{workspace.bot_user_id}>"
    return {name: mention for name, mention in found.items() if name not in shared}
