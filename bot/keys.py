"""Where the encryption key comes from: the setting, or a file made beside a SQLite database."""

import os

from bot.errors import WrongSetting
from bot.settings import Settings
from bot.vault import Vault, new_key


def vault_for(settings: Settings) -> Vault:
    """The vault of these settings; with SQLite and no key set, one is made beside the file, readable by us alone."""
    if settings.perennial_secret_key:
        return Vault.from_setting(settings.perennial_secret_key)
    path = settings.key_file
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return Vault.from_setting(path.read_text(encoding="ascii"))
    except OSError as error:
        raise WrongSetting(
            f"DATABASE_URL: the folder {path.parent} can't be written to. Make it, or name another."
        ) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(new_key() + "\n")
    return Vault.from_setting(path.read_text(encoding="ascii"))
