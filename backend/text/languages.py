"""Which languages a text may be in, told by its letters alone.

Letters cannot tell English from French, and a Vietnamese text may be typed without its
marks; so the answer is what the text *may* be, and only what is impossible is ruled out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LETTERS = {
    "han": "[\u3400-\u9fff]",
    "kana": "[\u3040-\u30ff]",
    "hangul": "[\u1100-\u11ff\uac00-\ud7a3]",
    "cyrillic": "[\u0400-\u052f]",
    "arabic": "[\u0600-\u06ff\u0750-\u077f]",
    "hebrew": "[\u05d0-\u05ea]",
    "greek": "[\u0370-\u03ff]",
    "thai": "[\u0e00-\u0e7f]",
    "devanagari": "[\u0900-\u097f]",
    "latin": "[A-Za-z\u00c0-\u024f\u1e00-\u1eff]",
}
_SEARCH = {name: re.compile(letters) for name, letters in _LETTERS.items()}
_SCRIPTS = {
    "zh": ("han",),
    "ja": ("kana", "han"),
    "ko": ("hangul", "han"),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk", "ky", "mn", "tg"), ("cyrillic",)),
    "sr": ("cyrillic", "latin"),
    **dict.fromkeys(("ar", "fa", "ur", "ps"), ("arabic",)),
    **dict.fromkeys(("he", "yi"), ("hebrew",)),
    "el": ("greek",),
    "th": ("thai",),
    **dict.fromkeys(("hi", "mr", "ne"), ("devanagari",)),
}
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\W\d_]+")
VIETNAMESE_SHARE = 0.1
"""Of its words, that show a text to be Vietnamese: one name in it is not enough."""


def base(tag: str) -> str:
    """Return the language of a tag.

    >>> base("zh-CN"), base("EN_us"), base("")
    ('zh', 'en', '')
    """
    return re.split("[-_]", tag.strip().lower(), maxsplit=1)[0]


def may_be(text: str, languages: Iterable[str], declared: str = "") -> bool:
    """Tell whether a text may be in one of ``languages``.

    What was declared counts where the letters do not speak against it.

    >>> may_be("金乌工程", ["zh"]), may_be("金乌工程", ["en", "vi"]), may_be("12:30", ["zh"])
    (True, False, True)
    >>> may_be("dự án mới của tôi", ["vi"]), may_be("dự án mới của tôi", ["en"]), may_be("du an", ["vi"])
    (True, False, True)
    >>> may_be("our plan", ["vi"], declared="en"), may_be("金乌工程", ["zh"], declared="en")
    (False, True)
    """
    wanted = {base(one) for one in languages}
    said = base(declared)
    if said and _possible(text, said):
        return said in wanted
    return any(_possible(text, one) for one in wanted)


def _possible(text: str, language: str) -> bool:
    scripts = _SCRIPTS.get(language, ("latin",))
    if not any(_SEARCH[name].search(text) for name in scripts):
        return not any(search.search(text) for search in _SEARCH.values())
    if language == "zh":
        return not _SEARCH["kana"].search(text)
    return not (scripts == ("latin",) and language != "vi" and _vietnamese(text))


def _vietnamese(text: str) -> bool:
    words = [word for word in _WORD.findall(text[:10_000]) if _SEARCH["latin"].match(word)]
    return sum(1 for word in words if _VIETNAMESE.search(word)) > VIETNAMESE_SHARE * len(words)
