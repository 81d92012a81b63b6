"""A desk with nothing on it, and one with the units and the sample scope imported."""

from pathlib import Path

import pytest

from storage.database import Database
from storage.programme import Programme
from tests.importing.desk import SAMPLE, Desk


@pytest.fixture
def bare(empty_db: Database, programme: Programme, tmp_path: Path) -> Desk:
    return Desk(empty_db, programme, tmp_path)


@pytest.fixture
async def desk(bare: Desk) -> Desk:
    for kind, name in (("units", "units.csv"), ("scope", "mau_pham_vi.csv")):
        report = await bare.run(kind, SAMPLE / name)  # type: ignore[arg-type]
        assert report.applied, report.text()
    return bare
