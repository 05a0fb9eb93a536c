"""Claims: values that answer a question, with what else their sentences tie them to.

What ties a value (its key) is told by rules that would rather find no claim than a wrong one: every element, place and
instrument asked about is there and no other of its kind in its stead, the time is the one asked about, a date
belongs to the event asked about, and of several values in a sentence one fits the question best.
"""
