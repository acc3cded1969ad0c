"""Writing the reports of a run: the page for people, the same figures as JSON for machines."""

from pathlib import Path

from regulars.reports.evidence import VALIDATION_PAGE
from regulars.reports.page import render_page
from regulars.reports.run_report import RunReport
from regulars.reports.validation_page import render_validation
from regulars.reports.validation_report import ValidationReport


def write_run_report(folder: Path, report: RunReport) -> tuple[Path, Path]:
    """Write `<folder>/<date>/report.html` and `report.json`; returns both paths.

    Each file is swapped in whole. The same report gives the same bytes.
    """
    day_folder = folder / report.business_date.isoformat()
    day_folder.mkdir(parents=True, exist_ok=True)
    page, figures = day_folder / "report.html", day_folder / "report.json"
    _replace(figures, report.model_dump_json(indent=2) + "\n")
    _replace(page, render_page(report))
    return page, figures


def write_validation_report(folder: Path, report: ValidationReport) -> tuple[Path, Path]:
    """Write `<folder>/<date>/validation.html` and `validation.json`; returns both paths."""
    day_folder = folder / report.business_date.isoformat()
    day_folder.mkdir(parents=True, exist_ok=True)
    page, figures = day_folder / VALIDATION_PAGE, day_folder / "validation.json"
    _replace(figures, report.model_dump_json(indent=2) + "\n")
    _replace(page, render_validation(report))
    return page, figures


def read_run_report(path: Path) -> RunReport:
    """The report from its JSON file. Raises ValueError when it is not one."""
    return RunReport.model_validate_json(path.read_bytes())


def _replace(path: Path, text: str) -> None:
    unfinished = path.with_name(f".{path.name}.next")
    unfinished.write_bytes(text.encode())
    unfinished.replace(path)
