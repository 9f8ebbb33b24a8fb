"""OpenDocument files as LibreOffice lays them out."""

from __future__ import annotations

import io
import zipfile

TYPE = "application/vnd.oasis.opendocument."
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "presentation": "presentation",
        "meta": "meta",
    }.items()
)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def package(kind: str, body: str, *, styles: str = "", meta: str = "", manifest: str = "") -> bytes:
    """Return a file of a kind (``text``, ``spreadsheet``, ``presentation``) around its body."""
    content = (
        f"<office:document-content {SPACES} {DC}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    about = f"<office:document-meta {SPACES} {DC}><office:meta>{meta}</office:meta></office:document-meta>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", TYPE + kind, zipfile.ZIP_STORED)
        file.writestr("content.xml", content)
        file.writestr("meta.xml", about)
        file.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return out.getvalue()


def text(body: str = "Plan", *, comment: str = "", deleted: str = "", label: str = "") -> bytes:
    """Return an ODT."""
    remark = f"<office:annotation><dc:creator>An</dc:creator><text:p>{comment}</text:p></office:annotation>"
    change = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>"
        f"{deleted}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    name = "MSIP_Label_3f2a1b0c-1111-2222-3333-444455556666"
    meta = "".join(
        f'<meta:user-defined meta:name="{name}_{key}">{value}</meta:user-defined>'
        for key, value in (("Enabled", "true"), ("Name", label))
    )
    inside = (change if deleted else "") + f"<text:p>{body}{remark if comment else ''}</text:p>"
    return package("text", inside, meta=meta if label else "")


def spreadsheet(*, hidden_sheet: str = "", hidden_row: str = "") -> bytes:
    """Return an ODS whose second sheet is hidden."""
    style = (
        '<style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    row = "<table:table-row{}><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
    first = row.format("", "open") + (row.format(' table:visibility="collapse"', hidden_row) if hidden_row else "")
    body = f'<table:table table:name="One">{first}</table:table>'
    if hidden_sheet:
        body += f'<table:table table:name="Two" table:style-name="ta2">{row.format("", hidden_sheet)}</table:table>'
    return package("spreadsheet", body, styles=style)


def presentation(*, notes: str = "", hidden_slide: str = "") -> bytes:
    """Return an ODP with notes on its first slide and a hidden second."""
    style = (
        '<style:style style:name="dp2" style:family="drawing-page">'
        '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    box = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    note = f"<presentation:notes>{box.format(notes)}</presentation:notes>" if notes else ""
    body = f'<draw:page draw:name="s1">{box.format("Welcome")}{note}</draw:page>'
    if hidden_slide:
        body += f'<draw:page draw:name="s2" draw:style-name="dp2">{box.format(hidden_slide)}</draw:page>'
    return package("presentation", body, styles=style)
