"""Rich text: sections, lists, quotes and preformatted text, and what may stand in them."""

from playground.blocks_checks import by_type, each, flag, number, one_of, shape, string, whole
from playground.blocks_elements import ID

_STYLE = {"style": shape(None, dict.fromkeys(("bold", "code", "italic", "strike", "underline"), flag), typed=False)}
_TEXT = shape({"text": string(least=0)}, _STYLE)
_LINK = shape({"url": string()}, {"text": string(least=0), "unsafe": flag, **_STYLE})
_INLINE = by_type(
    {
        "text": _TEXT,
        "link": _LINK,
        "emoji": shape({"name": string()}, {"unicode": string(), "url": string(), **_STYLE}),
        "user": shape({"user_id": string()}, _STYLE),
        "channel": shape({"channel_id": string()}, _STYLE),
        "usergroup": shape({"usergroup_id": string()}, _STYLE),
        "team": shape({"team_id": string()}, _STYLE),
        "broadcast": shape({"range": one_of("here", "channel", "everyone")}, _STYLE),
        "color": shape({"value": string()}, _STYLE),
        "date": shape({"timestamp": number, "format": string()}, {"fallback": string(), "url": string(), **_STYLE}),
    }
)
_BORDER = {"border": one_of(0, 1)}
_SECTION = shape({"elements": each(_INLINE)})
_LIST_ITEM = by_type({"rich_text_section": _SECTION})

RICH_TEXT = shape(
    {
        "elements": each(
            by_type(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": shape(
                        {"elements": each(_LIST_ITEM), "style": one_of("bullet", "ordered")},
                        {"indent": number, "offset": whole(0), **_BORDER},
                    ),
                    "rich_text_quote": shape({"elements": each(_INLINE)}, _BORDER),
                    "rich_text_preformatted": shape(
                        {"elements": each(by_type({"text": _TEXT, "link": _LINK}))}, _BORDER
                    ),
                }
            )
        )
    },
    {"block_id": ID},
)
