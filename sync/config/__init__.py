"""config.yaml → one frozen Config; every fault reported at once, each with its line."""

from sync.config.load import Config, load_config

__all__ = ["Config", "load_config"]
