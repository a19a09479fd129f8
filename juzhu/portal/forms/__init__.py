"""The portal's forms: one module a group of pages."""
