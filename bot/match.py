"""What a typed text means among the choices last shown: a number, a label, a label without marks, a keyword."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from storage.fold import fold, tidy, words

_NUMBER = re.compile(r"(?:so|chon|muc|y|no|number)?\s*(\d{1,3})\s*[.)\]]?")
_TAGS = re.compile(r"<[^>]+>")


@lru_cache(maxsize=5000)
def _compared(shown: str) -> tuple[str, str]:
    """A label or a keyword as it is compared, exactly and without marks: the same ones for everybody."""
    return tidy(shown).casefold(), words(shown)


def number(text: str) -> int | None:
    """`2`, `2.`, `2)`, `２` and `số 2` are 2; anything else is None."""
    found = _NUMBER.fullmatch(fold(unicodedata.normalize("NFKC", text)))
    return int(found.group(1)) if found else None


def pick(text: str, labels: Sequence[tuple[str, Iterable[str]]]) -> int | None:
    """Place of the label meant by `text`, or None when none or more than one is.

    Args:
        text: as typed.
        labels: each label with its keywords, in the order shown.
    """
    wanted = number(text)
    if wanted is not None:
        # A label that is itself a number (a score of 1 to 5) is meant before a place in the list.
        for place, (label, _) in enumerate(labels):
            if _compared(label)[1] == str(wanted):
                return place
        return wanted - 1 if 1 <= wanted <= len(labels) else None
    typed = tidy(text).casefold()
    meant = words(text)
    if not meant:
        return None
    exact = [place for place, (label, _) in enumerate(labels) if _compared(label)[0] == typed]
    folded = [place for place, (label, _) in enumerate(labels) if _compared(label)[1] == meant]
    spoken = [place for place, (_, keywords) in enumerate(labels) if any(_compared(k)[1] == meant for k in keywords)]
    return next((hits[0] for hits in (exact, folded, spoken) if len(hits) == 1), None)


def command(text: str) -> tuple[str, str] | None:
    """`/start@bot CODE` as ("start", "CODE"); None when it is no slash command."""
    if not text.startswith("/"):
        return None
    head, _, rest = text[1:].partition(" ")
    name = head.partition("@")[0]
    return words(name).replace(" ", ""), rest.strip()
