"""The README's tables of commands and settings, made from the code: `python -m flows.reference`."""

from __future__ import annotations

import re
from pathlib import Path

from flows.cli import COMMANDS
from flows.settings import Settings

README = Path(__file__).parent.parent / "README.md"


def commands_table() -> str:
    rows = [f"| `caravan {name}` | {text} |" for name, text in COMMANDS.items()]
    return "\n".join(["| command | does |", "|---|---|", *rows])


def settings_table() -> str:
    prefix = Settings.model_config.get("env_prefix", "")
    rows = [
        f"| `{prefix}{name.upper()}` | {field.description} | `{field.get_default()}` |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| variable | sets | default |", "|---|---|---|", *rows])


def with_tables(text: str) -> str:
    """Return the README with both tables as the code has them now."""
    for name, table in (("commands", commands_table()), ("settings", settings_table())):
        marker = rf"(<!-- {name}: [^>]*-->\n)(?:\n?\|.*\n)*"
        text = re.sub(marker, rf"\1\n{table}\n", text)
    return text


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
