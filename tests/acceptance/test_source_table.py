"""The page of sources says what the sources do; with `--source-table FILE` it is written."""

from pathlib import Path

from acceptance.source_table import describe_sources, write_table
from acceptance.stories import all_stories
from regulars.settings import PROJECT


def test_the_source_table_says_what_the_sources_do(stage, request):
    if file := request.config.getoption("source_table", None):
        write_table(Path(file), all_stories(), stage.good, stage.wrong)
    said = (PROJECT / "docs" / "SOURCES.md").read_text("utf-8")
    assert said == describe_sources(all_stories(), stage.good, stage.wrong)
