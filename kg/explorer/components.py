"""The components of static/ in a page: the graph and the editor of SPARQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from kg.settings import ROOT

STATIC = ROOT / "static"
_SHIM = """
const ready = import(new URL("app/static/{file}?{hash}", document.baseURI).href);
export default function (component) {{
  let gone = false;
  ready.then((module) => gone || module.default(component));
  return () => {{ gone = true; }};
}}
"""
"""What Streamlit sends with each change of the data; the script itself is loaded once."""

Mount = Callable[..., Any]


@cache
def mount(name: str) -> Mount:
    """The component `graph` or `editor`, to be called with `key`, `data` and callbacks for its triggers.

    What it takes and gives stands at the head of its source, components/src/NAME.js.
    """
    built = json.loads((STATIC / "built.json").read_text(encoding="utf-8"))
    file = f"{name}.js"
    script = _SHIM.format(file=file, hash=built["files"][file][:16])
    css = (STATIC / f"{name}.css").read_text(encoding="utf-8")
    mounted: Mount = st.components.v2.component(f"kg-{name}", js=script, css=css)
    return mounted
