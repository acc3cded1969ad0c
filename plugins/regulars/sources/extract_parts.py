"""The chunks of an extract that is not complete yet, in a hidden folder beside it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


@dataclass(frozen=True)
class Parts:
    """The whole chunks so far. A later run goes on behind the last of them."""

    folder: Path

    @property
    def count(self) -> int:
        """How many chunks are there."""
        return len(self._files())

    def last_row(self) -> dict[str, str] | None:
        """The last row that was kept, if any was."""
        files = self._files()
        table = pq.read_table(files[-1]) if files else None
        if table is None or not table.num_rows:
            return None
        last: dict[str, str] = table.slice(table.num_rows - 1).to_pylist()[0]
        return last

    def keep(self, chunk: pa.Table) -> None:
        """Write a chunk: whole, or not at all."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        path = self.folder / f"{self.count:06d}.parquet"
        partial = path.with_suffix(".part")
        pq.write_table(chunk, partial, compression="zstd")
        partial.replace(path)

    def join(self, path: Path) -> int:
        """Put the chunks together under the extract's name; returns the number of rows."""
        files, rows = self._files(), 0
        partial = self.folder / f"{path.name}.part"
        with pq.ParquetWriter(partial, pq.read_schema(files[0]), compression="zstd") as writer:
            for file in files:
                chunk = pq.read_table(file)
                rows += chunk.num_rows
                writer.write_table(chunk)
        partial.chmod(0o600)
        partial.replace(path)
        shutil.rmtree(self.folder)
        return rows

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.parquet"))
