"""The book of customers: a card each, merging and moving, import, property, market notes, visits, plan."""
