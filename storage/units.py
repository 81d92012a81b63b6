"""Communes and districts as frozen rows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class District:
    """A district in force."""

    id: int
    code: str
    name: str
    type: str

    @property
    def full(self) -> str:
        """With its type: `huyện Mường Lát`."""
        return f"{self.type.lower()} {self.name}"


@dataclass(frozen=True, slots=True)
class Place:
    """A commune in force. `district` carries its type and is empty where there are no districts."""

    id: int
    code: str
    name: str
    type: str
    district_id: int | None
    district: str
    in_scope: bool
    region: str | None

    @property
    def full(self) -> str:
        """With its type: `xã Trung Lý`."""
        return f"{self.type.lower()} {self.name}"

    def label(self) -> str:
        """Told apart from every other: `xã Trung Lý (huyện Mường Lát)`."""
        return f"{self.full} ({self.district})" if self.district else self.full
