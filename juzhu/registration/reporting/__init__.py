"""信息报送: organisations and landlords report; what they say is matched, and makes work, never a fact.

Source: Zhejiang arts. 8 to 12, 34, 35; Hangzhou art. 12; requirements B01 to B11.
"""
