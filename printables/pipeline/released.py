"""Whether a released leaflet may stay where the new one cannot be released: only while its approval stands."""

from __future__ import annotations

from printables.library.library import Library
from printables.plan import KINDS
from printables.publish.manifest import Entry


def may_stay_released(library: Library, entry: Entry) -> bool:
    """Return whether somebody approved this and has not withdrawn that.

    While anything is wrong in approvals.yaml, nothing counts as withdrawn. Where words were changed since, the last
    approved leaflet stays: it is what was approved. A draft never stays, however it came here. Course books are no
    leaflets; their own command makes and removes them.
    """
    if not any(f"/{kind}s/" in f"/{entry.path}" for kind in KINDS):
        return True
    if not entry.approved:
        return False
    if entry.record in library.broken:
        return True
    if library.approval_faults:
        return True
    record = library.worksheets if entry.worksheet else library.therapies
    if entry.record not in record:
        return False
    older = record[entry.record].review.approvals
    given = {one.audience for one in library.approvals.values() if one.record == entry.record}
    given |= {one.audience for one in older if one.version == entry.version}
    return entry.audience in given
