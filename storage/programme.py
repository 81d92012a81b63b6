"""What is being run: agency, posts, topics and check figures. Read from a folder of data, never from code."""

import tomllib
from collections.abc import Mapping
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from storage.fold import words

FILE = "programme.toml"

Text = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Count = Annotated[int, Field(ge=0)]


class ProgrammeError(Exception):
    """The programme's data cannot be used; the message names the file and the field."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Agency(_Data):
    """Who runs the programme and answers the telephone."""

    name: Text
    short: Text
    superior: Text
    phone: Text  # as printed for people: where the bot's help ends, a person answers
    place: Text  # the place of the date line of a letter: Thanh Hóa


@lru_cache(maxsize=100)
def _folded(forms: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(words, forms))


class Post(_Data):
    """An office that is trained."""

    code: Code
    name: Text
    short: Text
    aliases: tuple[Text, ...] = ()

    def spellings(self) -> frozenset[str]:
        """Every folded form it is known by."""
        return _folded((self.code, self.name, self.short, *self.aliases))


class Topic(_Data):
    """A subject of the framework programme, with where it was read."""

    code: Code
    title: Text
    source: str = ""


class Check(_Data):
    """Figures of the decisions, which an import is compared with."""

    communes: Count
    villages: Count
    communes_by_class: Mapping[str, Count]
    villages_by_class: Mapping[str, Count]

    @model_validator(mode="after")
    def _parts_make_the_whole(self) -> Self:
        for what in ("communes", "villages"):
            whole, parts = getattr(self, what), sum(getattr(self, f"{what}_by_class").values())
            if whole != parts:
                raise ValueError(f"{what} = {whole}, but {what}_by_class adds up to {parts}")
        return self


class Notice(_Data):
    """What the personal-data notice must say."""

    version: Text
    controller: Text
    purpose: Text
    kinds: tuple[Text, ...]
    seen_by: Text
    basis: Literal["consent", "law"]
    message_days: Annotated[int, Field(gt=0)]  # raw messages are deleted after
    data_days: Annotated[int, Field(gt=0)]  # the rest, after the programme's last session


class Hours(_Data):
    """When the half days of a session begin and end, by the local clock."""

    am: tuple[time, time] = (time(7, 30), time(11, 30))
    pm: tuple[time, time] = (time(13, 30), time(17, 0))

    def of(self, part: str) -> tuple[time, time]:
        """Begin and end of the morning (`am`) or the afternoon (`pm`)."""
        return self.am if part == "am" else self.pm


class Units(_Data):
    """The list of units and the day it speaks of."""

    file: Text
    valid_from: Day


class Programme(_Data):
    """One training programme."""

    code: Code
    name: Text
    sample: bool = False
    sample_note: str = ""
    address: Literal["anh/chị", "đồng chí"] = "anh/chị"
    agency: Agency
    posts: Annotated[tuple[Post, ...], Field(min_length=1)]
    topics: tuple[Topic, ...] = ()
    check: Check
    notice: Notice
    units: Units
    hours: Hours = Hours()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        _unique("posts", [post.code for post in self.posts])
        _unique("topics", [topic.code for topic in self.topics])
        if self.sample and not self.sample_note:
            raise ValueError("sample = true needs a sample_note to show to people")
        return self

    @property
    def seats(self) -> int:
        """How many seats the full roll has."""
        return self.check.communes * len(self.posts)

    def post(self, code: str) -> Post:
        """The post of a code.

        Raises:
            KeyError: the programme has no such post.
        """
        for post in self.posts:
            if post.code == code:
                return post
        raise KeyError(code)

    def topic(self, code: str) -> Topic | None:
        """The topic of a code, or None."""
        return next((topic for topic in self.topics if topic.code == code), None)

    def find_post(self, text: str) -> list[Post]:
        """The posts a text may mean: by whole name or abbreviation, else by one standing in the text."""
        asked = words(text)
        whole = [post for post in self.posts if asked in post.spellings()]
        if whole or not asked:
            return whole
        return [p for p in self.posts if any(f" {form} " in f" {asked} " for form in p.spellings())]

    def find_topic(self, text: str) -> Topic | None:
        """The topic whose code or title this is."""
        asked = words(text)
        return next((t for t in self.topics if asked in (words(t.code), words(t.title))), None)


def _unique(what: str, codes: list[str]) -> None:
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ValueError(f"{what}: code used twice: {', '.join(twice)}")


def load(folder: Path) -> Programme:
    """Read a programme's folder.

    Raises:
        ProgrammeError: the file is missing, is not TOML, or a field is missing or wrong.
    """
    path = folder / FILE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        programme = Programme.model_validate(data)
    except FileNotFoundError as error:
        raise ProgrammeError(f"{path}: there is no such file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProgrammeError(f"{path}: not a TOML file in UTF-8: {error}") from error
    except ValidationError as error:
        raise ProgrammeError("\n".join(f"{path}: {_complaint(e)}" for e in error.errors())) from error
    if not (folder / programme.units.file).is_file():
        raise ProgrammeError(f"{path}: units.file: {programme.units.file} is not in the folder")
    return programme


def _complaint(error: Mapping[str, Any]) -> str:
    field = ".".join(str(part) for part in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{field}: {message}" if field else message
