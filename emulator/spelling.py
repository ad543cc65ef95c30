"""Finds the word that a misspelt one stands for."""

from collections.abc import Iterable


def near(word: str, choices: Iterable[str], closeness: float = 0.66) -> str | None:
    """Return the choice that `word` most likely stands for: the same but for case, `_` and `-`, else a close spelling;
    None where no choice is close. `closeness` is how close it has to be, up to 1.0 for equal words."""
    import difflib  # 4 ms that only a mistake pays

    by_plain = {normalized(choice): choice for choice in choices}
    plain = normalized(word)
    if plain in by_plain:
        return by_plain[plain]
    close = difflib.get_close_matches(plain, by_plain, n=1, cutoff=closeness)
    return by_plain[close[0]] if close else None


def normalized(word: str) -> str:
    """Return `word` without what habits of spelling differ in: `allow_origins`, `Allow-Origins` and `allowOrigins` are
    one word."""
    return word.replace("_", "").replace("-", "").lower()
