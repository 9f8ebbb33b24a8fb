"""What a file tells beside what it shows: where, when and by whose camera it was taken, an older look of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from backend.case import Case, Resources
from backend.model import LANGUAGES, Finding, Place, Signal

POSITION = 45
"""A note: many photos carry a position, few people know, one click takes it out."""
CAMERA, TIME = 36, 25
"""A serial number or a name ties photos to one person; the hour alone, in nearly every photo, is not yet a note."""
PREVIEW = 68
"""Worth a question: who crops or covers a picture does not mean to share what was there."""
THINGS = {
    "owner": {"en": "the name “{}”", "vi": "tên “{}”", "zh": "姓名“{}”"},
    "serial": {"en": "the camera's serial number {}", "vi": "số sê-ri máy ảnh {}", "zh": "相机序列号 {}"},
    "time": {"en": "the time {}", "vi": "thời điểm {}", "zh": "拍摄时间 {}"},
}


def build(resources: Resources) -> Metadata:
    """Return the detector."""
    return Metadata()


class Metadata:
    """One finding for each attachment that carries a position."""

    def literals(self) -> Sequence[str]:
        """Return none: this detector looks at signals, not words."""
        return ()

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield at most one finding of each kind for each attachment."""
        for attachment in case.draft.attachments:
            first: dict[str, Signal] = {}
            for signal in attachment.reading.signals:
                first.setdefault(signal.kind, signal)
            camera = first["camera"].details if "camera" in first else {}
            if "position" in first:
                yield _finding(
                    "position", POSITION, first["position"], {"position": _position(first["position"], camera)}
                )
            if camera:
                yield _camera(first["camera"], told="position" in first)
            if "preview" in first:
                yield _finding("preview", PREVIEW, first["preview"], {})


def _finding(rule: str, score: int, signal: Signal, values: Mapping[str, str]) -> Finding:
    place = Place(signal.part, page=signal.page)
    return Finding(f"metadata.{rule}", "metadata", score, (place,), ("strip_metadata",), values)


def _position(signal: Signal, camera: Mapping[str, str]) -> str:
    position = f"{signal.details.get('latitude', '?')}, {signal.details.get('longitude', '?')}"
    return f"{position} ({camera['time']})" if "time" in camera else position


def _camera(signal: Signal, told: bool) -> Finding:
    """Return what the file says of camera and hour; the hour is ``told`` with the position where there is one."""
    owned = {name: signal.details[name] for name in ("serial", "owner") if name in signal.details}
    if not owned:
        return _finding("time", 0 if told else TIME, signal, {"time": signal.details["time"]})
    said = {language: _said(signal.details, language) for language in LANGUAGES}
    return _finding("camera", CAMERA, signal, {f"what_{language}": text for language, text in said.items()})


def _said(details: Mapping[str, str], language: str) -> str:
    said = [THINGS[name][language].format(details[name]) for name in THINGS if name in details]
    return ("、" if language == "zh" else ", ").join(said)
