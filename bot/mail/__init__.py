"""Mail going out: a letter as bytes, and the ways to hand it over."""
