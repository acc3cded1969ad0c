"""From dropped files to landed ones: all are read, each kind of record is checked once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from regulars.domain.business_day import parse_cutoff
from regulars.identity.email_domains import company_emails
from regulars.identity.recognising import Recogniser
from regulars.policy import SourcePolicy, StorePolicy
from regulars.sources.files import DroppedFile, FileContents, FileRefused, RefusedFile
from regulars.sources.landing import EntityReceipt, FileReceipt, RowCounts, land, write_receipt
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read
from regulars.steps.raw_tables import CONTACT_TABLE
from regulars.steps.rotating import ALIAS_FOLDER, recogniser_before, recogniser_of
from regulars.steps.runtime import Run, fingerprint

if TYPE_CHECKING:
    from regulars.checks.context import CheckContext, Keys, StoreRules
    from regulars.checks.verdict import FileCounts, Verdict

FILE = "source_file_sha256"
# A date typed wrongly may lie centuries ahead; a business date never does.
_END_OF_TIME = date(2099, 12, 31)


def land_files(run: Run, source: SourcePolicy, files: list[DroppedFile]) -> list[FileReceipt]:
    """Read, check and land these files of a source; one receipt each, refused ones too."""
    from regulars.checks.quarantine import write_quarantine
    from regulars.checks.verdict import check

    if not files:
        return []
    contents, receipts = _read_all(run, source, files)
    context = _context(run, source)
    verdicts = {
        entity: check(entity, frame, context) for entity, frame in _by_entity(contents).items()
    }
    for entity, verdict in verdicts.items():
        aside = pd.concat([verdict.quarantined, _rejected(contents, entity)], ignore_index=True)
        write_quarantine(
            run.settings.quarantine_folder,
            source.name,
            entity,
            aside,
            [one.dropped.sha256 for one in contents],
        )
    checked = {entity: _cut(verdict) for entity, verdict in verdicts.items()}
    receipts += [_land_file(run, source, one, checked) for one in contents]
    for receipt in receipts:
        write_receipt(run.settings.landing_folder, receipt)
    return receipts


def reading_rules(run: Run, source: SourcePolicy) -> str:
    """The fingerprint of all that decides how a file of the source is read and judged."""
    return fingerprint(
        run.policy.version,
        load_layout(source.layout).model_dump_json(),
        run.settings.identity_key_id,
        run.settings.identity_key_id_before,
    )


def refuse(run: Run, source: str, refused: Iterable[RefusedFile]) -> None:
    """Keep a note of every file that was seen and not taken."""
    from regulars.checks.quarantine import Refusal, refuse_file

    for one in refused:
        note = Refusal(
            source,
            one.file,
            fingerprint(source, one.file),
            one.reason_code.value,
            one.message,
            one.next_move,
        )
        refuse_file(run.settings.quarantine_folder, note)


def _read_all(
    run: Run, source: SourcePolicy, files: Iterable[DroppedFile]
) -> tuple[list[FileContents], list[FileReceipt]]:
    contents: list[FileContents] = []
    refusals: list[FileReceipt] = []
    layout = load_layout(source.layout)
    for file in files:
        try:
            contents.append(read(file, layout, source))
        except FileRefused as error:
            told = RefusedFile(error.file, error.reason_code, error.message, error.next_move)
            refuse(run, source.name, [told])
            refusals.append(_refusal(run, source, file, error))
    return contents, refusals


def _receipt(run: Run, source: SourcePolicy, file: DroppedFile, **outcome: Any) -> FileReceipt:
    """The receipt of a file: what it is, under which rules it was read, and what came of it."""
    return FileReceipt(
        source_system=source.name,
        file_name=file.path.name,
        sha256=file.sha256,
        size_bytes=file.size_bytes,
        layout=source.layout,
        policy_version=run.policy.version,
        rules=reading_rules(run, source),
        **outcome,
    )


def _refusal(run: Run, source: SourcePolicy, file: DroppedFile, error: FileRefused) -> FileReceipt:
    return _receipt(
        run,
        source,
        file,
        status="refused",
        rows=RowCounts(read=0),
        reason_code=error.reason_code.value,
    )


def _context(run: Run, source: SourcePolicy) -> "CheckContext":
    from regulars.checks.context import CheckContext

    people, before = recogniser_of(run), recogniser_before(run)
    return CheckContext(
        source_name=source.name,
        defaults=_rules_of(source),
        stores={store.store_id: _rules_of(store) for store in run.policy.stores_of(source)},
        pseudonymise=people.pseudonymise,
        key_accounts=people.key_accounts,
        find_company_emails=partial(company_emails, public=run.policy.business.public_mail),
        hash_identifiers=people.hash_identifiers,
        last_day=_END_OF_TIME,
        judge_identifiers=people.judge_identifiers,
        keys_before=_keys_of(before) if before else None,
    )


def _keys_of(people: Recogniser) -> "Keys":
    from regulars.checks.context import Keys

    return Keys(people.pseudonymise, people.key_accounts, people.hash_identifiers)


def _rules_of(place: SourcePolicy | StorePolicy) -> "StoreRules":
    from regulars.checks.context import StoreRules

    cutoff = parse_cutoff(place.cutoff)
    return StoreRules(place.time_zone, cutoff, place.currency_code, place.country)


def _by_entity(contents: Iterable[FileContents]) -> dict[str, pd.DataFrame]:
    """The rows of every entity, all files together, each row with the file it came from."""
    frames: dict[str, list[pd.DataFrame]] = {}
    for one in contents:
        for batch in one.batches:
            frames.setdefault(batch.entity, []).append(
                batch.frame.assign(**{FILE: one.dropped.sha256})
            )
    return {entity: pd.concat(parts, ignore_index=True) for entity, parts in frames.items()}


def _rejected(contents: Iterable[FileContents], entity: str) -> pd.DataFrame:
    """Rows that could not be cut into cells, as quarantine rows of their file's first entity."""
    parts = [
        one.rejected.rename(columns={"raw_text": "raw_json"}).assign(**{FILE: one.dropped.sha256})
        for one in contents
        if one.batches and one.batches[0].entity == entity and len(one.rejected)
    ]
    columns = [FILE, "source_row", "reason", "raw_json"]
    return pd.concat(parts)[columns] if parts else pd.DataFrame(columns=columns)


@dataclass(frozen=True)
class _Checked:
    """What a check let through, cut into the files it came from."""

    accounting: Mapping[str, "FileCounts"]
    rows: Mapping[str, pa.Table]
    contacts: Mapping[str, pa.Table]
    aliases: Mapping[str, pa.Table]
    nothing: pa.Table


def _cut(verdict: "Verdict") -> _Checked:
    contacts = {} if verdict.contacts is None else _by_file(verdict.contacts)
    aliases = {} if verdict.aliases is None else _by_file(verdict.aliases)
    nothing = verdict.rows.schema.empty_table()
    return _Checked(verdict.accounting, _by_file(verdict.rows), contacts, aliases, nothing)


def _by_file(rows: pa.Table) -> dict[str, pa.Table]:
    """The rows of each file; they are sorted by file, so that every file is one slice."""
    tables, offset = {}, 0
    for run in pc.value_counts(rows[FILE].combine_chunks()).to_pylist():
        tables[run["values"]] = rows.slice(offset, run["counts"])
        offset += run["counts"]
    return tables


def _land_file(
    run: Run, source: SourcePolicy, contents: FileContents, checked: Mapping[str, _Checked]
) -> FileReceipt:
    file = contents.dropped
    entities = []
    for index, batch in enumerate(contents.batches):
        found = checked[batch.entity]
        counts = _count_rows(contents, found.accounting.get(file.sha256), is_first=index == 0)
        rows = found.rows.get(file.sha256, found.nothing)
        path = _land_rows(run, source, file.sha256, batch.entity, rows)
        entities.append(EntityReceipt(entity=batch.entity, rows=counts, landed_file=path))
        if contacts := found.contacts.get(file.sha256):
            entities.append(_land_contacts(run, source, file.sha256, contacts))
        if aliases := found.aliases.get(file.sha256):
            _land_rows(run, source, file.sha256, ALIAS_FOLDER, aliases)
    return _receipt(
        run,
        source,
        file,
        status="accepted",
        rows=entities[0].rows,
        entities=tuple(entities),
        findings=contents.findings,
    )


def _count_rows(contents: FileContents, counts: "FileCounts | None", is_first: bool) -> RowCounts:
    """Rows of an entity; what was kept out before the check counts with the file's first one."""
    rejected = len(contents.rejected) if is_first else 0
    summary = contents.summary_rows if is_first else 0
    out_of_scope = contents.out_of_scope_rows if is_first else 0
    checked = (counts.read, counts.loaded, counts.quarantined, counts.duplicate) if counts else ()
    read_rows, loaded, quarantined, duplicate = checked or (0, 0, 0, 0)
    return RowCounts(
        read=read_rows + rejected + summary + out_of_scope,
        loaded=loaded,
        quarantined=quarantined + rejected,
        duplicate=duplicate,
        summary=summary,
        out_of_scope=out_of_scope,
    )


def _land_rows(run: Run, source: SourcePolicy, sha256: str, entity: str, rows: pa.Table) -> str:
    """Land an entity's rows of one file; the path within the landing folder."""
    folder = run.settings.landing_folder
    path = land(rows, entity, source.name, sha256, folder)
    return path.relative_to(folder).as_posix()


def _land_contacts(
    run: Run, source: SourcePolicy, sha256: str, contacts: pa.Table
) -> EntityReceipt:
    """Land the contact details of one file by themselves, for few eyes."""
    path = _land_rows(run, source, sha256, CONTACT_TABLE, contacts)
    (run.settings.landing_folder / path).chmod(0o600)
    counts = RowCounts(read=contacts.num_rows, loaded=contacts.num_rows)
    return EntityReceipt(entity=CONTACT_TABLE, rows=counts, landed_file=path)
