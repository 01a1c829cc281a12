"""ZIPs from strangers."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bundle.archive import MOST_BYTES, pack, unpack
from ingest.bundle.settings import NAMES
from ingest.errors import BundleError
from tests.running import detente

GOOD = dict.fromkeys(NAMES, b"words\n")


def zipped(path: Path, files: list[tuple[str, bytes]], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("name", ["../evidence.csv", "/etc/passwd", "..\\x", "evidence.csv/", "run.py", "EVIDENCE.CSV"])
def test_other_names_are_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "x.zip", [*GOOD.items(), (name, b"x")])
    with pytest.raises(BundleError, match="refused: it holds"):
        unpack(path)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="twice"):
        unpack(zipped(tmp_path / "x.zip", [*GOOD.items(), ("evidence.csv", b"other")]))


def test_what_lacks_a_file_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"it has no manifest\.json"):
        unpack(zipped(tmp_path / "x.zip", [one for one in GOOD.items() if one[0] != "manifest.json"]))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", [*[one for one in GOOD.items() if one[0] != "evidence.csv"], ("evidence.csv", bytes(64 << 20))])  # fmt: skip  # noqa: E501
    assert path.stat().st_size < 200_000
    with pytest.raises(BundleError, match="unpacks to far more"):
        unpack(path)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", [*[one for one in GOOD.items() if one[0] != "evidence.csv"], ("evidence.csv", bytes(64 << 20))])  # fmt: skip  # noqa: E501
    size = (64 << 20).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(BundleError):
        unpack(path)


def test_too_much_in_all_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", list(GOOD.items()))
    data = path.read_bytes()
    told = data.replace((6).to_bytes(4, "little") + (10).to_bytes(2, "little"), (MOST_BYTES).to_bytes(4, "little") + (10).to_bytes(2, "little"))  # fmt: skip  # noqa: E501
    if told == data:
        pytest.fail("the sizes are not where they were expected")
    path.write_bytes(told)
    with pytest.raises(BundleError, match=r"MB|whole ZIP"):
        unpack(path)


def test_other_compressions_come_out_or_are_refused(tmp_path: Path) -> None:
    assert unpack(zipped(tmp_path / "x.zip", list(GOOD.items()), zipfile.ZIP_STORED)) == GOOD


@given(st.binary(max_size=200), st.integers(0, 3_000), st.integers(1, 40))
def test_damaged_zips_are_refused_in_words(noise: bytes, at: int, length: int) -> None:
    import tempfile

    data = bytearray(pack(GOOD))
    data[at : at + length] = noise
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.zip"
        path.write_bytes(bytes(data))
        try:
            found = unpack(path)
        except BundleError:
            return
        assert set(found) == set(NAMES)


def test_the_command_says_so_and_ends_with_1(tmp_path: Path) -> None:
    bad = zipped(tmp_path / "x.zip", [("../x", b"x")])
    for path, words in ((bad, "refused"), (tmp_path / "none.zip", "there is no file"), (tmp_path, "no whole ZIP")):
        ran = detente("verify", path)
        assert (ran.returncode, words in ran.stderr.decode()) == (1, True)
    text = tmp_path / "text.zip"
    text.write_text("words")
    assert "no whole ZIP" in detente("verify", text).stderr.decode()
    assert io.BytesIO(pack(GOOD)).getvalue() == pack(GOOD)
