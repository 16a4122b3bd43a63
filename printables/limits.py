"""Every limit in one place: how large, deep, long and slow anything may be that others write.

A record, a template or a logo may be a stranger's (see SECURITY.md). What is beyond a limit is refused with its file
and line, before anything costly looks at it. The figures leave an honest leaflet several times the room that it needs,
and stay far from what breaks the engine (measured with WeasyPrint 70.0).
"""

from __future__ import annotations

MIB = 1024 * 1024

FILE_BYTES = 1 * MIB
"""Bytes of a YAML file."""
FILE_DEPTH = 20
"""Levels of a YAML file."""
FIELD = 20_000
"""Characters of one field of a record."""
WORD = 200
"""Characters of one word. 100,000 letters in a row take the engine minutes."""
INVISIBLE = 3
"""Invisible characters in a row. 80,000 of them take the engine 13 seconds."""
ROWS = 500
"""Rows of one table, and entries of one list of a record. A row takes the engine 2.1 ms; 3,000 rows fill 72 pages."""
SHARED_ROWS = 20_000
"""The same in the files that all records share: a library has thousands of sources."""
DEPTH = 60
"""Elements inside elements on a page; a leaflet needs about 15. About 130 end in a RecursionError."""
SPAN = 100
"""Columns or rows that one cell covers. 1,000,000,000 held a machine of two cores for more than 9 minutes."""
PIXELS = 40_000_000
"""Pixels of a picture, width times height, read from its head. 81,000,000 take the engine 679 MB."""
ASSET_BYTES = 10 * MIB
"""Bytes of one file that goes with a page."""
LOGO_BYTES = 512 * 1024
"""Bytes of a clinic's logo as it is printed, which stands on every page; of a drawing's file, too."""
LOGO_PIXELS = 4_000_000
"""Pixels of a clinic's logo as it is printed; a picture with more is made smaller."""
PHOTO_BYTES = 20 * MIB
"""Bytes of a picture's file from which a logo is made."""
HTML_BYTES = 4 * MIB
"""Bytes of one page's HTML, other than a book's; a leaflet has about 60,000."""
COMPOSING = 30.0
"""Seconds of processor time that a template may take for one page; it takes a few thousandths of one."""
PRINTING = 30.0
"""Seconds of processor time that the engine may take for one page of the plan; a leaflet takes about half of one."""
STARTING = 120.0
"""Seconds of processor time that a process may take to start and to load the engine; it takes about one."""
INDEXING = 1800.0
"""Seconds of processor time, on all cores together, that the index of the website's search may take."""
HANGING = 600.0
"""Seconds by the clock in which something does not work for `HEADWAY`: it waits for what does not come. However much
else a machine has to do, whatever wants to work on it gets that much."""
HEADWAY = 1.0
"""Seconds of processor time."""
CROWD = 20
"""Where a system does not say how much processor time a process has used (Windows), it is taken to be the clock's time
divided by this: as if so many others always worked on the same processor."""
MEMORY = 1024 * MIB
"""Bytes of memory that a process may take to print one page of the plan; it takes about 150 MiB."""
BOOK_TIME = 40
"""A book has as many pages as dozens of leaflets, and is laid out twice; it may take so many times as long."""
BOOK_MEMORY = 4
"""And so many times as much memory: 192 pages take 585 MB."""
