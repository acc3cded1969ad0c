"""Bytes to text: what kind of file it really is, and in which encoding."""

import codecs
import re
from contextlib import suppress

from regulars.sources.files import FileRefused, Finding, Reason

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD_BYTES = 1 << 16
_CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_MAGIC = (
    (b"PAR1", "parquet"),
    (b"PK\x03\x04", "xlsx"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
)


def check_file_type(file: str, data: bytes) -> None:
    """Refuse an empty file and one whose content is not what its name says (FileRefused)."""
    if not data[:_HEAD_BYTES].strip(codecs.BOM_UTF8 + b" \t\r\n"):
        raise FileRefused(
            file, Reason.EMPTY_FILE, "the file has no content, not even a header",
            "drop the file again; a day without sales is a file with its header only",
        )  # fmt: skip
    said = file.rsplit(".", 1)[-1].lower()
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "csv")
    if found != said:
        what = "plain text" if found == "csv" else f"a {found} file"
        raise FileRefused(
            file, Reason.WRONG_FILE_TYPE, f"its name says {said}, but its content is {what}",
            "export it again as CSV, XLSX or Parquet under the matching ending",
        )  # fmt: skip


def decode(file: str, data: bytes, encoding: str = "") -> tuple[bytes, tuple[Finding, ...]]:
    """The text of a file as UTF-8 bytes without a mark, and how it was read if that is unusual.

    With a mark: UTF-8 or UTF-16. Without: strict UTF-8, then strict GB18030. `encoding` replaces
    that order. Raises FileRefused with the offset of the first byte that fits nothing.
    """
    text, findings = _to_utf8(file, data, encoding)
    _refuse_nul(file, text)
    return text, findings


def _refuse_nul(file: str, data: bytes) -> None:
    offset = data.find(b"\0")
    if offset >= 0:
        raise FileRefused(
            file, Reason.NUL_BYTE,
            f"there is a NUL byte at offset {offset}: it is damaged, or UTF-16 without a mark",
            "export the file again as UTF-8",
        )  # fmt: skip


def _to_utf8(file: str, data: bytes, encoding: str) -> tuple[bytes, tuple[Finding, ...]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _recode(file, data[len(mark) :], name, len(mark)), ()
    if encoding:
        return _recode(file, data, encoding, 0), ()
    _refuse_nul(file, data)
    try:
        return _recode(file, data, "utf-8", 0), ()
    except FileRefused as refusal:
        if _is_cut_utf8(data) or _has_utf8_lines(data):
            raise
        try:
            text = data.decode("gb18030").encode()
        except UnicodeDecodeError:
            raise refusal from None
    finding = Finding(Reason.READ_AS_GB18030, f"{file} is not UTF-8; it was read as GB18030")
    return text, (finding,)


def _is_cut_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 up to a last character that was cut: GB18030 would misread it."""
    try:
        whole = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return not whole.isascii()


def _has_utf8_lines(data: bytes) -> bool:
    """Whether some of its lines are surely UTF-8: two encodings are mixed, GB18030 would misread.

    A line of a few Chinese characters in GB18030 may by chance be UTF-8, but hardly of Chinese.
    """
    for line in data.splitlines():
        if not line.isascii():
            with suppress(UnicodeDecodeError):
                if _CHINESE.search(line.decode()):
                    return True
    return False


def _recode(file: str, data: bytes, encoding: str, skipped: int) -> bytes:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused(
            file, Reason.UNKNOWN_ENCODING,
            f"the byte at offset {error.start + skipped} is not {encoding.upper()}",
            "export the file again as UTF-8",
        ) from error  # fmt: skip
    return data if encoding == "utf-8" else text.encode()
