"""The lock holds every package of a release, each with its hashes and under a licence that was looked at."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import audit, closure, licences, metadata, sbom

ROOT = Path(__file__).parents[2]
LOCKS = (closure.LOCK, closure.OPTIONAL)
NO_ADVICE = {"name": "flask", "skip_reason": "Dependency not found on PyPI and could not be audited: flask (3.1.3)"}
LOOKED_UP = {"name": "flask", "version": "3.1.3", "vulns": []}
WEAK = {**LOOKED_UP, "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1.4"]}]}


def pinned(path: Path) -> dict[str, str]:
    found = (Requirement(line) for line in metadata.requirements(path))
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in found}


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name)
def test_the_locks_cover_every_list_at_its_very_version(path):
    lock = closure.locked(closure.LOCK if path.name == "requirements.txt" else closure.OPTIONAL)
    assert {name: lock.get(name) for name in pinned(path)} == pinned(path), "run: make lock"


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_what_those_bring_is_locked_too(path):
    lock = closure.locked(path)
    lines = [Requirement(f"{name}=={version}") for name, version in lock.items()]
    here = [str(one) for one in lines if closure.installed(one.name) is not None]
    brought = {canonicalize_name(one.metadata["Name"]) for one in closure.needed(here)}
    assert brought - set(lock) == set(), "run: make lock"


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_package_has_its_hashes_and_comes_from_no_other_place(path):
    assert closure.locked(path) and closure.unhashed(path) == []
    assert (
        re.findall(r"https?:|file:|^-e |--index-url|--find-links", path.read_text(encoding="utf-8"), re.MULTILINE) == []
    )


def test_a_package_without_a_hash_would_be_noticed(tmp_path):
    (tmp_path / "lock").write_text("one==1 \\\n    --hash=sha256:ab\ntwo==2\n    # via one\n", encoding="utf-8")
    assert closure.unhashed(tmp_path / "lock") == ["two"]


def test_no_licence_slipped_in():
    rows = [*licences.rows(), *licences.rows(optional=True)]
    assert [row.problem for row in rows if row.problem] == []
    for row in rows:
        assert not re.search(r"(?<!L)(A?GPL)", row.licence), f"{row.name} is under {row.licence}"


def test_what_was_looked_up_is_still_used():
    names = set(closure.locked(closure.OPTIONAL)) | set(closure.locked(closure.LOCK))
    assert set(licences.KNOWN["reviewed"]) - names == set()


@pytest.mark.parametrize(
    "fields, problem",
    [
        ([("License-Expression", "MIT")], None),
        ([("License-Expression", "(MIT OR Apache-2.0) AND BSD-3-Clause")], None),
        ([("License", "GPL-3.0-or-later")], "GPL-3.0-or-later"),
        ([("Classifier", "License :: OSI Approved :: GNU Affero General Public License v3")], "Affero"),
        ([("License-Expression", "MIT AND AGPL-3.0-only")], "AGPL-3.0-only"),
        ([("Name", "quiet")], "no licence"),
    ],
)
def test_a_strange_licence_asks_for_a_look(fields, problem):
    told = licences.written(fields)
    found = licences.Row("some-package", "1", told, "", told).problem
    assert found == "" if problem is None else problem in found


def test_a_reviewed_package_that_changes_its_licence_asks_for_another_look():
    row = licences.row("python-stdnum", "2.2")
    assert row.problem == ""
    assert "look at it again" in licences.Row(row.name, row.version, row.licence, row.note, "GPL-3.0").problem


def test_the_page_of_licences_is_up_to_date():
    assert licences.PAGE.read_text(encoding="utf-8") == licences.page(), "run: make licences"


@pytest.mark.parametrize(
    "packages, status, words",
    [
        ([LOOKED_UP], 0, "1 looked up, 0 with"),
        ([LOOKED_UP, NO_ADVICE], 2, "NOT AUDITED: flask"),
        ([NO_ADVICE], 2, "nothing is known"),
        ([WEAK, NO_ADVICE], 1, "PYSEC-1, mended in 3.1.4"),
        ([], 2, "nothing to look up"),
    ],
)
def test_an_audit_that_looked_nothing_up_is_no_success(packages, status, words):
    answer = audit.of_pip(json.dumps({"dependencies": packages, "fixes": []}))
    assert audit.status([answer]) == status
    assert words in audit.told("requirements.lock", answer)


def test_an_npm_that_could_not_ask_is_no_success():
    with pytest.raises(ValueError, match="405"):
        audit.of_npm('{"message": "405 Method Not Allowed", "statusCode": 405}')
    report = {"vulnerabilities": {"ws": {"severity": "high"}}, "metadata": {"dependencies": {"total": 9}}}
    assert audit.status([audit.of_npm(json.dumps(report))]) == 1
    assert audit.status([audit.of_npm(json.dumps({**report, "vulnerabilities": {}}))]) == 0


@pytest.mark.parametrize("command", [["/no/such/tool"], ["true"], ["echo", "offline"]])
def test_a_tool_that_gives_no_answer_leaves_everything_unknown(command):
    answer = audit.ask(command, audit.of_pip)
    assert audit.status([answer]) == 2 and "NOT AUDITED: everything" in audit.told("x", answer)


def test_the_bill_of_materials_is_about_the_product_and_no_folder_of_its_maker():
    own = {"name": "second-look", "version": "1", "bom-ref": "second-look==1", "type": "library"}
    place = {"externalReferences": [{"type": "distribution", "url": "file:///home/lan/x.whl"}]}
    bom = sbom.about({"components": [{"name": "flask"}, {**own, **place}], "dependencies": [{"ref": "second-look==1"}]})
    assert bom["metadata"]["component"] == {**own, "type": "application"}
    assert list(sbom.names(bom)) == ["flask"] and "file:" not in json.dumps(bom)
