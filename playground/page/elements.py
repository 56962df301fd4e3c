"""What people press, pick and type into, one function per kind of block element."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from playground.page.attributes import attrs
from playground.page.choosers import chooser
from playground.page.context import Context
from playground.page.emoji import with_emoji
from playground.page.mrkdwn import render_mrkdwn, safe_href

Doc = Mapping[str, Any]


def control_name(block_id: str, action_id: str) -> str:
    """The name of a control in a form: both ids, each escaped, so that a slash in one misleads nobody."""
    return f"{quote(block_id, safe='')}/{quote(action_id, safe='')}"


def label_of(text: Doc | None, ctx: Context) -> Markup:
    """A text object as HTML, plain or mrkdwn as it says."""
    if not text:
        return Markup("")
    if text.get("type") == "mrkdwn":
        return render_mrkdwn(text.get("text", ""), ctx)
    return _lines(with_emoji(text.get("text", "")) if text.get("emoji", True) else text.get("text", ""))


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def words_of(text: Doc | None) -> str:
    return with_emoji(text.get("text", "")) if text else ""


def acting(element: Doc, block_id: str, ctx: Context, *, in_form: bool) -> dict[str, object]:
    """What the script needs to send an act; inside an input block nothing is sent until the form is."""
    confirm = element.get("confirm")
    return {
        "data-block": block_id,
        "data-action": element.get("action_id", ""),
        "data-dispatch": not in_form,
        "data-confirm": json.dumps(_confirm_words(confirm)) if confirm else None,
        "disabled": not ctx.live,
    }


def _confirm_words(confirm: Doc) -> dict[str, str]:
    words = {name: words_of(confirm.get(name)) for name in ("title", "text", "confirm", "deny")}
    return words | {"style": str(confirm.get("style", ""))}


def button(element: Doc, block_id: str, ctx: Context, *, in_form: bool = False) -> Markup:
    style = element.get("style")
    url = safe_href(element.get("url") or "")
    base = acting(element, block_id, ctx, in_form=False) | {
        "class": f"btn {style}" if style in ("primary", "danger") else "btn",
        "aria-label": element.get("accessibility_label"),
        "data-act": "click",
        "data-value": element.get("value"),
        "data-url": url,
        "id": ctx.dom_id(block_id, element.get("action_id", "")),
    }
    arrow = Markup(' <span aria-hidden="true">↗</span>') if url else ""
    return Markup('<button type="button"{}>{}{}</button>').format(attrs(base), label_of(element["text"], ctx), arrow)


def overflow(element: Doc, block_id: str, ctx: Context, *, in_form: bool = False) -> Markup:
    menu_id = ctx.dom_id(block_id, element.get("action_id", ""), "menu")
    items = [
        Markup('<button type="button" role="menuitem" tabindex="-1"{}>{}</button>').format(
            attrs(
                acting(element, block_id, ctx, in_form=False)
                | {
                    "data-act": "click",
                    "data-option": option_json(option),
                    "data-url": safe_href(option.get("url") or ""),
                }
            ),
            label_of(option["text"], ctx),
        )
        for option in element.get("options", [])
    ]
    opener = {"aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": menu_id, "data-menu": menu_id}
    html = Markup(
        '<span class="menu-anchor"><button type="button" class="btn dots" aria-label="More actions"{}>'
        '<span aria-hidden="true">⋯</span></button><span class="menu" role="menu" id="{}" hidden>{}</span></span>'
    )
    return html.format(attrs(opener | {"id": menu_id + "o"}), menu_id, Markup("").join(items))


def option_json(option: Doc) -> str:
    return json.dumps({name: option[name] for name in ("text", "value", "description", "url") if option.get(name)})


def text_input(element: Doc, block_id: str, ctx: Context, *, in_form: bool = False) -> Markup:
    kind = {"email_text_input": "email", "url_text_input": "url", "number_input": "text"}.get(element["type"], "text")
    earlier = ctx.earlier(block_id, element.get("action_id", ""))
    value = (earlier.get("value") if earlier is not None else element.get("initial_value")) or ""
    base = _field(element, block_id, ctx, in_form=in_form) | {
        "placeholder": words_of(element.get("placeholder")) or None,
        "maxlength": element.get("max_length", 3000),
        "data-enter": _dispatches(element, "on_enter_pressed", default=True),
        "data-typing": _dispatches(element, "on_character_entered", default=False),
        "inputmode": "decimal" if element["type"] == "number_input" else None,
    }
    if element.get("multiline"):
        return Markup('<textarea class="field" rows="4"{}>\n{}</textarea>').format(attrs(base), value)
    return Markup('<input class="field"{}>').format(attrs(base | {"type": kind, "value": value}))


def _dispatches(element: Doc, moment: str, *, default: bool) -> bool:
    configured = (element.get("dispatch_action_config") or {}).get("trigger_actions_on")
    return moment in configured if configured else default


def _field(element: Doc, block_id: str, ctx: Context, *, in_form: bool) -> dict[str, object]:
    """The attributes all single controls share, with the names a label, a hint and an error go by."""
    action_id = element.get("action_id", "")
    described = f"{ctx.dom_id(block_id)}h {ctx.dom_id(block_id)}e" if in_form else None
    return acting(element, block_id, ctx, in_form=in_form) | {
        "id": ctx.dom_id(block_id, action_id),
        "name": control_name(block_id, action_id),
        "aria-invalid": "true" if block_id in ctx.errors else None,
        "aria-describedby": described,
        "aria-label": None if in_form else words_of(element.get("placeholder")) or element["type"].replace("_", " "),
        "autofocus": bool(element.get("focus_on_load")),
    }


def static_select(element: Doc, block_id: str, ctx: Context, *, in_form: bool = False) -> Markup:
    """The browser's own select: it is right on every phone and with every screen reader."""
    earlier = ctx.earlier(block_id, element.get("action_id", ""))
    chosen = earlier.get("selected_option") if earlier is not None else element.get("initial_option")
    wanted = chosen["value"] if chosen else None

    def lines(options: Iterable[Doc]) -> Markup:
        html = Markup("<option{}>{}</option>")
        return Markup("").join(
            html.format(
                attrs({"value": option["value"], "selected": option["value"] == wanted}),
                words_of(option["text"])
                + (f" · {words_of(option['description'])}" if option.get("description") else ""),
            )
            for option in options
        )

    if element.get("option_groups"):
        group = Markup('<optgroup label="{}">{}</optgroup>')
        body = Markup("").join(
            group.format(words_of(one["label"]), lines(one["options"])) for one in element["option_groups"]
        )
    else:
        body = lines(element.get("options", []))
    first = Markup('<option value="">{}</option>').format(words_of(element.get("placeholder")) or "Choose one")
    html = Markup('<select class="field"{}>{}{}</select>')
    return html.format(attrs(_field(element, block_id, ctx, in_form=in_form)), first, body)


def moment_input(element: Doc, block_id: str, ctx: Context, *, in_form: bool = False) -> Markup:
    """Date and time pickers are the browser's own."""
    kind, key = {
        "datepicker": ("date", "date"),
        "timepicker": ("time", "time"),
        "datetimepicker": ("datetime-local", "date_time"),
    }[element["type"]]
    earlier = ctx.earlier(block_id, element.get("action_id", ""))
    value = earlier.get(f"selected_{key}") if earlier is not None else element.get(f"initial_{key}")
    if value and kind == "datetime-local":
        from_unix = ctx.now.fromtimestamp(int(value), ctx.zone)
        value = from_unix.strftime("%Y-%m-%dT%H:%M")
    base = _field(element, block_id, ctx, in_form=in_form) | {"type": kind, "value": value or ""}
    return Markup('<input class="field moment"{}>').format(attrs(base))


def ticks(element: Doc, block_id: str, ctx: Context, *, in_form: bool = False) -> Markup:
    """Checkboxes and radio buttons."""
    action_id = element.get("action_id", "")
    many = element["type"] == "checkboxes"
    earlier = ctx.earlier(block_id, action_id)
    if earlier is not None:
        picked = earlier.get("selected_options") if many else [earlier.get("selected_option")]
    else:
        picked = element.get("initial_options") if many else [element.get("initial_option")]
    values = {option["value"] for option in picked or [] if option}
    lines = []
    for number, option in enumerate(element.get("options", [])):
        base = acting(element, block_id, ctx, in_form=in_form) | {
            "type": "checkbox" if many else "radio",
            "name": control_name(block_id, action_id),
            "value": option["value"],
            "checked": option["value"] in values,
            "id": ctx.dom_id(block_id, action_id, str(number)),
        }
        note = option.get("description")
        html = Markup('<label class="tick"><input{}><span>{}{}</span></label>')
        noted = Markup('<span class="note">{}</span>').format(label_of(note, ctx)) if note else ""
        lines.append(html.format(attrs(base), label_of(option["text"], ctx), noted))
    group = {
        "role": "group" if many else "radiogroup",
        "aria-labelledby": ctx.dom_id(block_id) + "l" if in_form else None,
        "aria-describedby": f"{ctx.dom_id(block_id)}h {ctx.dom_id(block_id)}e" if in_form else None,
    }
    return Markup('<div class="ticks"{}>{}</div>').format(attrs(group), Markup("").join(lines))


def picker(element: Doc, block_id: str, ctx: Context, *, in_form: bool = False) -> Markup:
    """Every select with type-ahead: people, channels, many of a list, or a list the app answers with."""
    base = _field(element, block_id, ctx, in_form=in_form)
    return chooser(element, ctx, earlier=ctx.earlier(block_id, element.get("action_id", "")), field=base)


def image(element: Doc, block_id: str, ctx: Context, *, in_form: bool = False) -> Markup:
    """A picture of this server's; one from elsewhere is named instead, because the page loads nothing foreign."""
    file = element.get("slack_file") or {}
    src = ctx.file(file["id"]) if file.get("id") else local_path(element.get("image_url") or file.get("url") or "")
    if src is None:
        return Markup('<span class="img-away">{}</span>').format(element["alt_text"])
    return Markup('<img src="{}" alt="{}" loading="lazy">').format(src, element["alt_text"])


def local_path(url: str) -> str | None:
    """The path of a picture or file this server holds, wherever its address says it is."""
    for door in ("/avatar/", "/files/"):
        if door in url:
            return door + url.split(door, 1)[1]
    return None


Renderer = Callable[..., Markup]

ELEMENTS: Mapping[str, Renderer] = {
    "button": button,
    "overflow": overflow,
    "image": image,
    "static_select": static_select,
    "checkboxes": ticks,
    "radio_buttons": ticks,
    **dict.fromkeys(("datepicker", "timepicker", "datetimepicker"), moment_input),
    **dict.fromkeys(("plain_text_input", "email_text_input", "url_text_input", "number_input"), text_input),
    **dict.fromkeys(("external_select", "multi_external_select", "multi_static_select"), picker),
    **dict.fromkeys(("users_select", "multi_users_select"), picker),
    **dict.fromkeys(("conversations_select", "multi_conversations_select"), picker),
    **dict.fromkeys(("channels_select", "multi_channels_select"), picker),
}


def unknown(kind: object) -> Markup:
    """A loud red box: an app that sends what this page cannot draw must not look fine."""
    html = Markup('<div class="unknown" role="alert" data-unknown="{}">This page cannot draw <code>{}</code></div>')
    return html.format(kind, kind)


def render_element(element: Doc, block_id: str, ctx: Context, *, in_form: bool = False) -> Markup:
    draw = ELEMENTS.get(str(element.get("type")))
    return draw(element, block_id, ctx, in_form=in_form) if draw else unknown(element.get("type"))
