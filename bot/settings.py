"""Environment → typed settings. Wrong or unknown settings stop the start, saying which and why."""

import os
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_PREFIXES = ("TELEGRAM_", "ZALO_")  # a variable that begins so and is unknown is a misspelling, not somebody else's


class SettingsError(Exception):
    """The settings are wrong; the message names each and says why."""


class Settings(BaseSettings):
    """Every setting. `.env.example` documents them all; a test compares the two."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="forbid", frozen=True)

    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    database_url: str = ""
    data_dir: Path = Path("data")
    programme: Path = Path("programmes/thanh-hoa-135-2020")
    timezone: str = "Asia/Ho_Chi_Minh"
    retention_days: int = Field(90, ge=7, le=3650)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    send_rate: int = Field(30, ge=0, le=1000)
    board_hour: int = Field(7, ge=0, le=23)
    demo_port: int = Field(8135, ge=0, le=65535)

    @field_validator("telegram_api")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("telegram_token", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return value or None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"no such time zone: {value}") from error
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @field_validator("programme")
    @classmethod
    def _is_programme(cls, value: Path) -> Path:
        if not (value / "programme.toml").is_file():
            raise ValueError(f"no programme.toml in {value}")
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The local time zone."""
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        """The database's URL; without DATABASE_URL one file under DATA_DIR."""
        return self.database_url or f"sqlite:///{self.data_dir / 'ghi-danh.db'}"


def load(**given: object) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: one is wrong or unknown; every one of them is named.
    """
    names = {name.upper() for name in Settings.model_fields}
    unknown = [n for n in os.environ if n.startswith(_PREFIXES) and n not in names]
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors(include_input=False)]
        raise SettingsError("\n".join([*wrong, *(f"{n}: unknown setting" for n in unknown)])) from None
    if unknown:
        raise SettingsError("\n".join(f"{n}: unknown setting" for n in unknown))
    return settings
