"""The colours of relations, on paper and on a dark screen: ink and ground with a contrast that WCAG AA asks for."""

from __future__ import annotations

Colours = dict[str, tuple[str, str]]
"""Ink and ground of every relation, as ``#rrggbb``."""

LIGHT: Colours = {
    "different": ("#8f1414", "#fdecea"),
    "contained": ("#5c3d00", "#f6ecd9"),
    "different_period": ("#6b4a00", "#fdf3d8"),
    "derived": ("#3c5212", "#eef5dd"),
    "combined": ("#3c5212", "#eef5dd"),
    "truncated": ("#5b3a86", "#f2ecfa"),
    "rounded": ("#1f4e79", "#e8f1fa"),
    "equal_converted": ("#0b5a57", "#e3f4f2"),
    "equal": ("#1d5c2e", "#e8f5eb"),
    "only_left": ("#454b54", "#eceef1"),
    "only_right": ("#454b54", "#eceef1"),
}
DARK: Colours = {
    "different": ("#ffb4ab", "#4a1513"),
    "contained": ("#ecc98f", "#3a2c10"),
    "different_period": ("#f5d58a", "#40310a"),
    "derived": ("#c9e08f", "#2b3810"),
    "combined": ("#c9e08f", "#2b3810"),
    "truncated": ("#d9c2f5", "#33214c"),
    "rounded": ("#a9d0f5", "#12304a"),
    "equal_converted": ("#93ded7", "#0c3836"),
    "equal": ("#a3dfb1", "#133a1e"),
    "only_left": ("#c9ced6", "#2c3138"),
    "only_right": ("#c9ced6", "#2c3138"),
}
SIGNS = {
    "different": "≠", "contained": "⊇", "different_period": "◷", "derived": "Δ", "combined": "Σ", "truncated": "≳",
    "rounded": "≈", "equal_converted": "≡", "equal": "=", "only_left": "←", "only_right": "→",
}  # fmt: skip
"""A sign for every relation, for readers who do not see the colours."""


def measure_contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it.

    >>> measure_contrast("#000000", "#ffffff")
    21.0
    """
    darker, lighter = sorted((_measure_luminance(one), _measure_luminance(other)))
    return round((lighter + 0.05) / (darker + 0.05), 2)


def _measure_luminance(colour: str) -> float:
    red, green, blue = (_make_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _make_linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
