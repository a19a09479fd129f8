"""出租房屋: what is let, the papers that the landlord hands in once, and each office's word on them.

A landlord records the dwelling and hands in title and leases; the police record the letting, the housing
department files leases on state-owned land, the subdistrict looks at titles and leases on collective land and
inspects. What an office has said is evidence of the tenants who live there (`words`).
"""
