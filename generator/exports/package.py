"""All sheets of a site as one data package and one archive, and what a machine can know of one table."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.exports.sheets import Column, Sheet, sources_of
from generator.model import Register, Series, Site, Source, Subject, slug

NOT_RECORDED = {"name": "notspecified", "title": "Licence not recorded"}
FIRST_DAY = datetime.date(1980, 1, 1)
"""The first day that an archive can date a file by."""


def write_json(value: object) -> bytes:
    """A value as JSON of UTF-8, with a line for each entry and one at its end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def package_of(subject: Subject, sheets: Sequence[Sheet], site_url: str) -> dict[str, Any]:
    """The descriptor of the Data Package standard (version 1, tabular), with a resource for each sheet."""
    site = subject.site
    return {
        "profile": "tabular-data-package",
        "name": slug(site.title) or "site",
        "title": site.title,
        "description": site.description,
        **({"homepage": site_url} if site_url else {}),
        "version": str(site.as_of),
        "contributors": [{"title": f"{site.title} contributors", "role": "author"}],
        "licenses": [_licence_of(site)],
        "resources": [_resource(subject, sheet) for sheet in sheets],
    }


def _licence_of(site: Site) -> dict[str, str]:
    licence = site.licence
    return {"name": licence.id, "title": licence.title, "path": licence.url} if licence else NOT_RECORDED


def _resource(subject: Subject, sheet: Sheet) -> dict[str, Any]:
    table = sheet.table
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        "title": sheet.title,
        "description": sheet.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(sheet.csv),
        "hash": f"sha256:{hashlib.sha256(sheet.csv).hexdigest()}",
        **({"grade": table.grade, "grade_reason": table.grade_reason, "caveats": table.caveats} if table else {}),
        "licenses": [_licence_of_table(table.licence) if table else _licence_of(subject.site)],
        **({"sources": [_source(source) for source in _found(subject, sheet.sources)]} if sheet.sources else {}),
        "schema": {"fields": [_field(column) for column in sheet.columns], "missingValues": [""]},
    }


def _licence_of_table(words: str) -> dict[str, str]:
    """The terms of the sources, in the words recorded; they are no name that a machine knows."""
    return {"name": "other", "title": words} if words else NOT_RECORDED


def _found(subject: Subject, ids: Iterable[str]) -> list[Source]:
    return [source for source in (subject.find("source", id) for id in ids) if source]


def _source(source: Source) -> dict[str, str]:
    return {"title": f"{source.by}: {source.title}", **({"path": source.url} if source.url else {}), "id": source.id}


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type}
    if column.meaning:
        field["description"] = column.meaning
    if column.constraints:
        field["constraints"] = dict(column.constraints)
    return field


def archive_of(files: Mapping[str, bytes], day: datetime.date) -> bytes:
    """A ZIP archive that is the same for the same files: sorted, and each dated by this day."""
    buffer = io.BytesIO()
    day = max(day, FIRST_DAY)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def metadata_of(subject: Subject, table: Series | Register, site_url: str) -> dict[str, Any]:
    """All that the sidecar of a table says, null where it is silent, with its unit, sources and files."""
    site = subject.site
    said = {key: None if value == "" else value for key, value in table.model_dump(mode="json").items()}
    unit = getattr(table, "unit", "")
    return {
        "kind": table.kind,
        **({"address": f"{site_url.rstrip('/')}/data/{table.id}/"} if site_url else {}),
        "as_of": str(site.as_of),
        **said,
        **({"unit": site.unit(unit).model_dump()} if unit else {}),
        "rows": len(table.rows),
        "csv": f"{table.id}.csv",
        "sources": [_source(source) for source in _found(subject, sources_of(table))],
    }
