"""The explorer: pages over the current snapshot, in English and French, every view with an address of its
own.
"""
