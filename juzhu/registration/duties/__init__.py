"""Duties and their clocks: what is due, what is overdue, orders to correct, cases in which a person decides.

Source: Zhejiang arts. 7 to 13, 33 to 35; requirements A03, A14, A17, B01 to B11, G05.
"""
