import json
import zipfile

from tools.package import build


def test_the_same_sources_give_the_same_package():
    assert build().read_bytes() == build().read_bytes()


def test_the_package_holds_what_the_manifest_names_and_nothing_for_developers():
    with zipfile.ZipFile(build()) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["background"]["service_worker"] in names
    assert "scripts" not in manifest["background"]
    assert set(manifest["icons"].values()) <= names
    assert not {name for name in names if name.endswith((".md", ".ts"))}
