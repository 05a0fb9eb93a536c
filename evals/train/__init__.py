"""Programs that remake the weights the project ships."""
