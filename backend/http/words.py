"""Words that a caller gives and the server keeps: only such that no draft fits into."""

from __future__ import annotations

from typing import Annotated

import msgspec

RuleId = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[a-z0-9][a-z0-9._-]*$")]
"""A rule's id, for example ``cn.state-secret``."""
_LABEL = r"[A-Za-z0-9-]{1,63}"
SiteName = Annotated[str, msgspec.Meta(max_length=253, pattern=rf"^({_LABEL}(\.{_LABEL})*)?(:\d+)?$")]
"""A host name, or nothing."""
DeviceName = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""How a device calls itself, for example ``Chromium on Linux``."""
VersionName = Annotated[str, msgspec.Meta(max_length=32, pattern=r"^[0-9A-Za-z.+-]*$")]
VerdictId = Annotated[str, msgspec.Meta(max_length=64, pattern=r"^[0-9A-Za-z_-]*$")]
Day = Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Hash = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in hexadecimal digits."""
RandomWord = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{43}$")]
"""256 random bits in the letters of an address."""
OriginName = Annotated[str, msgspec.Meta(max_length=300, pattern=r"^https?://[A-Za-z0-9.:\[\]-]+$")]
"""The address of a server without a path."""
