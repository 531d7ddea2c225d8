"""Tables to be opened by a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

# A cell that begins with one of these is computed by a spreadsheet (OWASP, "CSV Injection"), also behind white space
# and in the full width that East Asian keyboards write.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROLS = ("\t", "\r", "\n")


def cell(value: object) -> str:
    """The value as a cell that is shown and never computed; numbers stay numbers."""
    text = str(value)
    if isinstance(value, int | float):
        return text
    return f"'{text}" if text.startswith(_CONTROLS) or text.lstrip().startswith(_FORMULA) else text


def sheet(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The table as a CSV file of that name: UTF-8 with a mark at its beginning, by which Excel knows it."""
    text = io.StringIO()
    # Everything quoted: whatever separates cells for the reader, none is torn into two.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    response = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response
