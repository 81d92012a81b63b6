"""The bad rows as a spreadsheet to send back: the file's own columns, each row with its reasons in front."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from storage.importing.model import Line, Problem, Sheet
from storage.importing.report import Speaker

# Nothing that people typed may become a formula, a link or a number on the way out.
_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(path: Path, sheet: Sheet, problems: Sequence[Problem], speaker: Speaker) -> Path:
    """Write the rows; corrected and saved, the file can be imported as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    reasons: dict[int, list[str]] = defaultdict(list)
    lines: dict[int, Line] = {}
    for problem in problems:
        lines[problem.line.number] = problem.line
        reasons[problem.line.number].append(f"{speaker.column(problem.column)}: {speaker.note(problem.why)}")
    with xlsxwriter.Workbook(path, _TYPED) as book:
        page = book.add_worksheet(speaker.say("import-sheet"))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        headings = [speaker.say("import-col-reason"), speaker.say("import-col-row"), *sheet.headings]
        for at, heading in enumerate(headings):
            page.write_string(0, at, heading, bold)
        for below, number in enumerate(sorted(lines), start=1):
            page.write_string(below, 0, "\n".join(reasons[number]), wrapped)
            page.write_number(below, 1, number)
            for at, cell in enumerate(lines[number].raw, start=2):
                page.write_string(below, at, cell)
        page.set_column(0, 0, 60)
        page.set_column(1, 1, 8)
        page.set_column(2, len(headings), 22)
        page.freeze_panes(1, 0)
    return path
