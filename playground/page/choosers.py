"""Selects with type-ahead: a text field, a list under it, and a chip for each thing picked."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from playground.page.attributes import attrs
from playground.page.context import Choice, Context
from playground.page.emoji import with_emoji

Doc = Mapping[str, Any]


def option_line(dom_id: str, option: Doc, *, note: str = "", image: str = "", chosen: bool = False) -> Markup:
    """One line of the list; the whole option travels with it, so that the app gets back what it offered."""
    text = with_emoji(option["text"]["text"])
    picture = Markup('<img src="{}" alt="" width="20" height="20">').format(image) if image else ""
    described = note or (option.get("description") or {}).get("text", "")
    noted = Markup('<span class="note">{}</span>').format(described) if described else ""
    html = Markup('<li role="option" id="{}" aria-selected="{}" data-option="{}">{}<span class="text">{}</span>{}</li>')
    return html.format(dom_id, "true" if chosen else "false", json.dumps(dict(option)), picture, text, noted)


def as_option(choice: Choice) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": choice.text}, "value": choice.value}


def option_lines(prefix: str, options: Iterable[Doc], groups: Iterable[Doc] = ()) -> Markup:
    """The lines of an app's list, grouped if it is; also the answer to a type-ahead."""
    lines = [option_line(f"{prefix}{number}", option) for number, option in enumerate(options)]
    for at, group in enumerate(groups):
        lines.append(Markup('<li role="presentation" class="group">{}</li>').format(group["label"]["text"]))
        lines += [option_line(f"{prefix}{at}-{n}", option) for n, option in enumerate(group["options"])]
    return Markup("").join(lines)


def chooser(element: Doc, ctx: Context, *, earlier: Doc | None, field: Mapping[str, object]) -> Markup:
    """The whole control; `field` holds the ids and names every control of this page has."""
    kind = str(element["type"]).removeprefix("multi_").removesuffix("_select")
    many = str(element["type"]).startswith("multi_")
    chosen = _chosen(element, ctx, kind, earlier)
    dom_id = str(field["id"])
    if kind in ("users", "conversations", "channels"):
        lines = Markup("").join(
            option_line(f"{dom_id}-{choice.value}", as_option(choice), note=choice.note, image=choice.image)
            for choice in _offered(element, ctx, kind)
        )
    else:
        lines = option_lines(f"{dom_id}-", element.get("options", []), element.get("option_groups", []))
    placeholder = (element.get("placeholder") or {}).get("text") or ("Choose some" if many else "Choose one")
    return _frame(
        dom_id,
        field=field,
        root={
            "data-many": many,
            "data-external": kind == "external",
            "data-min": element.get("min_query_length", 3) if kind == "external" else None,
            "data-most": element.get("max_selected_items"),
            "data-block": field["data-block"],
            "data-action": field["data-action"],
            "data-dispatch": field["data-dispatch"],
            "data-name": field["name"],
        },
        chips=Markup("").join(chip(option) for option in chosen),
        lines=lines,
        placeholder=placeholder,
    )


def chip(option: Doc) -> Markup:
    text = with_emoji(option["text"]["text"])
    html = Markup(
        '<li class="chip" data-option="{}"><span>{}</span><button type="button" aria-label="Remove {}" data-unpick>'
        '<span aria-hidden="true">×</span></button></li>'
    )
    return html.format(json.dumps(dict(option)), text, text)


def _frame(
    dom_id: str,
    *,
    field: Mapping[str, object],
    root: Mapping[str, object],
    chips: Markup,
    lines: Markup,
    placeholder: str,
) -> Markup:
    from_field = {name: field.get(name) for name in ("aria-invalid", "aria-describedby", "aria-label", "disabled")}
    box = {
        "id": dom_id,
        "role": "combobox",
        "aria-expanded": "false",
        "aria-controls": f"{dom_id}-list",
        "aria-autocomplete": "list",
        "autocomplete": "off",
        "spellcheck": "false",
        "placeholder": placeholder,
        **from_field,
    }
    html = Markup(
        '<div class="pick" data-pick{}><div class="pick-box field"><ul class="chips" aria-label="Chosen">{}</ul>'
        '<input type="text"{}></div>'
        '<ul class="pick-list" role="listbox" id="{}-list" aria-label="{}" hidden>{}</ul></div>'
    )
    return html.format(attrs(root), chips, attrs(box), dom_id, placeholder, lines)


def _offered(element: Doc, ctx: Context, kind: str) -> Sequence[Choice]:
    if kind == "users":
        return ctx.people
    if kind == "channels":
        return ctx.channels
    wanted = (element.get("filter") or {}).get("include") or ("public", "private", "im")
    offered = list(ctx.channels) if {"public", "private"} & set(wanted) else []
    return offered + (list(ctx.people) if "im" in wanted else [])


def _chosen(element: Doc, ctx: Context, kind: str, earlier: Doc | None) -> list[Doc]:
    """What is picked already, from earlier typing or from the app's own initial value, as options."""
    if earlier is not None:
        found = [value for name, value in earlier.items() if name.startswith("selected_")]
    else:
        found = [value for name, value in element.items() if name.startswith("initial_")]
    values = found[0] if found and found[0] else []
    listed = values if isinstance(values, list) else [values]
    if kind in ("external", "static"):
        return listed
    names = {choice.value: choice.text for choice in (*ctx.people, *ctx.channels)}
    return [as_option(Choice(str(value), names.get(str(value), str(value)))) for value in listed]
