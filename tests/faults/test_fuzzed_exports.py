"""Whatever stands in the cells of an export, its rows are all accounted for and no run stops."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acceptance.sources import (
    doordash,
    grubhub,
    meituan_pos,
    meituan_waimai,
    shopify,
    square,
    toast,
    uber_eats,
)
from acceptance.stories import SourceFile, SourceStory
from regulars.sources.discovery import discover
from regulars.sources.files import FileContents, FileRefused
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read

SOURCES = (doordash, grubhub, meituan_pos, meituan_waimai, shopify, square, toast, uber_eats)
STORIES = [module.STORY for module in SOURCES]
FILES = [(story, file) for story in STORIES for file in story.files]
ODD = st.one_of(
    st.sampled_from(["", "-", "0", "-0.00", "1e5", "NULL", "Refund", "$-", "(1)", "1,00", "'+1"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
)


def read_as(folder: Path, story: SourceStory, file: SourceFile) -> FileContents:
    """The file as it is read with the story's others beside it."""
    for one in (*story.files, file):
        path = folder / story.source.folder / one.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.render())
    found = discover(story.source, folder, story.first, story.last).files
    dropped = next(one for one in found if one.name == file.name)
    return read(dropped, load_layout(story.source.layout), story.source)


def spoken_rows(contents: FileContents) -> set[int]:
    own = {int(row) for batch in contents.batches for row in batch.frame["source_row"]}
    return own | set(contents.behind)


@pytest.mark.parametrize(("story", "file"), FILES, ids=[Path(file.name).stem for _, file in FILES])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_row_of_a_garbled_export_is_accounted_for(tmp_path, story, file, data):
    rows = [list(row) for row in file.rows]
    for _ in range(data.draw(st.integers(1, 5))):
        row = data.draw(st.integers(file.header + 1, len(rows) - 1))
        column = data.draw(st.integers(0, len(rows[row]) - 1))
        rows[row][column] = data.draw(ODD)
    garbled = replace(file, rows=tuple(map(tuple, rows)))
    try:
        contents = read_as(tmp_path, story, garbled)
    except FileRefused as refusal:
        assert refusal.next_move
        return
    spoken = spoken_rows(contents)
    assert contents.rows_read == (
        len(spoken) + len(contents.rejected) + contents.out_of_scope_rows + contents.summary_rows
    )
    assert not spoken & set(contents.rejected["source_row"])


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_an_export_read_backwards_gives_the_same_records(tmp_path, story):
    for file in story.files:
        body = file.rows[file.header + 1 :]
        turned = replace(file, rows=(*file.rows[: file.header + 1], *reversed(body)))
        told, again = (read_as(tmp_path, story, one) for one in (file, turned))
        for batch, other in zip(told.batches, again.batches, strict=True):
            one, two = (
                sorted(map(str, frame.drop(columns="source_row").to_dict("records")))
                for frame in (batch.frame, other.frame)
            )
            assert one == two, batch.entity
