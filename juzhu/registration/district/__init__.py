"""The district in figures: who is registered where, who comes and goes, what is let. Counts alone, never
people; and no count so small that it could point at somebody. Every figure is defined in docs/district.md.
"""
