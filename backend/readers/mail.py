"""Mail messages (EML): who and what about, every form of the body, and all attachments, also mails in mails."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser

from backend.model import Reading
from backend.readers import Progress, Unreadable
from backend.readers.gather import Gather
from backend.readers.gather.encoding import decoded
from backend.readers.gather.html import read_html
from backend.readers.gather.labels import header_labels
from backend.readers.gather.limits import opened

KIND = "mail"
ORDER = 70
MEDIA_TYPES = ("message/rfc822",)
LIMIT = 100_000_000
FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]")
TELLING = frozenset(
    (
        b"from to subject date received message-id mime-version return-path delivered-to content-type x-mailer cc "
        b"reply-to dkim-signature"
    ).split()
)
FEWEST = 3
HEADERS = ("Subject", "From", "To", "Cc", "Bcc", "Reply-To", "Sender", "Organization", "Keywords", "Comments")
LOCKED = ("application/pgp-encrypted",)
SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
LONGEST_HEADER = 10_000
"""Characters of a header up to which the library looks at its grammar: that takes time and memory without measure."""
CODED = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]*)?\?([bq])\?([^?\s]*)\?=(?:\s+(?==\?))?", re.I)
PLAIN = ("text/plain", "text/enriched", "text/calendar", "text/markdown")


class _Policy(policy.EmailPolicy):
    """The library's own, but for headers longer than people's: of these the words are taken as they are."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        if len(value) <= LONGEST_HEADER:
            parsed: str = super().header_fetch_parse(name, value)
            return parsed
        if name.lower().startswith("content-"):
            return value[:LONGEST_HEADER]
        return CODED.sub(_word, value.replace("\r", "").replace("\n", ""))


def _word(found: re.Match[str]) -> str:
    """Return what a coded word says (RFC 2047), or the word itself where it says nothing."""
    charset, form, text = found.groups()
    try:
        packed = text.encode("ascii")
        data = base64.b64decode(packed) if form in "bB" else quopri.decodestring(packed, header=True)
        return data.decode(charset, "replace")
    except (ValueError, LookupError):
        return found[0]


def sniff(data: bytes) -> bool:
    """Return whether a file begins with the header of a mail: only fields, and three that every mail has."""
    head = data[:16_384].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if head.startswith(b"From "):
        head = head.partition(b"\n")[2]
    found = set()
    for line in head.splitlines():
        field = FIELD.match(line + b" ")
        if field:
            found.add(field[1].lower())
        elif not line.startswith((b" ", b"\t")):
            break
    return len(found & TELLING) >= FEWEST


def read(id: str, data: bytes, progress: Progress) -> Reading:
    """Return header and bodies as one part; attachments are numbered behind it."""
    if len(data) > LIMIT:
        raise Unreadable("too_large")
    with opened() as limits:
        gather = Gather(id, progress, limits)
        message = BytesParser(policy=_Policy()).parsebytes(data)
        gather.labels(header_labels(_header(message, "msip_labels")))
        gather.extra("\n".join(f"{name}: {value}" for name in HEADERS if (value := _header(message, name))))
        parts = list(_leaves(message))
        for part in parts:
            _body(part, gather)
        for done, part in enumerate(parts):
            _attachment(part, gather)
            gather.tell(done + 1, len(parts))
        return gather.reading()


def _header(message: Message, name: str) -> str:
    """Return a header's values; those that are broken are shown as they are."""
    try:
        return "; ".join(str(value) for value in message.get_all(name, []))
    except Exception:  # the library stumbles over some malformed addresses
        return "; ".join(str(value) for key, value in message.raw_items() if key.lower() == name.lower())


def _leaves(message: Message) -> Iterator[Message]:
    """Yield parts that hold something themselves; a mail inside is one of them."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _leaves(part)


def _is_body(part: Message) -> bool:
    return part.get_content_type() in (*PLAIN, "text/html") and part.get_content_disposition() != "attachment"


def _body(part: Message, gather: Gather) -> None:
    if _is_body(part):
        text = decoded(_bytes(part), _charset(part))
        gather.extra(read_html(text).text if part.get_content_type() == "text/html" else text)


def _attachment(part: Message, gather: Gather) -> None:
    if _is_body(part):
        return
    name = part.get_filename()
    if name:
        gather.extra(name)
    kind = part.get_content_type()
    if kind in LOCKED or part.get_param("smime-type") == "enveloped-data":
        gather.gap("encrypted", inside=True)
    elif kind == "message/rfc822":
        for inner in part.get_payload():
            _inner(inner, gather)
    elif kind not in SIGNATURES and (data := _bytes(part)):
        gather.file(data)


def _inner(message: object, gather: Gather) -> None:
    """Read a mail inside the mail."""
    try:
        data = message.as_bytes() if isinstance(message, Message) else b""
    except Exception:  # the library cannot write everything that it could read
        gather.gap("damaged", inside=True)
        return
    gather.file(data)


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _charset(part: Message) -> str | None:
    charset = part.get_param("charset")
    return charset if isinstance(charset, str) else None
