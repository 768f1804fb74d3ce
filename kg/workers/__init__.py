"""Who reads documents: this process, worker processes of this machine, or a cluster.

    reader = Hands(workers=2).reader(setup, desk, shelf, total)
    reader.prepare()                       # the model is loaded
    done = reader.submit(tasks).result()   # one for each task, in their order
    reader.close()

Whoever reads, the same documents give the same entries; they lie on the shelf as soon as each is read.
"""

from kg.workers.desk import Desk, Done, Reader, Setup
from kg.workers.hands import Hands

__all__ = ["Desk", "Done", "Hands", "Reader", "Setup"]
