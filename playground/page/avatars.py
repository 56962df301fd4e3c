"""Drawn portraits: one for each person, always the same, in flat colours that say nothing about anybody's skin."""

from hashlib import blake2b

# Background, face, hair, clothes: each row is one family of colours, dark enough apart to be told at 20 pixels.
_PALETTES = (
    ("#f6d9c4", "#fff4ea", "#8a3b1d", "#c65d3a"),
    ("#cfe5e2", "#f2fbf9", "#17494d", "#2f8f8b"),
    ("#dcd7f0", "#f7f5ff", "#3d2f73", "#7563c5"),
    ("#f7e3a8", "#fffbe9", "#6b4e07", "#c99a1e"),
    ("#d4e6c3", "#f6fbef", "#2f5420", "#66963f"),
    ("#f4cfd9", "#fff2f5", "#7a2140", "#c9537a"),
    ("#cddff3", "#f1f7fe", "#1d3f6e", "#4a80c4"),
    ("#e3d8cb", "#faf6f0", "#4b3a2a", "#93775a"),
    ("#d0e9d9", "#f1fbf5", "#164a33", "#2e8b63"),
    ("#ead3ec", "#fcf4fd", "#592a63", "#a35bb0"),
)

_HAIR = (
    '<path d="M18 30c0-12 6-18 14-18s14 6 14 18c-3-6-7-9-14-9s-11 3-14 9z"/>',
    '<path d="M16 46V30c0-12 7-19 16-19s16 7 16 19v16h-5V30c-4-1-7-3-9-7-3 4-7 6-13 7v16z"/>',
    '<circle cx="32" cy="9" r="6"/><path d="M18 30c0-11 6-17 14-17s14 6 14 17c-4-5-8-8-14-8s-10 3-14 8z"/>',
    '<path d="M17 28c-2-6 1-9 4-10 1-5 6-7 10-5 5-3 10-1 12 3 4 1 6 6 4 12-2-5-5-6-8-6-4 2-10 2-13 0-4 0-7 2-9 6z"/>',
    '<path d="M19 28c-1-9 4-16 14-16 7 0 13 4 13 12 0 2 0 3-1 5-1-4-3-7-6-8-6 2-14 1-18-1-1 2-2 5-2 8z"/>',
    '<path d="M15 40c-2-16 4-29 17-29s19 13 17 29c-2 4-5 5-7 5 2-5 3-12 2-19'
    '-7 1-15-1-19-5-2 6-5 9-5 14 0 4 1 7 2 10-3 0-6-2-7-5z"/>',
    '<path d="M20 24c2-8 6-11 12-11s10 3 12 11c-4-3-8-4-12-4s-8 1-12 4z"/>',
    '<path d="M18 31c-2-13 5-20 14-20 4 0 7 1 9 4 5 0 7 8 5 16-1-5-3-8-6-10-8 1-16 2-19 0-2 3-3 6-3 10z"/>'
    '<circle cx="47" cy="35" r="5"/>',
    '<path d="M17 32C14 18 21 10 32 10s18 8 15 22l-3-2 1-4-4-1-1-5-4 2-4-4-4 4-4-2-1 5-4 1 1 4z"/>',
    '<path d="M18 34c-3-14 4-23 14-23s17 9 14 23c2 6 2 12-2 16'
    'h-6c4-6 6-13 5-22-4 0-8-2-11-6-3 4-7 6-11 6-1 9 1 16 5 22h-6c-4-4-4-10-2-16z"/>',
)
# Short, long, and neither: two people in the same colours never wear their hair alike.
_FAMILIES = ((0, 4, 6), (1, 5, 9), (2, 3, 7, 8))
_CLOTHES = (
    '<path d="M10 64c0-12 9-18 22-18s22 6 22 18z"/>',
    '<path d="M8 64c1-10 7-15 16-17l8 7 8-7c9 2 15 7 16 17z"/>',
    '<path d="M9 64c0-11 8-17 17-18v3c3 3 9 3 12 0v-3c9 1 17 7 17 18z"/>',
)
_DETAILS = (
    "",
    "",
    '<g fill="none" stroke="{hair}" stroke-width="1.6"><circle cx="26.5" cy="31" r="4"/><circle cx="37.5" cy="31" r="4"/>'
    '<path d="M30.500 31h3"/></g>',
    '<circle cx="20" cy="37" r="1.700" fill="{cloth}"/><circle cx="44" cy="37" r="1.700" fill="{cloth}"/>',
)

BOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#1f5f3f"/>'
    '<path d="M32 54V30" stroke="#e9f3ea" stroke-width="4" stroke-linecap="round"/>'
    '<path d="M32 34C18 34 13 25 13 14c13 0 19 8 19 20z" fill="#8fd19e"/>'
    '<path d="M32 42c0-12 6-19 19-19 0 11-6 19-19 19z" fill="#c9eccd"/></svg>'
)
SYSTEM = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#50616b"/>'
    '<path d="M14 20h36v22H34l-9 9v-9H14z" fill="#eef3f4"/></svg>'
)


def portrait(seed: str, position: int | None = None) -> str:
    """A person's portrait; neighbours in a list differ in colour because their position picks it."""
    digest = blake2b(seed.encode(), digest_size=8).digest()
    place = digest[0] if position is None else position
    turn, place = divmod(place, len(_PALETTES))
    ground, face, hair, cloth = _PALETTES[place]
    family = _FAMILIES[(place + turn) % len(_FAMILIES)]
    style = _HAIR[family[(place // 3 + turn // 3) % len(family)]]
    detail = _DETAILS[(place + turn + digest[2]) % len(_DETAILS)].format(hair=hair, cloth=cloth)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="{ground}"/>'
        f'<g fill="{cloth}">{_CLOTHES[digest[3] % len(_CLOTHES)]}</g>'
        f'<path d="M27 40h10v9c-2 3-8 3-10 0z" fill="{face}"/><ellipse cx="32" cy="31" rx="12" ry="13.5" fill="{face}"/>'
        f'<g fill="{hair}"><circle cx="27" cy="31.500" r="1.400"/><circle cx="37" cy="31.500" r="1.400"/>{style}</g>'
        f'<path d="M28 37.500c2.500 2 5.500 2 8 0" fill="none" stroke="{hair}" stroke-width="1.500" stroke-linecap="round"/>'
        f"{detail}</svg>"
    )
