"""The benchmark's command on a log of one's own, from a file to a table in a document."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from benchmarks.decision_quality.__main__ import main
from benchmarks.decision_quality.document import BEGIN, END, write_document


def test_a_small_file_is_measured_and_what_cannot_be_said_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    chance = np.random.default_rng(2)
    days = pd.to_datetime("2025-01-01") + pd.to_timedelta(chance.integers(0, 90, 300), "D")
    rows = pd.DataFrame({"customer": chance.integers(0, 40, 300), "day": days, "value": 5})
    # One who never came: a correction without a visit.
    rows.loc[len(rows)] = [99, pd.Timestamp("2025-01-10"), -3]
    log, document = tmp_path / "log.csv", tmp_path / "quality.md"
    rows.to_csv(log, index=False)
    document.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    main(["--log", str(log), "--cut", "2025-03-01", "--draws", "5", "--visits", "value > 0",
          "--document", str(document)])  # fmt: skip
    said = capsys.readouterr().out
    known = rows[(rows["day"] < "2025-03-01") & (rows["value"] > 0)]["customer"].nunique()
    assert f"{known} customers" in said and "| Regulars, plain | 0." in said
    assert "too few returners one horizon earlier" in said or "lightgbm" in said
    written = document.read_text("utf-8")
    assert written.startswith("before\n") and written.endswith("after\n")
    assert "old" not in written and "| Regulars, plain | 0." in written


def test_a_document_without_marks_is_left_alone(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text("nothing here", "utf-8")
    with pytest.raises(ValueError, match="no marks for results"):
        write_document(page, "text")
    assert page.read_text("utf-8") == "nothing here"
