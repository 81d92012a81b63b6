"""Environment → typed settings. Wrong or unknown settings stop the start, saying which and why."""

import os
import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.lanes import Lane

_PREFIXES = ("TELEGRAM_", "ZALO_")  # a variable that begins so and is unknown is a misspelling, not somebody else's


_ZALO_TOKEN = re.compile(r"\d{1,30}:[^\s,/?#%]+")


class SettingsError(Exception):
    """The settings are wrong; the message names each and says why."""


class Settings(BaseSettings):
    """Every setting. `.env.example` documents them all; a test compares the two."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="forbid", frozen=True)

    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_secret: SecretStr = SecretStr("")
    zalo_tokens: SecretStr = SecretStr("")
    zalo_api: str = "https://bot-api.zaloplatforms.com"
    zalo_mode: Literal["polling", "webhook"] = "polling"
    zalo_secret: SecretStr = SecretStr("")
    zalo_links: str = ""
    zalo_people: int = Field(50, ge=0)
    zalo_messages: int = Field(3000, ge=0)
    zalo_rate: int = Field(2, ge=0, le=1000)
    public_url: str = ""
    web_host: str = "127.0.0.1"
    web_port: int = Field(8136, ge=0, le=65535)
    metrics_token: SecretStr = SecretStr("")
    database_url: str = ""
    data_dir: Path = Path("data")
    programme: Path = Path("programmes/thanh-hoa-135-2020")
    timezone: str = "Asia/Ho_Chi_Minh"
    retention_days: int = Field(90, ge=7, le=3650)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    send_rate: int = Field(30, ge=0, le=1000)
    board_hour: int = Field(7, ge=0, le=23)
    demo_port: int = Field(8135, ge=0, le=65535)

    @field_validator("telegram_api", "zalo_api")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("telegram_token", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return value or None

    @field_validator("zalo_tokens")
    @classmethod
    def _are_tokens(cls, value: SecretStr) -> SecretStr:
        tokens = _split(value)
        if not all(_ZALO_TOKEN.fullmatch(token) for token in tokens):
            raise ValueError("each must be figures, a colon and a secret (1400…:abc), parted by commas")
        if len({token.partition(":")[0] for token in tokens}) < len(tokens):
            raise ValueError("a bot stands there twice")
        return value

    @field_validator("telegram_secret")
    @classmethod
    def _is_telegram_secret(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", value.get_secret_value()):
            raise ValueError("must be at most 256 letters, figures, _ and -")
        return value

    @field_validator("zalo_secret")
    @classmethod
    def _is_zalo_secret(cls, value: SecretStr) -> SecretStr:
        if value and not re.fullmatch(r"[!-~]{8,256}", value.get_secret_value()):
            raise ValueError("must be 8 to 256 characters, without spaces or accents")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_public(cls, value: str) -> str:
        parts = urlsplit(value)
        local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
        if value and (not (parts.scheme == "https" or local) or not parts.hostname or parts.query or parts.fragment):
            raise ValueError("must begin with https:// and a name")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _links_are_of_bots(self) -> Self:
        found = _list(self.zalo_links)
        if found and (len(found) != len(self.zalo_bots) or not all(link.startswith("https://") for link in found)):
            raise ValueError("ZALO_LINKS: one https:// link for each of ZALO_TOKENS, in the same order")
        return self

    @model_validator(mode="after")
    def _webhooks_are_whole(self) -> Self:
        wanted = [("ZALO", self.zalo_mode, self.zalo_secret), ("TELEGRAM", self.telegram_mode, self.telegram_secret)]
        for name, mode, secret in wanted:
            if mode == "webhook" and not (self.public_url and secret):
                raise ValueError(f"{name}_MODE=webhook needs PUBLIC_URL and {name}_SECRET")
        return self

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
    def zalo_bots(self) -> list[str]:
        """The token of each Zalo bot."""
        return _split(self.zalo_tokens)

    @property
    def pool(self) -> list[Lane]:
        """The Zalo bots and their limits."""
        ids = [token.partition(":")[0] for token in self.zalo_bots]
        shown = _list(self.zalo_links) or [""] * len(ids)
        limits = {"people": self.zalo_people, "messages": self.zalo_messages, "rate": self.zalo_rate}
        return [Lane(f"zalo:{number}", link, **limits) for number, link in zip(ids, shown, strict=True)]

    @property
    def serves_web(self) -> bool:
        """Whether the web server is wanted: somebody reaches it from outside, or its port was named."""
        return bool(self.public_url) or "web_port" in self.model_fields_set

    @property
    def zone(self) -> ZoneInfo:
        """The local time zone."""
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        """The database's URL; without DATABASE_URL one file under DATA_DIR."""
        return self.database_url or f"sqlite:///{self.data_dir / 'ghi-danh.db'}"


def _split(tokens: SecretStr) -> list[str]:
    return _list(tokens.get_secret_value())


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


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
        found = [(".".join(map(str, e["loc"])).upper(), e["msg"]) for e in error.errors(include_input=False)]
        wrong = [f"{name}: {why}" if name else why.removeprefix("Value error, ") for name, why in found]
        raise SettingsError("\n".join([*wrong, *(f"{n}: unknown setting" for n in unknown)])) from None
    if unknown:
        raise SettingsError("\n".join(f"{n}: unknown setting" for n in unknown))
    return settings
