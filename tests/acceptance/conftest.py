"""Each story is played once a session, with its good files and with its wrong ones."""

from functools import cache
from pathlib import Path

import pytest

from acceptance.home import Home, play, play_wrong
from acceptance.stories import SourceStory, all_stories

ACCEPTANCE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--source-table", metavar="FILE", help="write the table of sources there")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marked = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "story" in metafunc.fixturenames and "story" not in marked:
        metafunc.parametrize("story", all_stories(), ids=str, scope="session")


class Stage:
    """Where stories are played, each at most once."""

    def __init__(self, folder: pytest.TempPathFactory) -> None:
        self.good = cache(lambda story: play(story, folder.mktemp(story.name)))
        self.wrong = cache(lambda story: play_wrong(story, folder.mktemp(f"{story.name}_wrong")))


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory)


@pytest.fixture(scope="session")
def played(story: SourceStory, stage: Stage) -> Home:
    """The story with its good files landed."""
    return stage.good(story)
