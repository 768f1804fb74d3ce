"""The graph as a service: SPARQL 1.1 Protocol, Graph Store Protocol, and a page for each thing (`kg serve`).

app.py          the routes, over any `backend.Backend`
snapshots.py    the backend over a home: queries in warm processes, a team's own graphs in snapshots
writable.py     the backend over one store that may be written to as one likes
"""
