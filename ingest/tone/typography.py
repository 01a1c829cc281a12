"""Make typography plain, character for character, so that offsets stay true.

vaderSentiment does not know the curly apostrophe: it scores "isn’t happy" as positive.
"""

PLAIN = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
        "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-",
        "…": ".", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": " ", "\ufeff": " ",
        "\t": " ", "\r": " ", "\n": " ",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Return the text of the same length with plain quotes, dashes and spaces."""
    return text.translate(PLAIN)
