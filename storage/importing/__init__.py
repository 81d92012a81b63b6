"""Lists that people keep in spreadsheets become rows: units, scope, roster, sessions."""

from storage.importing.model import Kind
from storage.importing.report import Report
from storage.importing.run import KINDS, run_import

__all__ = ["KINDS", "Kind", "Report", "run_import"]
