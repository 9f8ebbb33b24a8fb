"""The shape of a check request, shared by the API and the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from backend.model import Attachment, Draft, Message

LONGEST_TEXT = 1_000_000
MOST_MESSAGES = 200
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Channel = Literal["post", "comment", "message", "mail", "ai", "upload"]
Words = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Name = Annotated[str, msgspec.Meta(max_length=300)]


class ThreadMessage(msgspec.Struct, frozen=True):
    """One message of the chat before the draft; ``from`` is ``"them"`` or ``"me"``."""

    text: Words
    sender: Literal["them", "me"] = msgspec.field(name="from", default="them")


class CheckRequest(msgspec.Struct, frozen=True):
    """A draft as a caller sends it; unknown fields are left alone, so that newer callers are understood."""

    text: Words = ""
    site: Name = ""
    channel: Channel = "post"
    audience: Name = "public"
    language: Name = ""
    thread: Annotated[tuple[ThreadMessage, ...], msgspec.Meta(max_length=MOST_MESSAGES)] = ()
    attachments: Annotated[tuple[Name, ...], msgspec.Meta(max_length=100)] = ()

    def draft(self, attachments: Iterable[Attachment] = ()) -> Draft:
        """Return the draft, with the attachments that its ids stand for."""
        thread = tuple(Message(one.sender, whole(one.text)) for one in self.thread)
        return Draft(
            text=whole(self.text),
            site=self.site,
            channel=self.channel,
            audience=self.audience,
            language=self.language,
            thread=thread,
            attachments=tuple(attachments),
        )


def whole(text: str) -> str:
    """Return ``text`` with lone halves of surrogate pairs, which JavaScript may cut, replaced one for one."""
    return _LONE_SURROGATE.sub("\ufffd", text)
