import numpy as np
import pytest

from backend.situations.features import BITS, extract
from backend.situations.model import DATA, KIND_BITS, KINDS, Model, load, save

TEXT = "my husband's unit sails on tuesday, do not tell anyone"


def small():
    rng = np.random.default_rng(1)
    leak = rng.normal(size=1 << BITS).astype(np.float32)
    kinds = rng.normal(size=(len(KINDS), 1 << KIND_BITS)).astype(np.float32)
    return Model(leak, -0.5, kinds, np.zeros(len(KINDS), dtype=np.float32), {"latin": (-1.0, 0.5)})


def test_a_model_survives_being_written_and_read(tmp_path):
    model, path = small(), tmp_path / "model.bin"
    save(model, path)
    read = load(path)
    features = extract(TEXT, "", "post")
    assert read.margin(features) == pytest.approx(model.margin(features), abs=0.2)
    assert read.thresholds == model.thresholds


def test_equal_models_give_equal_files(tmp_path):
    for name in ("one", "two"):
        save(small(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_file_of_another_version_is_refused(tmp_path):
    save(small(), tmp_path / "model.bin")
    head, _, _ = (tmp_path / "model.bin").read_bytes().partition(b"\n")
    import zlib

    (tmp_path / "old.bin").write_bytes(head + b"\n" + zlib.compress(b"\x01" * 100))
    with pytest.raises(ValueError, match=r"old\.bin does not fit"):
        load(tmp_path / "old.bin")


def test_a_barred_kind_is_never_given():
    features = extract(TEXT, "", "post")
    model = small()
    first = model.kind(features)
    assert model.kind(features, (first,)) != first


def test_what_weighed_adds_up_to_where_it_stands():
    model = load(DATA)
    weights = model.weighed(extract(TEXT, "", "post"), len(TEXT))
    assert len(weights) == len(TEXT)
    assert np.isfinite(weights).all()


def test_the_shipped_model_is_small():
    assert DATA.stat().st_size < 1_000_000
