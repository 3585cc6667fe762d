"""The errors: a stable list of codes, each complete."""

import pytest

from gossamer import errors
from gossamer.errors import GossamerError

# (class, its base, code, stage, retryable). A code that has been released never changes: this list only grows.
RELEASED = [
    ("GossamerError", "Exception", "internal", "internal", False),
    ("InputError", "GossamerError", "internal", "decode", False),
    ("EmptyInput", "InputError", "input-empty", "decode", False),
    ("UnknownFormat", "InputError", "input-format", "decode", False),
    ("DamagedInput", "InputError", "input-damaged", "decode", False),
    ("InputTooLarge", "InputError", "input-too-large", "decode", False),
    ("InvalidOption", "GossamerError", "option-invalid", "options", False),
    ("ModelUnavailable", "GossamerError", "model-unavailable", "load", False),
    ("InferenceFailed", "GossamerError", "inference-failed", "segment", True),
    ("OutputTooLarge", "GossamerError", "output-too-large", "encode", False),
    ("OutOfMemory", "GossamerError", "out-of-memory", "internal", True),
    ("Cancelled", "GossamerError", "cancelled", "internal", True),
]
ABSTRACT = ("GossamerError", "InputError")


def all_classes() -> list[type[GossamerError]]:
    return [getattr(errors, name) for name in errors.__all__]


def test_the_list_is_complete() -> None:
    defined = [
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and value.__module__ == errors.__name__
    ]
    assert sorted(defined) == sorted(errors.__all__)
    assert {name for name, *_ in RELEASED} <= set(defined)


@pytest.mark.parametrize(("name", "base", "code", "stage", "retryable"), RELEASED)
def test_released_errors_stay_as_they_are(name: str, base: str, code: str, stage: str, retryable: bool) -> None:
    error = getattr(errors, name)
    assert error.__base__.__name__ == base
    assert (error.code, error.stage, error.retryable) == (code, stage, retryable)


def test_codes_are_unique() -> None:
    codes = [error.code for error in all_classes() if error.__name__ not in ABSTRACT]
    assert len(set(codes)) == len(codes)


def test_the_tree_in_the_documentation_names_every_class_with_its_code() -> None:
    lines = (errors.__doc__ or "").splitlines()
    for error in all_classes():
        if error.__name__ not in ABSTRACT:
            (line,) = [line for line in lines if f" {error.__name__} " in line]
            assert error.code in line


def test_the_stage_can_be_named_and_the_class_keeps_its_own() -> None:
    assert errors.OutOfMemory("Too much.", stage="matting").stage == "matting"
    assert errors.OutOfMemory("Too much.").stage == errors.OutOfMemory.stage


def test_an_error_reads_as_its_message() -> None:
    error = errors.DamagedInput("The end is missing.")
    assert str(error) == error.message == "The end is missing."
    assert error.advice
