"""The explorer's script, which Streamlit runs for each view. Router, nothing else; the pages stand in kg/explorer/pages.py."""

import streamlit as st

from kg.explorer.frame import say
from kg.explorer.memory import leave_at_rest
from kg.explorer.missing import show_missing, unknown
from kg.explorer.pages import PLACES

st.set_page_config(page_title=say("title"), layout="wide")
pages = [
    st.Page(place.draw, title=say(place.name), url_path=place.path, default=place.name == "home") for place in PLACES
]
if name := unknown(st.context.url or ""):
    pages.append(st.Page(show_missing, title=say("missing"), url_path=name))
shown = st.navigation(pages, position="hidden")
shown.run()
leave_at_rest("missing" if name else shown.url_path)
