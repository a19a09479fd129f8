"""What wallets speak with: OpenID4VCI 1.0 and OpenID4VP 1.0. No session, no cookie; errors as OAuth 2 has
them.
"""
