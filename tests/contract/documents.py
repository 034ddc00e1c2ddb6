"""Documents for the archive: small Word files that know their id and fingerprint, as the renderer's do."""

from __future__ import annotations

import io
import zipfile

from sync.workspace.port import Document, DocumentId

PATH = "2026/500.3.2.1/11 November/2026-11-24_KONS-2026-0001_telaahan.docx"


def docx_of(document_id: str, fingerprint: str, body: str = "isi") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(
            "docProps/core.xml",
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier>{document_id} {fingerprint}</dc:identifier>'
            "</cp:coreProperties>",
        )
        package.writestr("word/document.xml", f"<body>{body}</body>")
    return stream.getvalue()


def a_document(
    document_id: DocumentId, *, path: str = PATH, fingerprint: str = "f" * 64, body: str = "isi"
) -> Document:
    content = docx_of(document_id, fingerprint, body)
    return Document(document_id, path, content, fingerprint, {"number": "KONS-2026-0001", "kind": "telaahan"})
