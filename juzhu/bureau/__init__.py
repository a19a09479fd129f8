"""A small service that stands in for a department's own, over real HTTP: in the demo, in tests, and for
whoever writes a real one (docs/bureaus.md). It knows nothing of the rest of juzhu.
"""
