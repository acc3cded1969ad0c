"""The marked block of a document that the command writes; everything around it is a person's."""

from pathlib import Path

BEGIN = "<!-- results:begin - written by python -m benchmarks.decision_quality --document -->"
END = "<!-- results:end -->"


def write_document(path: Path, text: str) -> None:
    """Put the text between the marks of a document. Raises ValueError where it has none."""
    whole = path.read_text("utf-8")
    if BEGIN not in whole or END not in whole:
        raise ValueError(f"{path} has no marks for results: put {BEGIN} and {END} into it")
    before, after = whole.split(BEGIN)[0], whole.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")
