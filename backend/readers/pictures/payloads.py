"""What the words inside a bar code are: a boarding pass, a login, a payment.  Only the kind leaves this module.

Sources: IATA Resolution 792 (boarding passes), ERA TAP TSI B.12 and UIC 918 (train tickets), EPC069-12 (SEPA),
EMVCo merchant-presented QR (VietQR, PromptPay, PayNow), Google's key URI format (one-time passwords), ZXing's barcode
contents wiki (Wi-Fi, contacts), AAMVA DL/ID card design standard, GSMA SGP.22 (eSIM), CTAP 2.2 (passkeys).
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote

LONGEST = 8_000
"""Characters looked at; the largest QR code holds 7,089."""
UPPER, FLAGS = "[A-Z0-9 ]", re.I | re.S
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

CASED: tuple[tuple[str, str], ...] = (
    # Name, ticket mark, booking reference, two airports, airline, flight, day of the year.
    ("boarding_pass", rf"M[1-9].{{20}}[ E]{UPPER}{{7}}[A-Z]{{6}}{UPPER}{{3}}\d{{4}}[A-Z ][ \d]{{3}}"),
    ("ticket", r"#UT0[12]|OTI\d|[ic][0-9A-Z]CV|\x9e.{1,600}VDV|06[A-Z0-9]{9,15}[A-Z]{60,}$|\d{144}$"),
    ("identity", r"@[\n\r\x1c-\x1e]+(?:ANSI|AAMVA)\b"),
    # The card of Vietnamese citizens: number, old number, name, birth, sex, address, day of issue.
    ("identity", r"\d{12}\|(?:\d{9})?\|[^|]{2,80}\|\d{8}\|[^|]{1,10}\|[^|]*\|\d{8}"),
    ("identity", r"<\?xml[^>]*>\s*<(?:Print|QPD|QDB)\w*|<PrintLetterBarcodeData\b|\d{1200,}$"),
    ("identity", r"\d{11}@[A-Z ]+@[A-Z ]+@[MFX]@\d{7,8}@"),
    ("health", r"HC1:|shc:/\d|<MP\s|\{\"urls\":\[\"Task/"),
    ("payment", r"BCD\r?\n00[12]\r?\n|SPC\r?\n0200\r?\n"),
    ("pay", r"1[0-5]\d{16}$|(?:2[5-9]|30)\d{14,22}$"),
    ("wallet_key", r"6P[a-km-zA-HJ-NP-Z1-9]{56}$|xprv[a-km-zA-HJ-NP-Z1-9]{100,}"),
    ("login", r"[12]@[\w+/=]{10,}(?:,[\w+/=]{10,}){2,}|bankid\.[0-9a-f-]{20,}|FIDO:/\d{40,}"),
    ("device", r"LPA:1\$[^$]+\$[^$]|MT:[A-Z0-9.\-]{15,}$|X-HM://[A-Z0-9]{8,}|DPP:(?:[CMIVB]:[^;]*;)*K:"),
    ("wallet_key", r"(?:[a-z]{3,8} ){11}(?:(?:[a-z]{3,8} ){3}){0,4}[a-z]{3,8}$"),
)
"""Kinds by how their words begin, capitals told apart."""

ANY_CASE: tuple[tuple[str, str], ...] = (
    ("otp", r"(?:apple-)?otpauth(?:-migration)?://|phonefactor://|oktaverify://|duo://"),
    # A password of its own; an open network (nopass) has none.
    ("wifi", r"WIFI:(?=.*\bP:\s*[^;\s])(?!(?:[^;]*;)*T:nopass)"),
    ("login", r"tg://login\?|sgnl://linkdevice|tsdevice:|wc:[0-9a-f-]{20,}@|line://au/|https://line\.me/R/au/"),
    (
        "login",
        r"https?://(?:login\.w(?:eixin|x\d?)\.qq\.com/l/|open\.weixin\.qq\.com/(?:connect|sns)|txz\.qq\.com/p\?)",
    ),
    ("login", r"https?://wa\.me/settings/linked_devices#|https://discord(?:app)?\.com/ra/|https://s\.team/q/"),
    ("login", r"https?://(?:[\w-]+\.)*zalo(?:app)?\.(?:me|com|vn)/\S*(?:login|auth|qr-?code=|qrlogin)"),
    ("login", r"https?://(?:login|passport|qrlogin|account|id)\.[\w.-]+/\S*(?:qr|scan)\S*[=/][\w-]{16,}"),
    ("payment", r"upi://pay|wxp://|https?://(?:qr\.alipay\.com|(?:render\.)?alipay)|alipays?://|pay(?:to|me)://"),
    ("wallet", r"(?:bitcoin|bitcoincash|ethereum|litecoin|dogecoin|monero|solana|tron|lightning|ton):[\w@]{20,}"),
    ("wallet", r"(?:bc1[ac-hj-np-z02-9]{11,87}|lnbc[0-9a-z]{50,}|0x[0-9a-f]{40})$"),
    (
        "contact",
        r"BEGIN:VCARD|MECARD:|BIZCARD:|https?://(?:u\.wechat\.com/|weixin\.qq\.com/r/|wa\.me/qr/|line\.me/ti/p)",
    ),
    (
        "contact",
        r"https?://(?:zaloapp\.com/qr/p/|qm\.qq\.com/cgi-bin/qm/qr|signal\.me/#|threema\.id/)|tel:\+?\d{7}|weixin://",
    ),
)
"""Kinds by how their words begin, in capitals or not."""

TOKEN = re.compile(
    r"[?&#;](?:[\w-]*(?:token|secret|passw(?:or)?d|passcode|signature|jwt|apikey|api_key)|pwd|sig|otp|ticket|magic)=([^&\s#]{10,})"
    r"|[?&#;](?:key|auth|code|invite|session|sid|hash|st|access)=([^&\s#]{16,})"
    r"|/(?:reset|verify|activate|confirm|magic|invite|invitation|unsubscribe|set-?password|one-?time|redeem)[\w-]*/([\w.~-]{16,})",
    FLAGS,
)
_KINDS = tuple(
    (kind, re.compile(form, flags)) for table, flags in ((CASED, re.S), (ANY_CASE, FLAGS)) for kind, form in table
)


def kind(text: str) -> str:
    """Return what a code's words are, ``""`` where they are nothing that matters: a product, a plain link.

    >>> kind("M1NGUYEN/VAN AN       EABC123 SGNHANVN 0254 325Y012A0007 100"), kind("https://example.com/menu")
    ('boarding_pass', '')
    >>> kind("WIFI:T:WPA;S:home;P:correct horse;;"), kind("WIFI:T:nopass;S:cafe;P:;;")
    ('wifi', '')
    """
    words = text[:LONGEST].strip("\ufeff \t")
    if is_private_key(words):
        return "wallet_key"
    if is_payment(words):
        return "payment"
    found = next((name for name, form in _KINDS if form.match(words)), "")
    return found or ("token" if is_secret_link(words) else "")


def is_secret_link(text: str) -> bool:
    """Return whether a link lets in whoever has it: it carries a token, a key or a password.

    >>> is_secret_link("https://a.example/join?pwd=Zk3vQ9xLp2Ab"), is_secret_link("https://a.example/?utm_source=poster")
    (True, False)
    """
    if not re.match(r"[a-z][a-z0-9+.-]{1,20}://", text, re.I):
        return False
    found = TOKEN.search(unquote(text))
    value = next((one for one in found.groups() if one), "") if found else ""
    # A word is a name of a page, not a secret.
    return bool(re.search(r"\d", value)) and bool(re.search("[A-Za-z]", value))


def is_payment(text: str) -> bool:
    """Return whether a text is a merchant's or a person's code of the EMVCo kind, by its checksum."""
    if not text.startswith("0002") or not re.search(r"6304[0-9A-Fa-f]{4}$", text):
        return False
    return checksum(text[:-4].encode()) == int(text[-4:], 16)


def checksum(data: bytes) -> int:
    """Return the CRC-16 of ISO/IEC 13239 as EMVCo uses it.

    >>> hex(checksum(b"123456789"))
    '0x29b1'
    """
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value


def is_private_key(text: str) -> bool:
    """Return whether a text is a Bitcoin key as wallets export it: base 58 with its checksum.

    >>> is_private_key("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ")
    True
    """
    if not re.fullmatch(rf"[5KL9c][{BASE58}]{{50,51}}", text):
        return False
    number = 0
    for letter in text:
        number = number * 58 + BASE58.index(letter)
    data = number.to_bytes(40, "big").lstrip(b"\x00")
    return hashlib.sha256(hashlib.sha256(data[:-4]).digest()).digest()[:4] == data[-4:]
