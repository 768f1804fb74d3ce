"""How a change of the graph goes, on the page that began it, and what came of it."""

from __future__ import annotations

import streamlit as st

from kg.errors import DataError
from kg.explorer.frame import say, show_error
from kg.explorer.jobs import Job, Jobs
from kg.explorer.markup import element, show

STAGES = ("foundations", "read", "model", "documents", "fuse", "infer", "publish")
"""What kg.build tells of."""
EVERY = 0.7
"""Seconds between two looks at a job under way."""


def watch(work: Jobs) -> Job | None:
    """Show the job under way, anew every moment without drawing the page again, or the last one that is over; gives that one."""
    job = work.last
    if job is not None and job.running:
        _watched(work)
        return None
    if job is not None:
        _over(job)
    return job


@st.fragment(run_every=EVERY)
def _watched(work: Jobs) -> None:
    job = work.last
    if job is None or not job.running:
        st.rerun()
    share = min(1.0, job.done / job.total) if job.total else 0.0
    stage = say(f"stage {job.stage}") if job.stage in STAGES else say("stage begin")
    counted = f" {job.done} / {job.total}" if job.total else ""
    st.progress(share, text=f"{stage}{counted} · {job.seconds:.0f} s")
    if job.cancelled:
        show(element("p", say("job cancelling"), cls="kg-small", role="status"))
    else:
        st.button(say("job cancel"), on_click=job.cancel, key="job-cancel")


def _over(job: Job) -> None:
    if job.error is not None:
        show_error(DataError(*job.error))
    elif job.report is None:
        show(element("p", say("job cancelled"), role="status"))
    else:
        show(element("p", say("job done", seconds=f"{job.seconds:.1f}"), role="status", cls="kg-done"))
