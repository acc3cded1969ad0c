import pytest
from small_sample import SMALL, Sample

from oracle.plain_files import read_drop
from oracle.plain_ledger import PlainLedger
from regulars.samples.sample_group import generate


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    home = tmp_path_factory.mktemp("sample")
    summary = generate(SMALL, home / "drop", home / "truth", lambda _: None)
    return Sample(home / "drop", home / "truth", summary)


@pytest.fixture(scope="session")
def ledger(sample: Sample) -> PlainLedger:
    """A second ledger, kept from the files alone."""
    return PlainLedger(read_drop(sample.drop))
