import random

import pytest

from backend.model import Draft, Level
from backend.pipeline import Engine
from backend.rules.loader import load_packs
from backend.text.validators import random_secret, real_password, token_like, token_mixed
from tools.credentials import EXTRA, TOKENS, drawn, rows

ENGINE = Engine.build()
RULES = [rule for pack in load_packs() for rule in pack.rules if rule.category == "credential"]


def loud(text, channel="ai"):
    found = ENGINE.check(Draft(text=text, channel=channel)).findings
    return {one.rule for one in found if one.category == "credential" and one.level >= Level.WARN}


def test_there_are_at_least_150_formats():
    assert len({rule.id for rule in RULES}) >= 150


@pytest.mark.parametrize(
    "text",
    [
        "fix my script:\nimport requests\nrequests.get(url, headers={'Authorization': 'Bearer k9Zt3LmW0vBx7RyKd2'})",
        "DATABASE_URL=postgres://orders:vB7q2Zt9Lm@10.2.0.4:5432/orders",
        "密码：Lm9t2Zq7Bv，账号 miller",
        "mật khẩu wifi cơ quan là Lm9t2Zq7Bv",
        "mk fb là hoanganh927",
        "пароль: Lm9t2Zq7Bv",
        "contraseña: Lm9t2Zq7Bv",
        "パスワード：Lm9t2Zq7Bv",
        "mob-b1310582-67fa-1983-b936-9882712cb5da",
        "curl -u 'svc:Lm9t2Zq7Bv' https://api.northgate.net/v2/orders",
        'spring.datasource.password="Lm9t-2Zq7Bv!"',
        "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIFq8Zt3LmW0vBx7RyKd2Hf9sPq4TnUe6Jc1Gw5XoYiLboAoGCCqGSM49",
    ],
)
def test_what_opens_a_door_is_seen(text):
    assert loud(text)


@pytest.mark.parametrize(
    "text",
    [
        "How do I read an API key from an environment variable in Python?",
        'api_key = "YOUR_API_KEY"',
        "password = input('Password: ')",
        "token = jwt.encode(payload, secret, algorithm='HS256')",
        "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "I forgot my password again, typical",
        'answer with a password such as "D5%t9Bgf".',
        "sgp_5555555aaaaaaabbbbbbbcccccccdddddddeeeeeeefff",
        '"token_accessor": "Lm9t2Zq7BvK3x8Rk"',
        "忘记密码怎么办？",
        "quên mật khẩu facebook thì làm sao",
        "primary_key = 'a9f3c1d7e5b2a8c4d6e0'",
        "the release is v2.14.0-rc1+20250114",
        "commit 3f786850e387550fdab836ed7e6dc881de23001b",
    ],
)
def test_placeholders_questions_and_other_long_words_are_silent(text):
    assert loud(text) == set()


@pytest.mark.parametrize("text", ["密码 19901203", "mật khẩu: 87654329", "pin: 4821"])
def test_a_password_of_digits_alone_is_a_note(text):
    assert ENGINE.check(Draft(text=text)).level is Level.NOTE
    assert loud(text) == set()


@pytest.mark.parametrize("row", [row for row in rows(TOKENS) if row[0] not in EXTRA], ids=lambda row: row[0])
def test_every_anchor_leads_to_every_form_of_its_token(row):
    rng = random.Random(5)
    texts = [f"token: {drawn(row[3], rng)}" for _ in range(20)]
    missed = [text for text in texts if f"credential.{row[0]}" not in loud(text)]
    # A draw may look like a placeholder by chance.
    assert len(missed) <= 1, missed[:1]


def test_a_long_token_is_found_to_its_end():
    token = "eyJ" + "hbGciOiJIUzI1NiJ9" + "." + "eyJ" + "q8Zt3LmW0vBx7RyK" * 60 + "." + "Hf9sPq4TnUe6Jc1Gw5XoYi"
    places = ENGINE.check(Draft(text=f"see {token} please")).findings[0].places
    assert (places[0].start, places[0].end) == (4, 4 + len(token))


@pytest.mark.parametrize("check", [random_secret, real_password, token_like, token_mixed])
def test_an_empty_text_is_no_secret(check):
    assert not check("")
