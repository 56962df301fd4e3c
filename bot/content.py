"""Words that live in files: loaded once, checked against a model, with errors that name the entry and field."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.errors import WrongSetting

Model = TypeVar("Model", bound=BaseModel)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, in C, where libyaml is


def load(path: Path, model: type[Model]) -> list[Model]:
    """Every entry of a YAML list as `model`; WrongSetting names file, entry and field of the first that doesn't fit."""
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), LOADER)
    except (OSError, yaml.YAMLError) as error:
        raise WrongSetting(f"{path.name} can't be read: {error}") from error
    if not isinstance(entries, list):
        raise WrongSetting(f"{path.name} must be a list of entries.")
    return [_entry(path, number, raw, model) for number, raw in enumerate(entries, 1)]


def _entry(path: Path, number: int, raw: Any, model: type[Model]) -> Model:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        name = raw.get("slug", number) if isinstance(raw, dict) else number
        field = ".".join(map(str, first["loc"])) or "entry"
        raise WrongSetting(f"{path.name}, entry {name}, {field}: {first['msg']}") from error
