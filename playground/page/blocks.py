"""Block Kit as HTML: every layout block Perennial sends, and a red box for any other."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from playground.page.attributes import attrs
from playground.page.context import Context
from playground.page.elements import image, label_of, render_element, unknown, words_of
from playground.page.rich_text import rich_text

Doc = Mapping[str, Any]


def render(block: Doc, ctx: Context) -> Markup:
    """One block for one reader."""
    draw = BLOCKS.get(str(block.get("type")))
    return draw(block, ctx) if draw else unknown(block.get("type"))


def render_all(blocks: Iterable[Doc], ctx: Context) -> Markup:
    return Markup("\n").join(render(block, ctx) for block in blocks)


def header(block: Doc, ctx: Context) -> Markup:
    return Markup('<h3 class="b-header">{}</h3>').format(label_of(block["text"], ctx))


def section(block: Doc, ctx: Context) -> Markup:
    parts = []
    if block.get("text"):
        parts.append(Markup('<div class="b-text">{}</div>').format(label_of(block["text"], ctx)))
    if block.get("fields"):
        fields = [Markup('<div class="b-field">{}</div>').format(label_of(one, ctx)) for one in block["fields"]]
        parts.append(Markup('<div class="b-fields">{}</div>').format(Markup("").join(fields)))
    body = Markup('<div class="b-body">{}</div>').format(Markup("").join(parts))
    accessory = block.get("accessory")
    aside = Markup("")
    if accessory:
        drawn = render_element(accessory, block.get("block_id", ""), ctx)
        aside = Markup('<div class="b-accessory {}">{}</div>').format(accessory.get("type"), drawn)
    return Markup('<div class="b-section">{}{}</div>').format(body, aside)


def context(block: Doc, ctx: Context) -> Markup:
    parts = [
        image(one, "", ctx) if one.get("type") == "image" else Markup("<span>{}</span>").format(label_of(one, ctx))
        for one in block.get("elements", [])
    ]
    return Markup('<div class="b-context">{}</div>').format(Markup("").join(parts))


def divider(block: Doc, ctx: Context) -> Markup:
    return Markup('<hr class="b-divider">')


def actions(block: Doc, ctx: Context) -> Markup:
    drawn = [render_element(element, block.get("block_id", ""), ctx) for element in block.get("elements", [])]
    return Markup('<div class="b-actions">{}</div>').format(Markup("").join(drawn))


def picture(block: Doc, ctx: Context) -> Markup:
    title = Markup("<figcaption>{}</figcaption>").format(label_of(block["title"], ctx)) if block.get("title") else ""
    return Markup('<figure class="b-image">{}{}</figure>').format(title, image(block, "", ctx))


def field(block: Doc, ctx: Context) -> Markup:
    """An input: label above, then the control, then a hint, then what is wrong with it."""
    element, block_id = block["element"], block.get("block_id", "")
    base = ctx.dom_id(block_id)
    grouped = element.get("type") in ("checkboxes", "radio_buttons")
    named = {"for": None if grouped else ctx.dom_id(block_id, element.get("action_id", "")), "id": base + "l"}
    optional = Markup(' <span class="optional">(optional)</span>') if block.get("optional") else ""
    error = ctx.errors.get(block_id)
    html = Markup(
        '<div class="b-input{}" data-input="{}"{}>'
        '<{} class="b-label"{}>{}{}</{}>{}<p class="hint" id="{}h">{}</p>'
        '<p class="error" id="{}e" data-error>{}</p></div>'
    )
    tag = Markup("span" if grouped else "label")
    return html.format(
        " wrong" if error else "",
        block_id,
        attrs({"data-live": bool(block.get("dispatch_action"))}),
        tag,
        attrs(named),
        label_of(block["label"], ctx),
        optional,
        tag,
        render_element(element, block_id, ctx, in_form=True),
        base,
        words_of(block.get("hint")),
        base,
        error or "",
    )


BLOCKS: Mapping[str, Callable[[Doc, Context], Markup]] = {
    "header": header,
    "section": section,
    "context": context,
    "divider": divider,
    "actions": actions,
    "image": picture,
    "input": field,
    "rich_text": rich_text,
}
