"""What somebody who files, or files for somebody, types and hands in."""
