"""Uploads: simple, multipart and resumable.

https://developers.google.com/workspace/drive/api/guides/manage-uploads. Bodies stay bytes from the socket to the file.
"""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from tests.google.calls import Answer, Call
from tests.google.conform import read_request
from tests.google.drive import files
from tests.google.drive.access import writable
from tests.google.drive.resource import resource
from tests.google.errors import ApiError
from tests.google.state import DriveFile

JsonObject = dict[str, Any]

CHUNK = 256 * 1024


def metadata_of(text: bytes) -> JsonObject:
    """A File from JSON; fields Drive does not know are ignored. Raises 400."""
    try:
        given = json.loads(text or b"{}")
    except ValueError:
        raise ApiError(400, "Parse Error", "parseError") from None
    read, faults = read_request("drive", "File", given)
    wrong = [fault for fault in faults if "Unknown name" not in fault.text]
    if wrong:
        raise ApiError(400, wrong[0].text, "invalid")
    # `appProperties: {"key": null}` deletes a key, so nulls inside maps are kept; plain nulls count as absent.
    return dict(read)


def split_multipart(raw: bytes, content_type: str) -> list[tuple[dict[str, str], bytes]]:
    """The parts of a multipart/related body: headers in lower case, and the bytes untouched."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if found is None:
        raise ApiError(400, "Missing multipart boundary", "badContent")
    mark = b"--" + found.group(1).encode()
    parts: list[tuple[dict[str, str], bytes]] = []
    for piece in (b"\r\n" + raw).replace(b"\n" + mark, b"\n" + mark).split(b"\r\n" + mark)[1:]:
        if piece.startswith(b"--"):
            break
        head, _, body = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if piece.startswith(b"\r\n\r\n"):
            head, body = b"", piece[4:]
        lines = [line.partition(":") for line in head.decode("latin-1").split("\r\n") if line]
        headers = {name.strip().lower(): value.strip() for name, _, value in lines}
        if headers.get("content-transfer-encoding", "").lower() == "base64":
            body = base64.b64decode(body)
        parts.append((headers, body))
    return parts


def media(call: Call) -> Answer | JsonObject:
    """POST or PATCH on the upload path."""
    kind = call.text("uploadType") or "media"
    content_type = call.headers.get("content-type", "")
    if kind == "resumable":
        return _open_session(call)
    if kind == "multipart":
        parts = split_multipart(call.raw, content_type)
        if len(parts) != 2:
            raise ApiError(400, "Malformed multipart body.", "badContent")
        (_, first), (headers, content) = parts
        return finish(call, metadata_of(first), content, headers.get("content-type", ""))
    if kind == "media":
        return finish(call, {}, call.raw, content_type)
    raise ApiError(400, f"Invalid upload type: {kind}", "invalid", location="uploadType")


def finish(call: Call, metadata: JsonObject, content: bytes | None, content_type: str) -> JsonObject:
    """Create or update with everything at hand."""
    entry: DriveFile
    if "fileId" in call.path:
        entry = files.update(call, writable(call, call.path["fileId"]), metadata, content, content_type)
    else:
        entry = files.create(call, metadata, content, content_type)
    return resource(call, entry)


def _open_session(call: Call) -> Answer:
    metadata = metadata_of(call.raw)
    files.check_metadata(metadata, creating="fileId" not in call.path)
    if "fileId" in call.path:
        writable(call, call.path["fileId"])
    else:
        files.claim_id(call, metadata)
    session = call.state.new_id(40)
    call.state.uploads[session] = {
        "metadata": metadata,
        "type": call.headers.get("x-upload-content-type", ""),
        "path": dict(call.path),
        "received": b"",
        "query": {name: given for name, given in call.query.items() if name not in ("uploadType", "upload_id")},
    }
    path = "/upload/drive/v3/files" + (f"/{call.path['fileId']}" if "fileId" in call.path else "")
    location = f"{call.base_url}{path}?uploadType=resumable&upload_id={session}"
    return Answer(headers={"Location": location, "X-GUploader-UploadID": session})


def resume(call: Call) -> Answer | JsonObject:
    """PUT to a session: a chunk, or a question how far it got."""
    session = call.text("upload_id")
    upload = call.state.uploads.get(session)
    if upload is None:
        raise ApiError(404, "Upload session not found.", "notFound", location="upload_id")
    span = call.headers.get("content-range", "")
    received: bytes = upload["received"]
    if not span:
        received, total = call.raw, len(call.raw)
    elif question := re.match(r"bytes \*/(\d+|\*)$", span):
        total = int(question.group(1)) if question.group(1) != "*" else -1
    elif chunk := re.match(r"bytes (\d+)-(\d+)/(\d+|\*)$", span):
        first, last = int(chunk.group(1)), int(chunk.group(2))
        total = int(chunk.group(3)) if chunk.group(3) != "*" else -1
        if first > len(received) or last - first + 1 != len(call.raw):
            raise ApiError(400, f"Invalid chunk: {span}, {len(received)} bytes received so far", "badRequest")
        if last + 1 != total and len(call.raw) % CHUNK:
            raise ApiError(400, "Chunks must be multiples of 256 KiB, but for the last.", "badRequest")
        received = received[:first] + call.raw
    else:
        raise ApiError(400, f"Invalid Content-Range: {span}", "badRequest")
    upload["received"] = received
    if total < 0 or len(received) < total:
        headers = {"Range": f"bytes=0-{len(received) - 1}"} if received else {}
        return Answer(status=308, headers=headers, content_type="text/plain")
    call.path = dict(upload["path"])
    call.query = {**upload["query"], **call.query}
    answer = finish(call, upload["metadata"], received, upload["type"] or call.headers.get("content-type", ""))
    del call.state.uploads[session]
    return answer
