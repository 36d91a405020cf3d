"""Settings, from the environment (``CARAVAN_…``) and the command line. No secrets are logged."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator can set without touching code, each with its description."""

    model_config = SettingsConfigDict(env_prefix="CARAVAN_", frozen=True)

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
