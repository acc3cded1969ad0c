"""What every source must do, whatever it is: a source that is not here is not finished."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from acceptance.families import wrong_files
from acceptance.home import Home
from acceptance.stories import SourceFile, SourceStory, all_stories, records_of
from regulars.domain.records import RECORDS
from regulars.settings import PROJECT
from regulars.sources.discovery import discover, missing_days
from regulars.sources.files import FileRefused, Reason
from regulars.sources.layouts import LAYOUTS, load_layout
from regulars.sources.reading import read

FAR_AHEAD = date(2099, 1, 1)
WRONG = [wrong for story in all_stories() for wrong in wrong_files(story)]


def test_every_layout_is_registered():
    laid_out = {path.stem for path in LAYOUTS.glob("*.yaml")}
    assert {story.source.layout for story in all_stories()} == laid_out


def test_every_source_has_a_name_of_its_own():
    names = [story.name for story in all_stories()]
    assert len(names) == len(set(names))


def test_the_layout_describes_itself_and_makes_known_records(story: SourceStory):
    layout = load_layout(story.source.layout)
    assert "‖" in layout.describe
    tables = [*layout.entities, *layout.tables]
    assert tables
    for table in tables:
        assert set(layout.makes(table)) <= set(RECORDS)


def test_there_is_a_page_that_says_how_to_use_it(story: SourceStory):
    page = (PROJECT / "docs" / "howto" / story.howto).read_text("utf-8")
    assert story.source.layout in page


def test_its_files_are_recognised_and_dated(played: Home):
    story, found = played.story, played.found()
    assert found.refused == ()
    assert {file.name for file in found.files} == {file.name for file in story.files}
    for file in found.files:
        assert file.first_day is None or story.first <= file.first_day <= story.last
    every_day = story.source.model_copy(update={"expected": "daily"})
    assert missing_days(every_day, found, story.first, story.last) == ()


def test_a_file_of_an_unknown_name_is_refused_by_name(story: SourceStory, tmp_path):
    home = Home(tmp_path, story)
    folder = story.files[0].name.rpartition("/")[0]
    name = f"{folder}/holiday plan.csv".lstrip("/")
    home.drop_files([(name, b"a,b\n1,2\n")])
    (refused,) = discover(story.source, home.drop, story.first, story.last).refused
    assert (refused.file, refused.reason_code) == (name, Reason.UNRECOGNISED_FILE)
    assert refused.next_move


def test_the_records_are_those_worked_out_by_hand(played: Home):
    made = played.records()
    assert {entity for entity, rows in made.items() if rows} == set(played.story.records)
    for entity, text in played.story.records.items():
        expected = records_of(text)
        asked = [{name: row[name] for name in expected[0]} for row in made[entity]]
        assert asked == expected, entity


def test_every_row_is_accounted_for(played: Home):
    receipts = played.receipts()
    assert set(receipts) == set(played.story.counts)
    for name, counts in played.story.counts.items():
        assert receipts[name].rows == counts, name


def test_the_money_is_right_to_the_cent(played: Home):
    sums = {name: played.sum_landed(*name.split(".")) for name in played.story.cents}
    assert sums == dict(played.story.cents)


def test_read_twice_it_is_the_same_bytes(played: Home, tmp_path):
    story = played.story
    again = Home(tmp_path, story)
    again.drop_files((file.name, file.render()) for file in reversed(story.files))
    again.ingest()
    assert again.landed_bytes() == played.landed_bytes()


def test_ingested_twice_nothing_is_read_again(played: Home):
    before = played.landed_bytes()
    receipt = played.ingest()
    assert (receipt["read_files"], receipt["quarantined_rows"]) == (0, 0)
    assert played.landed_bytes() == before


def test_a_window_in_the_future_brings_nothing(played: Home, tmp_path):
    story = played.story
    home = Home(tmp_path, story)
    dated = [file for file in story.files if day_of(played, file.name)]
    home.drop_files((file.name, file.render()) for file in dated)
    if not dated:
        home.drop_files([])
        home.folder.mkdir(parents=True, exist_ok=True)
    receipt = home.ingest(FAR_AHEAD, FAR_AHEAD + timedelta(days=30))
    assert (receipt["files"], receipt["read_files"], receipt["refused_files"]) == (0, 0, [])
    assert played.ingest(FAR_AHEAD, FAR_AHEAD)["read_files"] == 0


def day_of(home: Home, name: str) -> date | None:
    return next(file.first_day for file in home.found().files if file.name == name)


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_wrong_file_is_answered_and_every_row_accounted_for(wrong, stage):
    home = stage.wrong(wrong.story)
    assert home.answer_to(wrong.name) == wrong.answer
    receipt = home.receipts()[wrong.name]
    assert receipt.rows.read == (0 if receipt.status == "refused" else wrong.rows)


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_refused_file_is_told_with_its_next_move(wrong, stage):
    home = stage.wrong(wrong.story)
    told = home.refusals().get(wrong.name)
    if not wrong.answer.startswith("refused"):
        assert told is None
        return
    assert told is not None and told["next_move"]
    assert wrong.answer == f"refused: {told['reason']}"


def test_no_source_takes_the_files_of_another(story: SourceStory, tmp_path):
    """The other's content under this one's name is refused, or all of it set aside."""
    layout = load_layout(story.source.layout)
    for number, other in enumerate(all_stories()):
        if other.source.layout == story.source.layout:
            continue
        home = Home(tmp_path / str(number), story)
        content = renamed(other.files[0], story.files[0])
        home.drop_files([(story.files[0].name, content)])
        (file,) = discover(story.source, home.drop, story.first, story.last).files
        try:
            contents = read(file, layout, story.source)
        except FileRefused as refusal:
            assert refusal.next_move
            continue
        assert sum(len(batch.frame) for batch in contents.batches) == 0, other.name


def renamed(theirs: SourceFile, ours: SourceFile) -> bytes:
    """Their rows as a file of our name: without titles where the format has no room for them."""
    rows = theirs.rows if ours.suffix == ".csv" else theirs.rows[theirs.header :]
    return replace(theirs, name=ours.name, rows=rows, header=0).render()
