"""Figures of any period, and the sheets and forms made of them."""
