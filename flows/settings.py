"""Settings, from the environment (``CARAVAN_…``) and the command line. No secrets are logged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator can set without touching code, each with its description."""

    model_config = SettingsConfigDict(env_prefix="CARAVAN_", frozen=True, hide_input_in_errors=True)

    home: Path = Field(
        default=Path("data"), description="Folder of the warehouse, published files, docs"
    )
    warehouse: str | None = Field(
        default=None,
        description="Address of the warehouse, a folder or s3://…; default <home>/warehouse",
    )
    alerts: list[SecretStr] = Field(
        default=[], description="Apprise addresses that are told of findings, as a JSON list"
    )

    gx_actions: SecretStr | None = Field(
        default=None,
        description="Great Expectations' own actions after a night's suites, as a JSON list of "
        "their settings",
    )

    runner: Literal["threads", "processes", "dask", "ray"] = Field(
        default="processes", description="What runs the parts of `backfill` and `reextract`"
    )
    workers: int = Field(default=2, ge=1, description="How many parts run at once")
    cluster: str | None = Field(
        default=None, description="Address of a Dask or Ray cluster; default one on this machine"
    )

    port: int = Field(
        default=4200, ge=1, le=65535, description="Port of Prefect's server under `make serve`"
    )
    pool: str = Field(default="caravan", description="Work pool of Prefect that runs the flows")

    @field_validator("gx_actions")
    @classmethod
    def _are_actions(cls, told: SecretStr | None) -> SecretStr | None:
        """Raise ValueError, which shows nothing of the secrets, for what is no list of actions."""
        try:
            parsed = json.loads(told.get_secret_value()) if told else []
        except ValueError:
            parsed = None
        if not isinstance(parsed, list) or not all(
            isinstance(action, dict) and {"type", "name"} <= set(action) for action in parsed
        ):
            raise ValueError('a JSON list of objects, each with a "type" and a "name"')
        return told

    @property
    def actions(self) -> list[dict[str, Any]]:
        told = self.gx_actions
        return json.loads(told.get_secret_value()) if told else []

    @property
    def warehouse_address(self) -> str:
        return self.warehouse or str(self.home / "warehouse")

    @property
    def published(self) -> Path:
        return self.home / "published"

    @property
    def docs(self) -> Path:
        return self.home / "docs"

    @property
    def report(self) -> Path:
        return self.home / "report"
