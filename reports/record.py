"""What is kept of a person, in words: the same lines on the phone and in the file that is taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from locales import Html, Texts
from locales.calendar import from_utc
from storage import phones
from storage.privacy import Kept, Place, Post

PLACES = 6
"""Sessions shown on the phone; the file has them all."""


@dataclass(frozen=True, slots=True)
class Record:
    """Puts a person's data into one language. `posts`: names of the posts by code."""

    texts: Texts
    language: str
    zone: ZoneInfo
    posts: Mapping[str, str]

    def say(self, key: str, /, **values: Any) -> Html:
        """A text of the locale."""
        return self.texts.say(self.language, key, **values)

    def time(self, at: str) -> str:
        """A stored moment, local: 12:00 05/06/2026."""
        return f"{from_utc(at).astimezone(self.zone):%H:%M %d/%m/%Y}"

    def lines(self, kept: Kept, *, days: int, full_phone: bool, most: int = PLACES) -> list[Html]:
        """All of it, a line for each thing."""
        found = [self.say("profile-name", name=kept.name), self._phone(kept, full_phone)]
        found += [self._post(post) for post in kept.posts] or [self.say("profile-no-post")]
        found += [self._place(place) for place in kept.places[-most:]]
        if len(kept.places) > most:
            found.append(self.say("profile-more-places", n=len(kept.places) - most))
        found += [self._role(*role) for role in kept.roles]
        if kept.consent:
            found.append(self.say("profile-consent", version=kept.consent[0], at=self.time(kept.consent[1])))
        found.append(self.say("profile-messages", days=days))
        if kept.chats > 1:
            found.append(self.say("profile-chats", n=kept.chats))
        return found

    def _phone(self, kept: Kept, full: bool) -> Html:
        if not kept.phone:
            return self.say("profile-no-phone")
        return self.say("profile-phone", phone=(phones.show if full else phones.mask)(kept.phone))

    def _post(self, post: Post) -> Html:
        values = {"post": self.posts.get(post.post, post.post), "commune": post.commune}
        if post.confirmed_at:
            how = self.say(f"profile-how-{post.how or 'claim'}")
            return self.say("profile-post-confirmed", how=how, at=self.time(post.confirmed_at), **values)
        if post.claim_at:
            return self.say("profile-post-claimed", at=self.time(post.claim_at), **values)
        return self.say("profile-post-named", **values)

    def _place(self, place: Place) -> Html:
        day = date.fromisoformat(place.first_day) if place.first_day else self.say("summary-no-day")
        return self.say("profile-place", title=place.title, day=day, state=self.say(f"profile-state-{place.state}"))

    def _role(self, role: str, area: str) -> Html:
        return self.say("profile-role", role=self.say(f"role-{role}"), area=area or self.say("summary-province"))
