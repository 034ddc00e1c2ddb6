"""Where the agenda book and the archive live: one port, its backends, and the one place that chooses."""
