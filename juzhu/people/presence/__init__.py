"""本人核验: ways of proving, freshly, that it is the holder who opens, loads or presents the permit.

Source: notice 2(2)3. A face is never the only way (人脸识别技术应用安全管理办法; requirements J10). See
docs/presence.md.
"""
