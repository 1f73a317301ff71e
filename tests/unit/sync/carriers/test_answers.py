"""What servers say is read strictly, and what they are told is signed as the standard has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.carriers import KIND, SECRET, SETTING, SETTINGS, Kind
from desk_app.domain.errors import CarrierSettingWrong
from desk_app.sync.carriers.carrier import in_boxes, is_bundle
from desk_app.sync.carriers.opening import checked
from desk_app.sync.carriers.s3_signing import Signer
from desk_app.sync.carriers.xml_reading import NotXml, read

MAY_24_2013 = 1_369_353_600_000


def test_the_signature_of_the_published_example() -> None:
    signer = Signer("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
    host = "examplebucket.s3.amazonaws.com"
    got = signer.headers("GET", host, "/test.txt", {}, {"Range": "bytes=0-9"}, b"", MAY_24_2013)
    assert got["authorization"].endswith("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    listed = signer.headers("GET", host, "/", {"max-keys": "2", "prefix": "J"}, {}, b"", MAY_24_2013)
    assert listed["authorization"].endswith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
    assert "wJalr" not in repr(signer)


def test_elements_are_read_without_their_namespaces() -> None:
    top = read(b'<a:x xmlns:a="DAV:"><a:y>1<z> 2 </z></a:y><y>3</y></a:x>')
    assert top.word("x", "y", "z") == "2"
    assert [one.text for one in top.all("y")] == ["1", "3"]
    assert top.word("x", "nothing", "z") == ""


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html><br></html>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        b"<x>" * 100 + b"</x>" * 100,
    ],
)
def test_what_is_no_plain_list_is_refused(answer: bytes) -> None:
    with pytest.raises(NotXml):
        read(answer)


@given(st.binary(max_size=200))
def test_no_answer_brings_the_reader_down(answer: bytes) -> None:
    try:
        read(answer)
    except NotXml:
        return


def test_only_bundles_of_the_own_box_are_taken() -> None:
    names = ["a.roh", "mine/b.ROH", "theirs/c.roh", "mine/../d.roh", "mine/x/e.roh", ".f.roh", "g.roh.tmp", "mine/"]
    assert in_boxes(names, ["mine"]) == ["a.roh", "mine/b.ROH"]


@pytest.mark.parametrize("name", ["a\\b.roh", "a:b.roh", "\x00.roh", "a" * 300 + ".roh", ".roh", "../a.roh"])
def test_names_that_no_folder_should_see(name: str) -> None:
    assert not is_bundle(name)


@pytest.mark.parametrize("name", ["bundle (1).roh", "bundle-DESKTOP-ABC.roh", "бастаи нав.roh", "A.ROH"])
def test_copies_that_a_synchronised_folder_makes_are_bundles_too(name: str) -> None:
    assert is_bundle(name)


def test_settings_are_whole_and_possible() -> None:
    told = {"server": " host ", "user": "u"}
    assert checked(Kind.SFTP, told) == {"server": "host", "port": "22", "folder": "", "user": "u", "fingerprint": ""}
    for wrong in ({"server": "host"}, told | {"port": "99999"}, told | {"port": "x"}, told | {"x": "y"}):
        with pytest.raises(CarrierSettingWrong):
            checked(Kind.SFTP, wrong)


def test_everything_that_is_asked_has_its_words() -> None:
    asked = {setting.name for settings in SETTINGS.values() for setting in settings}
    assert asked < set(SETTING.words)
    assert set(KIND.words) == set(Kind) == set(SETTINGS)
    assert Kind.FOLDER not in SECRET
