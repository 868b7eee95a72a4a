"""The composition root: settings -> adapters -> services -> blueprints."""
