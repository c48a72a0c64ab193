"""Many files at once: one file's work, the processes that share it, and the journal that lets a run go on later."""
