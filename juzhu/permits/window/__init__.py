"""窗口: what an officer does for somebody who stands there."""
