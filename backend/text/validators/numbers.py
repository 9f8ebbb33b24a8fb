"""Cards, passports' coded lines, telephones, mailboxes and positions."""

from __future__ import annotations

import re

from backend.text.icao import check_digit


def luhn(text: str) -> bool:
    """Tell whether the digits of ``text`` end in a Luhn check digit (ISO/IEC 7812-1).

    >>> luhn("4111 1111 1111 1111"), luhn("4111 1111 1111 1112")
    (True, False)
    """
    digits = [int(one) for one in text if one.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return len(digits) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def card(text: str) -> bool:
    """Tell whether ``text`` is the number of a payment card: a known issuer's range, and Luhn's check digit.

    >>> card("4111 1111 1111 1111"), card("9999 9999 9999 9995")
    (True, False)
    """
    digits = "".join(one for one in text if one.isdigit())
    known = re.match(
        r"4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|3(?:0[0-5]|[68])|6(?:011|4[4-9]|5|2)|35", digits
    )
    return 13 <= len(digits) <= 19 and known is not None and len(set(digits)) > 1 and luhn(digits)


def mrz(text: str) -> bool:
    """Tell whether ``text`` holds the coded data of a passport, visa or identity card, by its check digits.

    The second line of 44 or 36 characters, or the first two lines of 30.  Source: ICAO Doc 9303, parts 4 to 7.

    >>> mrz("L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    True
    >>> mrz("I<UTOD231458907<<<<<<<<<<<<<<<\\n7408122F1204159UTO<<<<<<<<<<<6")
    True
    """
    line = "".join(text.split())
    fields = {44: _LONG, 36: _LONG, 60: ((5, 14), (30, 36), (38, 44))}.get(len(line), ())
    return bool(fields) and all(check_digit(line[start:end]) == line[end] for start, end in fields)


_LONG = ((0, 9), (13, 19), (21, 27))


def phone(text: str) -> bool:
    """Tell whether ``text``, written with its country code, is a possible telephone number (libphonenumber's data)."""
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text))
    except phonenumbers.NumberParseException:
        return False


def personal_mailbox(text: str) -> bool:
    """Tell whether an e-mail address is that of a person: ``info@`` and its like are meant to be seen."""
    name, _, domain = text.lower().partition("@")
    shared = (
        "info sales support contact hello office admin noreply no-reply press jobs hr help service user example test"
    )
    return name not in shared.split() and not domain.startswith(
        ("example.", "test.", "domain.", "email.", "mail.example")
    )


def position(text: str) -> bool:
    """Tell whether two decimal numbers can be a latitude and a longitude.

    >>> position("21.02851, 105.80482"), position("95.12345, 10.12345"), position("0.0000, 0.0000")
    (True, False, False)
    """
    numbers = [float(one) for one in re.findall(r"-?\d{1,3}\.\d+", text)]
    return len(numbers) == 2 and abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180 and any(numbers)
