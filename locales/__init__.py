"""In which words. Every sentence lives in `locales/<language>/*.ftl` (Fluent); `vi` is the source, `en` its peer.

Texts are the small HTML that every channel understands or strips: `<b>`, `<i>`, `<a href>`, `<code>`. Values are
escaped here, once.
"""

import logging
from collections.abc import Callable, Iterable
from copy import copy
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

FOLDER = Path(__file__).parent
DEFAULT = "vi"
LANGUAGES = ("vi", "en")
_log = logging.getLogger(__name__)


class Html(str):
    """Text that is markup already and is not escaped again."""

    __slots__ = ()


class MissingTextError(KeyError):
    """A key or a value of it is missing. Raised in strict mode (tests); a running bot shows the key instead."""


class Texts:
    """All texts of all languages, and the programme's own names, which every text may use (`$agency`…)."""

    def __init__(self, *, strict: bool = False, common: dict[str, str] | None = None) -> None:
        self._strict = strict
        self._common = {"buttons": "yes"} | {k: escape(v, quote=False) for k, v in (common or {}).items()}
        self._bundles = {language: _bundle(language) for language in LANGUAGES}
        self._remember()

    def without_buttons(self) -> "Texts":
        """The same texts for a messenger that shows no buttons: `$buttons` is `no`, and a text may say it otherwise."""
        other = copy(self)
        other._common = self._common | {"buttons": "no"}
        other._remember()
        return other

    def _remember(self) -> None:
        self._said = lru_cache(maxsize=2000)(self._say)  # Fluent takes 50 µs a text, and most are said to many
        self.words = lru_cache(maxsize=5000)(self._words)

    def say(self, language: str, key: str, /, **values: Any) -> Html:
        """The text of `key`, with `values` escaped and put in.

        Raises:
            MissingTextError: in strict mode, when the key or one of its values is missing.
        """
        return self._said(language, key, tuple((name, _value(value)) for name, value in values.items()))

    def has(self, key: str) -> bool:
        """Whether the source language has this key."""
        return self._bundles[DEFAULT].has_message(key)

    def _say(self, language: str, key: str, given: tuple[tuple[str, Any], ...]) -> Html:
        values = {**self._common, **dict(given)}
        for bundle in (self._bundles.get(language), self._bundles[DEFAULT]):
            if bundle is not None and bundle.has_message(key):
                pattern = bundle.get_message(key).value
                if pattern is not None:
                    text, errors = bundle.format_pattern(pattern, values)
                    return Html(text) if not errors else self._missing(key, str(errors[0]), str(text))
        return self._missing(key, "no such key", key)

    def _missing(self, key: str, why: str, shown: str) -> Html:
        if self._strict:
            raise MissingTextError(f"{key}: {why}")
        _log.error("text %s: %s", key, why)
        return Html(shown)

    def _words(self, language: str, key: str) -> tuple[str, ...]:
        """The words that stand for a choice or a command, `.words` of its key, in this language and the source."""
        found: list[str] = []
        for name in (language, DEFAULT, *LANGUAGES):
            bundle = self._bundles[name]
            if bundle.has_message(key) and (pattern := bundle.get_message(key).attributes.get("words")):
                found += [w.strip() for w in str(bundle.format_pattern(pattern, {})[0]).split(",")]
        return tuple(dict.fromkeys(w for w in found if w))


def _value(value: Any) -> Any:
    if isinstance(value, Html):
        return value
    if isinstance(value, str):
        return escape(value, quote=False)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return value


def _number(language: str) -> Callable[..., str]:
    return lambda value, **_: format_decimal(value, locale=language)


def _bundle(language: str) -> FluentBundle:
    # No isolation marks: U+2068 around every value would be typed back and searched for.
    bundle = FluentBundle([language], use_isolating=False, functions={"N": _number(language)})  # type: ignore[dict-item]
    for path in sources(language):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


def sources(language: str) -> Iterable[Path]:
    """The files of a language, in order."""
    return sorted((FOLDER / language).glob("*.ftl"))
