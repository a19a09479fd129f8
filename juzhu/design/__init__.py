"""The face of the house: pages' frames, components, formats and the words on them. Knows only the law."""
