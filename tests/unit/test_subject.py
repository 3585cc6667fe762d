"""Which network is asked for the subject, how often, which one is believed, and how much."""

import copy
import json
from typing import Any, Literal

import numpy as np
import pytest

from gossamer.arrays import TensorF32
from gossamer.decode import Photo, photo_from_pixels
from gossamer.errors import Cancelled, InferenceFailed, ModelUnavailable
from gossamer.manifest import Manifest
from gossamer.segment import Finding, find_subject
from gossamer.segment.subject import SURE
from tests.unit.fakes import FakeRuntime, Network, bright, everything, manifest_document, run
from tests.unit.pictures import halves

HEIGHT, WIDTH = 48, 64
FIRST_WIDTH = 32  # the second look is smaller: that is how a fake tells one from the other
PERSON, THING = ["tiny", "tiny"], ["other", "other"]
SLIGHT = 1e-5  # by which alpha is off after resizing and sums in single precision


def photo() -> Photo:
    rgba = np.dstack([halves(HEIGHT, WIDTH), np.full((HEIGHT, WIDTH), 255, np.uint8)])
    return photo_from_pixels(rgba.tobytes(), WIDTH, HEIGHT)


def nothing(tensor: TensorF32) -> TensorF32:
    return np.zeros_like(tensor[:, :1])


def apart(by: float) -> float:
    """The alpha that differs from 1 by a share ``by`` of their mean."""
    return (2 - by) / (2 + by)


def looks(by: float, first: float = 1) -> Network:
    """Sees one alpha everywhere: ``first``, and at the second look one that is ``by`` apart from it."""

    def network(tensor: TensorF32) -> TensorF32:
        alpha = first if tensor.shape[3] == FIRST_WIDTH else first * apart(by)
        return np.full_like(tensor[:, :1], alpha)

    return network


def strip(first: int, second: int) -> Network:
    """Sees the left 32nds of the photo: so many at the first look, and so many at the second."""

    def network(tensor: TensorF32) -> TensorF32:
        alpha = nothing(tensor)
        at_first = tensor.shape[3] == FIRST_WIDTH
        alpha[..., : round((first if at_first else second) / 32 * tensor.shape[3])] = 1
        return alpha if at_first else alpha[..., ::-1]

    return network


def failing(error: Exception, at_look: int = 1) -> Network:
    def network(tensor: TensorF32) -> TensorF32:
        if at_look == 2 and tensor.shape[3] == FIRST_WIDTH:
            return np.full_like(tensor[:, :1], 0.5)
        raise error

    return network


def find(
    person: Network, thing: Network = bright, subject: Literal["auto", "person", "object"] = "auto"
) -> tuple[Finding, list[str]]:
    """The finding, and which networks were asked."""
    runtime = FakeRuntime(person, thing)
    return run(find_subject(photo(), runtime, subject)), runtime.calls


def check(finding: Finding, name: str, alpha: float, second: float, confidence: float) -> None:
    """Everything about a finding that is not empty and the same all over the photo."""
    assert finding.model.name == name
    np.testing.assert_allclose(finding.alpha, alpha, rtol=0, atol=SLIGHT)
    np.testing.assert_allclose(finding.second, second, rtol=0, atol=SLIGHT)
    assert finding.confidence == pytest.approx(confidence, abs=10 * SLIGHT)
    assert codes(finding) == (["subject-unsure"] if confidence < 0.5 else [])


def codes(finding: Finding) -> list[str]:
    return [notice.code for notice in finding.notices]


def test_a_finding_has_the_size_of_the_first_look() -> None:
    finding, calls = find(bright, everything)
    assert calls == PERSON
    assert finding.size == finding.alpha.shape == finding.second.shape == (24, 32)
    assert finding.alpha.dtype == finding.second.dtype == np.float32
    assert finding.alpha.mean() == pytest.approx(0.5)
    assert finding.unrest < 0.1
    assert finding.confidence == pytest.approx(1 - finding.unrest / 0.4)


def test_the_second_look_is_turned_back_and_brought_to_the_size_of_the_first() -> None:
    finding, _ = find(nothing, strip(16, 24))
    assert finding.second[:, :23].min() > 0.95
    assert finding.second[:, 25:].max() < 0.05
    assert finding.unrest == pytest.approx(8 / 20, abs=0.02)  # the strip, over the mean of both areas


@pytest.mark.parametrize("by", [0, 0.1, 0.119])
@pytest.mark.parametrize("thing", [everything, nothing, failing(InferenceFailed("No."))])
def test_a_person_that_is_sure_is_believed_and_nobody_else_asked(by: float, thing: Network) -> None:
    finding, calls = find(looks(by), thing)
    assert calls == PERSON
    check(finding, "tiny", 1, apart(by), 1 - by / 0.4)


@pytest.mark.parametrize("unrest", [0.121, 0.35, 1.5])
@pytest.mark.parametrize("by", [0, 0.1, 0.25, 0.299])
def test_where_both_agree_the_person_is_believed_and_the_other_casts_no_doubt(unrest: float, by: float) -> None:
    finding, calls = find(looks(unrest), looks(1.5, first=apart(by)))
    assert calls == [*PERSON, "other"]
    check(finding, "tiny", 1, 1, 1 - by / 0.4)


@pytest.mark.parametrize("unrest", [0.121, 1.5])
@pytest.mark.parametrize("between", [0.301, 1.5])
@pytest.mark.parametrize("by", [0.05, 0.19, 0.3, 0.5])
def test_where_they_disagree_the_object_is_believed_by_half(unrest: float, between: float, by: float) -> None:
    finding, calls = find(looks(unrest), looks(by, first=apart(between)))
    assert calls == PERSON + THING
    check(finding, "other", apart(between), apart(between) * apart(by), max(0, 1 - by / 0.4) / 2)


@pytest.mark.parametrize("by", [0, 0.15, 0.3, 0.5])
@pytest.mark.parametrize("person", [nothing, looks(0, first=0.004)], ids=["empty", "a speck"])
def test_where_there_is_no_person_the_object_is_believed_as_sure_as_it_is(person: Network, by: float) -> None:
    finding, calls = find(person, looks(by))
    assert calls == PERSON + THING
    check(finding, "other", 1, apart(by), max(0, 1 - by / 0.4))


def test_a_small_person_is_one() -> None:
    finding, calls = find(looks(0, first=0.006))
    assert calls == PERSON
    check(finding, "tiny", 0.006, 0.006, 1)


@pytest.mark.parametrize("by", [0.121, 0.3, 0.5])
@pytest.mark.parametrize("thing", [nothing, looks(1.5, first=0.004)], ids=["empty", "a speck"])
def test_an_unsure_person_is_believed_rather_than_nothing(thing: Network, by: float) -> None:
    finding, calls = find(looks(by), thing)
    assert calls == PERSON + THING
    check(finding, "tiny", 1, 1, max(0, 1 - by / 0.4))


@pytest.mark.parametrize(("subject", "name"), [("person", "tiny"), ("object", "other")])
@pytest.mark.parametrize("by", [0, 0.119, 0.121, 0.3, 0.5])
def test_who_is_named_is_asked_alone(subject: Any, name: str, by: float) -> None:
    """And where its looks contradict each other, the closer one counts."""
    finding, calls = find(looks(by), looks(by), subject)
    assert calls == [name, name]
    check(finding, name, 1, apart(by) if by < SURE else 1, max(0, 1 - by / 0.4))


@pytest.mark.parametrize("error", [InferenceFailed("No."), ModelUnavailable("Gone.")])
@pytest.mark.parametrize(("look", "asked"), [(1, ["other"]), (2, THING)])
@pytest.mark.parametrize("by", [0.121, 0.3, 0.5])
def test_where_the_network_for_objects_fails_the_person_will_do(
    error: Exception, look: int, asked: list[str], by: float
) -> None:
    finding, calls = find(looks(by), failing(error, look))
    assert calls == PERSON + asked
    check(finding, "tiny", 1, 1, max(0, 1 - by / 0.4))


@pytest.mark.parametrize("error", [InferenceFailed("No."), ModelUnavailable("Gone.")])
def test_where_the_network_for_objects_fails_and_there_is_no_person_nothing_is_found(error: Exception) -> None:
    finding, calls = find(nothing, failing(error))
    assert calls == [*PERSON, "other"]
    assert (finding.model.name, finding.confidence, codes(finding)) == ("tiny", 0, ["subject-missing"])


@pytest.mark.parametrize("error", [InferenceFailed("No."), ModelUnavailable("Gone."), Cancelled("Stop.")])
@pytest.mark.parametrize(("subject", "person"), [("auto", None), ("person", None), ("object", bright)])
def test_where_the_network_that_was_wanted_fails_so_does_the_search(
    error: Exception, subject: Any, person: Network | None
) -> None:
    broken = failing(error)
    with pytest.raises(type(error)):
        find(person or broken, broken if person else bright, subject)


@pytest.mark.parametrize("look", [1, 2])
def test_cancelling_is_no_failure_of_the_network_for_objects(look: int) -> None:
    with pytest.raises(Cancelled):
        find(nothing, failing(Cancelled("Stop."), look))


@pytest.mark.parametrize(
    ("subject", "asked", "name"),
    [("auto", PERSON + THING, "other"), ("person", PERSON, "tiny"), ("object", THING, "other")],
)
@pytest.mark.parametrize("network", [nothing, looks(0, first=0.004), strip(0, 8)], ids=["twice", "speck", "once"])
def test_an_empty_photo_is_told(subject: Any, asked: list[str], name: str, network: Network) -> None:
    finding, calls = find(network, network, subject)
    assert calls == asked
    assert finding.is_empty
    assert (finding.model.name, finding.confidence, codes(finding)) == (name, 0, ["subject-missing"])


@pytest.mark.parametrize(("thing", "name", "size"), [(bright, "tiny", (24, 32)), (everything, "other", (48, 64))])
def test_networks_of_different_sizes_are_compared_at_the_persons(
    thing: Network, name: str, size: tuple[int, int]
) -> None:
    document = manifest_document()
    document["models"]["other"] = copy.deepcopy(document["models"]["other"])
    document["models"]["other"]["input"].update(size=64, size_min=64)
    runtime = FakeRuntime(strip(16, 32), thing)
    runtime.manifest = Manifest.from_json(json.dumps(document))
    finding = run(find_subject(photo(), runtime))
    assert finding.model.name == name
    assert finding.size == finding.second.shape == size


def test_the_photo_is_left_as_it_was() -> None:
    seen = photo()
    before = seen.rgba.copy()
    run(find_subject(seen, FakeRuntime(nothing)))
    np.testing.assert_array_equal(seen.rgba, before)
