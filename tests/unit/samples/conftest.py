import pytest
from plain_ledger import PlainLedger
from small_sample import SMALL, Sample

from regulars.samples.sample_group import generate


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    home = tmp_path_factory.mktemp("sample")
    summary = generate(SMALL, home / "drop", home / "truth", lambda _: None)
    return Sample(home / "drop", home / "truth", summary)


@pytest.fixture(scope="session")
def ledger(sample: Sample) -> PlainLedger:
    return PlainLedger(sample.drop)
