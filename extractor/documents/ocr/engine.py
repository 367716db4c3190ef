"""The lines of a picture by rapidocr's models, which are in its wheel: nothing is ever fetched.

rapidocr finds where lines are; the characters are read here from its recognition model, because every one of them needs
its place and its confidence. Loaded when the first page is recognised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from extractor.documents.ocr.picture import Picture
from extractor.model import Box

NEEDED = ("rapidocr", "onnxruntime", "cv2")
DETECTION, RECOGNITION = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
# The longer side (pixels) of what lines are looked for in: finer finds no more of them and takes longer.
DETECTED_SIDE = 2000
# The height (pixels) that the model reads lines in, and the least width.
READ_HEIGHT, LEAST_WIDTH = 48, 96
# Columns of pixels that are read at once: what comes out of the model for so many takes 70 MB.
BATCH_WIDTH = 6000
# A line wider than this many heights is no line.
WIDEST = 120


class Char(NamedTuple):
    """A recognised character: its middle across the picture (pixels), and how sure it is, from 0 to 1.

    ``spaced`` says that a space was seen in front of it.
    """

    char: str
    middle: float
    confidence: float
    spaced: bool = False


class Recognised(NamedTuple):
    """A line of a picture: its box in pixels and its characters from left to right."""

    box: Box
    chars: tuple[Char, ...]

    @property
    def confidence(self) -> float:
        """The mean over its characters."""
        return sum(char.confidence for char in self.chars) / max(len(self.chars), 1)


def is_installed() -> bool:
    """Whether pages can be recognised here."""
    return all(map(find_spec, NEEDED)) and all(find_model(name).is_file() for name in (DETECTION, RECOGNITION))


def find_model(name: str) -> Path:
    """The file of a model in rapidocr's wheel."""
    spec = find_spec("rapidocr")
    places = (spec and spec.submodule_search_locations) or [""]
    return Path(places[0]) / "models" / name


# ── where lines are ──────────────────────────────────────────────────────────────────────────────────────


@cache
def _load_detector() -> Any:
    from rapidocr import RapidOCR

    # With the path of a model nothing is looked up, and nothing can be fetched.
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": DETECTED_SIDE,
            "Det.model_path": str(find_model(DETECTION)),
        }
    )


def find_lines(picture: Picture) -> list[Box]:
    """The boxes of a picture's lines in pixels, in no order; the picture is grey and its lines are level."""
    import cv2

    colours = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    found = _load_detector()(colours, use_det=True, use_cls=False, use_rec=False)
    corners = [] if found.boxes is None else found.boxes.tolist()
    return [_surround_corners(four) for four in corners]


def _surround_corners(corners: Sequence[Sequence[float]]) -> Box:
    xs, ys = zip(*corners, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


# ── what they say ────────────────────────────────────────────────────────────────────────────────────────


class Model(NamedTuple):
    """The model that reads lines, and the character of each of its classes, the first of which is none."""

    session: Any
    characters: tuple[str, ...]


@cache
def _load_model() -> Model:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(str(find_model(RECOGNITION)), options, providers=["CPUExecutionProvider"])
    listed = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return Model(session, ("", *listed, " "))


def read_lines(picture: Picture, boxes: Sequence[Box]) -> list[Recognised]:
    """What stands in each of the boxes of a picture; boxes without a character are left out."""
    crops = [(box, crop) for box in boxes if (crop := _cut_line(picture, box)) is not None]
    crops.sort(key=lambda pair: pair[1].shape[1])
    found = [line for batch in _split_batches(crops) for line in _read_batch(batch)]
    return [line for line in found if line.chars]


def _cut_line(picture: Picture, box: Box) -> Picture | None:
    """A line as the model reads it: so many pixels high; None for what is no line."""
    import cv2

    x0, top, x1, bottom = (max(0, round(edge)) for edge in box)
    crop = picture[top:bottom, x0:x1]
    height, width = crop.shape
    if min(height, width) < 2 or width > WIDEST * height:
        return None
    resized: Picture = cv2.resize(crop, (max(1, round(width * READ_HEIGHT / height)), READ_HEIGHT))
    return resized


def _split_batches(crops: Sequence[tuple[Box, Picture]]) -> Iterator[list[tuple[Box, Picture]]]:
    """Lines of about one width, as many as may be read at once; the narrowest are first."""
    batch: list[tuple[Box, Picture]] = []
    for pair in crops:
        if batch and (len(batch) + 1) * pair[1].shape[1] > BATCH_WIDTH:
            yield batch
            batch = []
        batch.append(pair)
    if batch:
        yield batch


def _read_batch(batch: Sequence[tuple[Box, Picture]]) -> Iterator[Recognised]:
    import numpy as np

    session, characters = _load_model()
    width = max(LEAST_WIDTH, *(crop.shape[1] for _, crop in batch))
    filled = np.zeros((len(batch), 3, READ_HEIGHT, width), np.float32)
    for at, (_, crop) in enumerate(batch):
        filled[at, :, :, : crop.shape[1]] = crop / np.float32(127.5) - 1
    [scores] = session.run(None, {session.get_inputs()[0].name: filled})
    for (box, crop), classes, sure in zip(batch, scores.argmax(2).tolist(), scores.max(2).tolist(), strict=True):
        scale = width / len(classes) * (box[2] - box[0]) / crop.shape[1]
        yield Recognised(box, tuple(_list_chars(classes, sure, characters, box[0], scale)))


def _list_chars(
    classes: Sequence[int], sure: Sequence[float], characters: Sequence[str], left: float, scale: float
) -> Iterator[Char]:
    """The characters of a line: a class that goes on over several columns is one.

    >>> [*_list_chars([0, 1, 1, 0, 2], [0.9, 0.5, 0.75, 0.9, 1.0], ("", "5", " "), 100.0, 2.0)]
    [Char(char='5', middle=104.0, confidence=0.75, spaced=False)]
    """
    spaced = False
    for number, run in groupby(enumerate(classes), itemgetter(1)):
        columns = [at for at, _ in run]
        char = characters[number]
        if char.strip():
            middle = left + (columns[0] + columns[-1] + 1) / 2 * scale
            yield Char(char, middle, round(max(sure[columns[0] : columns[-1] + 1]), 3), spaced)
            spaced = False
        spaced = spaced or char.isspace()
