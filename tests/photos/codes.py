"""Draw codes and lay them into pictures as a phone photographs them: small, askew, upside down."""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[Any]
EXAMPLES = {
    "boarding_pass": "M1NGUYEN/VAN AN       EABC123 SGNHANVN 0254 325Y012A0007 100",
    "ticket": "#UT01008000012345",
    "identity": "012345678901|123456789|Nguyễn Văn An|01021990|Nam|Số 1, Phố Ví Dụ, Hà Nội|02032021",
    "health": "HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDEXWK G2EP4J0BGJLFX3R3VHXK.PJ:2D",
    "login": "2@Zm9vYmFyYmF6cXV4,AbCdEfGhIjKlMnOp,QrStUvWxYz012345,Zm9vYmFyYmF6cXV4",
    "otp": "otpauth://totp/Example:anna@example.org?secret=JBSWY3DPEHPK3PXP&issuer=Example",
    "wifi": "WIFI:T:WPA;S:Home of Anna;P:correct horse battery;;",
    "pay": "134567890123456789",
    "payment": "BCD\n002\n1\nSCT\n\nAnna Example\nDE89370400440532013000\nEUR12.3\n\n\nRent",
    "wallet": "bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?amount=0.01",
    "wallet_key": "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ",
    "contact": "BEGIN:VCARD\nVERSION:3.0\nN:Example;Anna\nTEL:+84912345678\nEND:VCARD",
    "token": "https://meet.example.org/j/98765?pwd=Zk3vQ9xLp2AbTq",
    "device": "LPA:1$smdp.example.org$04386-AGYFT-A74Y8-3F815",
}
"""One of each kind that matters, all invented."""


def code(words: str, format: str = "QRCode", width: int = 500) -> Pixels:
    """Return a code's pixels in grey with its quiet zone, so many pixels wide."""
    drawn = zxingcpp.create_barcode(words, getattr(zxingcpp.BarcodeFormat, format))
    pixels = np.asarray(drawn.to_image(scale=8, add_quiet_zones=True))
    height = round(pixels.shape[0] * width / pixels.shape[1])
    return cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)


def scene(size: tuple[int, int] = (2000, 1500), seed: int = 3) -> Pixels:
    """Return a soft landscape without writing."""
    rng = np.random.default_rng(seed)
    colours = rng.integers(60, 200, (4, 5, 3)).astype(np.uint8)
    return cv2.resize(colours, size, interpolation=cv2.INTER_CUBIC)


def with_code(pixels: Pixels, patch: Pixels, centre: tuple[int, int], angle: float = 0.0) -> Pixels:
    """Return a picture with a code laid on it, turned by degrees around its centre."""
    height, width = patch.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    matrix[:, 2] += centre[0] - width / 2, centre[1] - height / 2
    size = (pixels.shape[1], pixels.shape[0])
    laid = cv2.warpAffine(cv2.cvtColor(patch, cv2.COLOR_GRAY2RGB), matrix, size, flags=cv2.INTER_AREA)
    where = cv2.warpAffine(np.full_like(patch, 255), matrix, size) > 127
    return np.where(where[:, :, None], laid, pixels)


def jpeg(pixels: Pixels, **options: Any) -> bytes:
    """Return pixels as a camera would save them, a little out of focus."""
    out = io.BytesIO()
    Image.fromarray(cv2.GaussianBlur(pixels, (0, 0), 0.8)).save(out, "JPEG", quality=88, **options)
    return out.getvalue()


def photo_of(words: str, format: str = "QRCode", width: int = 500, angle: float = 0.0) -> bytes:
    """Return a photo with one code in it, somewhat right of the middle."""
    return jpeg(with_code(scene(), code(words, format, width), (1100, 750), angle))
