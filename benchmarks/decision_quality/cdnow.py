"""The CDNOW purchases, read out of the wheel of `lifetimes`, which is not installed."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd

_MASTER = "lifetimes/datasets/CDNOW_master.txt"
_SUMMARY = "lifetimes/datasets/cdnow_customers_summary_with_transactions.csv"


def fetch_wheel(cache: Path) -> Path:
    """The wheel in the cache folder, downloaded there by pip if it is not there yet.

    Raises FileNotFoundError saying what to do where pip cannot bring it.
    """
    cache.mkdir(parents=True, exist_ok=True)
    if not (found := sorted(cache.glob("[Ll]ifetimes-*.whl"))):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                   "--dest", str(cache), "lifetimes==0.11.3"]  # fmt: skip
        subprocess.run(command, check=False)
        found = sorted(cache.glob("[Ll]ifetimes-*.whl"))
    if not found:
        raise FileNotFoundError(f"no wheel of lifetimes in {cache}: put it there, or let pip reach")
    return found[0]


def read_purchases(wheel: Path) -> pd.DataFrame:
    """All 23,570 customers: `customer`, `day`, `value` in dollars, one row per purchase."""
    with zipfile.ZipFile(wheel) as archive:
        text = io.BytesIO(archive.read(_MASTER))
    names = ["customer", "day", "discs", "value"]
    rows = pd.read_csv(text, sep=r"\s+", skiprows=1, names=names, dtype={"customer": str})
    return rows.assign(day=pd.to_datetime(rows["day"], format="%Y%m%d"))


def read_summary(wheel: Path) -> pd.DataFrame:
    """The published tenth of the customers after 39 weeks: `x`, `t_x`, `T` (weeks), `zbar`."""
    with zipfile.ZipFile(wheel) as archive:
        return pd.read_csv(io.BytesIO(archive.read(_SUMMARY)))
