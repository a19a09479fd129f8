"""A small service that stands in for a provider of face verification, over real HTTP: in the demo, in tests,
and for whoever connects a real one (docs/presence.md). It opens no camera and sees nobody: its page asks what
it shall have seen. It knows nothing of the rest of juzhu.
"""
