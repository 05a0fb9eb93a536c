"""How fast the program is beside the pipeline one would write instead: ``python -m evals.bench``.

Both read the same made-up articles with the same model weights, each in a process of its own. They take turns, a few
articles or questions each, while the other stands still: whatever else the machine does meets both alike, so that
ratios hold where seconds do not.
"""
