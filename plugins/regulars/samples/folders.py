"""Puts a finished sample into its folder, and knows whether it is already there."""

import json
import shutil
from pathlib import Path

MARKER = ".sample.json"
BUILDING = ".sample_building"


def read_marker(folder: Path) -> dict[str, object]:
    """What the folder's marker says: digest, files, completeness, summary; {} without one."""
    path = folder / MARKER
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def is_current(folder: Path, digest: str) -> bool:
    """Whether the folder holds the finished sample with this digest, no file missing."""
    marker = read_marker(folder)
    if marker.get("digest") != digest or not marker.get("is_complete"):
        return False
    return all((folder / name).exists() for name in _listed_files(marker))


def start_building(folder: Path) -> Path:
    """An empty place inside the folder where the sample is made."""
    building = folder / BUILDING
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    return building


def finish_building(folder: Path, digest: str, summary: dict[str, object]) -> None:
    """Replaces the folder's earlier sample by the one just built.

    Only files that an earlier sample put there are removed. Raises ValueError, with nothing
    changed, if a file that is not ours stands in the way.
    """
    building = folder / BUILDING
    files = sorted(str(path.relative_to(building)) for path in building.rglob("*.*"))
    earlier = _listed_files(read_marker(folder))
    foreign = [name for name in files if name not in earlier and (folder / name).exists()]
    if foreign:
        shutil.rmtree(building)
        raise ValueError(
            f"{folder / foreign[0]} is not part of a sample; "
            "choose an empty folder for the sample or move your own files away."
        )
    both = sorted({*files, *earlier})
    _write_marker(folder, {"digest": digest, "files": both, "is_complete": False})
    for name in earlier:
        (folder / name).unlink(missing_ok=True)
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (building / name).replace(folder / name)
    shutil.rmtree(building)
    _write_marker(
        folder, {"digest": digest, "files": files, "is_complete": True, "summary": summary}
    )


def _write_marker(folder: Path, content: dict[str, object]) -> None:
    text = json.dumps(content, indent=1, sort_keys=True)
    (folder / MARKER).write_text(text + "\n", encoding="utf-8")


def _listed_files(marker: dict[str, object]) -> list[str]:
    files = marker.get("files", [])
    return [str(name) for name in files] if isinstance(files, list) else []
