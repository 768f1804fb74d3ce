"""Graphs at a SPARQL server: read there as they are read here, and sent there graph by graph.

    view = RemoteView(connect(settings()))     # a kg.query.View
    publish(snapshot, connection, progress)    # what changed, by the hashes of the manifest
    compare(snapshot, view, questions)         # whether the server answers as the snapshot does

Only SPARQL 1.1 Protocol and Graph Store Protocol are spoken, over httpx. At the server each named graph of ours stands under its own
name; beside them acr:graph/union holds their union, each triple once, which every query is told to take as its default graph: what a
server's own default graph is differs from one to the next. acr:graph/published says what is there, by graph and hash.
"""

from kg.remote.comparing import Outcome, compare
from kg.remote.connection import Connection, connect
from kg.remote.publishing import Plan, Report, plan, publish
from kg.remote.servers import Server, kinds, server_of
from kg.remote.store import RemoteStore
from kg.remote.view import RemoteView

__all__ = [
    "Connection",
    "Outcome",
    "Plan",
    "RemoteStore",
    "RemoteView",
    "Report",
    "Server",
    "compare",
    "connect",
    "kinds",
    "plan",
    "publish",
    "server_of",
]
