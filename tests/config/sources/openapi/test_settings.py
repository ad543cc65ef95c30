"""What a reader is given has defaults that are those of AWS's import."""

from emulator.config.sources.openapi.settings import Settings


def test_defaults() -> None:
    settings = Settings("rest", "shop", "abcdef1234", "dev")
    assert (settings.base_path, settings.timeout_ms, settings.warns) == ("ignore", None, False)
