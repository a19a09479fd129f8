"""Comparing a picture with the one on record, on this machine: for development alone.

There is no liveness in it: a photograph of a screen is a perfect match. It is off unless the settings name
it, production refuses it, and its page says so. Needs the extra `face`.
"""

import io
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from PIL import Image

from juzhu.operations import files
from juzhu.people.models import Account
from juzhu.people.presence.errors import FaceUnreadable

LEAST = 0.4
"""One less the distance of two faces: up to 0.6 they are one person's, says who trained the model."""
WIDEST = 800
"""Points of the picture that is looked at: a larger one is made smaller."""
NEEDED = ("dlib", "face_recognition_models", "numpy")


def usable(account: Account) -> bool:
    """Whether the extra is installed, and there is a picture to compare with."""
    person = account.person
    return person is not None and person.photo_id is not None and all(map(find_spec, NEEDED))


def score(account: Account, picture: bytes) -> float:
    """How alike they are: 1 is the same picture. Nothing is kept.

    Raises FileRefused for what is no picture, FaceUnreadable unless each shows exactly one face.
    """
    assert account.person is not None and account.person.photo is not None
    ours = files.path_of(account.person.photo.name).read_bytes()
    theirs = files.check(picture, "photo").content
    distance = import_module("numpy").linalg.norm(_descriptor(ours) - _descriptor(theirs))
    return float(1 - distance)


@cache
def _models() -> tuple[Any, Any, Any]:
    """Who finds faces, who finds their eyes and nose, who describes them: 31 MB, read once a process."""
    dlib, models = import_module("dlib"), import_module("face_recognition_models")
    return (
        dlib.get_frontal_face_detector(),
        dlib.shape_predictor(models.pose_predictor_five_point_model_location()),
        dlib.face_recognition_model_v1(models.face_recognition_model_location()),
    )


def _descriptor(picture: bytes) -> Any:
    """The face in a picture as 128 numbers. Raises FaceUnreadable unless there is exactly one."""
    numpy = import_module("numpy")
    with Image.open(io.BytesIO(picture)) as image:
        image.thumbnail((WIDEST, WIDEST))
        points = numpy.asarray(image.convert("RGB"))
    detector, shape, recogniser = _models()
    found = detector(points, 1)
    if len(found) != 1:
        raise FaceUnreadable
    return numpy.asarray(recogniser.compute_face_descriptor(points, shape(points, found[0])))
