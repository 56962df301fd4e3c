"""The emoji shortcodes this client knows; any other stays as it was typed."""

import re
from collections.abc import Mapping

SHORTCODES: Mapping[str, str] = {
    "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "wave": "👋", "clap": "👏", "pray": "🙏",
    "raised_hands": "🙌", "handshake": "🤝", "ok_hand": "👌", "point_right": "👉", "muscle": "💪", "eyes": "👀",
    "heart": "❤️", "green_heart": "💚", "blue_heart": "💙", "smile": "😄", "slightly_smiling_face": "🙂",
    "grinning": "😀", "joy": "😂", "blush": "😊", "thinking_face": "🤔", "sweat_smile": "😅", "cry": "😢",
    "heart_eyes": "😍", "tada": "🎉", "sparkles": "✨", "star": "⭐", "star2": "🌟", "fire": "🔥", "rocket": "🚀",
    "bulb": "💡", "bell": "🔔", "no_bell": "🔕", "calendar": "📅", "date": "📅", "spiral_calendar_pad": "🗓️",
    "clock1": "🕐", "hourglass": "⌛", "hourglass_flowing_sand": "⏳", "alarm_clock": "⏰", "stopwatch": "⏱️",
    "seedling": "🌱", "herb": "🌿", "potted_plant": "🪴", "evergreen_tree": "🌲", "deciduous_tree": "🌳",
    "leaves": "🍃", "four_leaf_clover": "🍀", "sunflower": "🌻", "tulip": "🌷", "sunny": "☀️", "sunrise": "🌅",
    "coffee": "☕", "tea": "🍵", "bread": "🍞", "cake": "🍰", "white_check_mark": "✅", "heavy_check_mark": "✔️",
    "x": "❌", "warning": "⚠️", "information_source": "ℹ️", "question": "❓", "exclamation": "❗", "100": "💯",
    "lock": "🔒", "unlock": "🔓", "key": "🔑", "mag": "🔍", "link": "🔗", "pushpin": "📌", "round_pushpin": "📍",
    "memo": "📝", "pencil": "📝", "pencil2": "✏️", "book": "📖", "books": "📚", "bookmark": "🔖", "envelope": "✉️",
    "email": "📧", "speech_balloon": "💬", "thought_balloon": "💭", "studio_microphone": "🎙️", "headphones": "🎧",
    "busts_in_silhouette": "👥", "bust_in_silhouette": "👤", "chart_with_upwards_trend": "📈", "bar_chart": "📊",
    "clipboard": "📋", "paperclip": "📎", "package": "📦", "gift": "🎁", "trophy": "🏆", "dart": "🎯",
    "compass": "🧭", "world_map": "🗺️", "earth_africa": "🌍", "globe_with_meridians": "🌐", "bridge_at_night": "🌉",
    "repeat": "🔁", "arrow_right": "➡️", "arrows_counterclockwise": "🔄", "double_vertical_bar": "⏸️", "zzz": "💤",
    "snail": "🐌", "turtle": "🐢", "bird": "🐦", "owl": "🦉", "hatching_chick": "🐣", "large_green_circle": "🟢",
    "large_yellow_circle": "🟡", "red_circle": "🔴", "white_circle": "⚪", "large_blue_circle": "🔵",
}  # fmt: skip

QUICK_REACTIONS = ("+1", "heart", "tada", "eyes", "pray", "white_check_mark", "bulb", "seedling")

_CODE = re.compile(r":([a-z0-9_+\-]+)(?:::skin-tone-[2-6])?:")


def with_emoji(text: str) -> str:
    """Known shortcodes become the character; times such as 10:30:00 have none and stay."""
    return _CODE.sub(lambda found: SHORTCODES.get(found[1], found[0]), text)


def glyph(name: str) -> str:
    """The character of a reaction; a name we lack is shown between its colons."""
    return SHORTCODES.get(name.split("::")[0], f":{name}:")
