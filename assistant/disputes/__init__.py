"""Points on which the sources of a corpus are known to contradict each other, kept by its editors."""
