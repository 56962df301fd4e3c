"""HTML attributes from a dict, each value escaped."""

from collections.abc import Mapping

from markupsafe import Markup

Attributes = Mapping[str, object]


def attrs(values: Attributes) -> Markup:
    """None and False are left out, True stands alone."""
    parts = [
        Markup(" {}").format(name) if value is True else Markup(' {}="{}"').format(name, value)
        for name, value in values.items()
        if value is not None and value is not False
    ]
    return Markup("").join(parts)
