"""The explorer's entry for Streamlit: `streamlit run app.py`. Pages and router, nothing else."""

import streamlit as st

from kg.explorer.document import show_document
from kg.explorer.entity import show_entity
from kg.explorer.frame import PAGES, say
from kg.explorer.home import show_home
from kg.explorer.sparql import show_sparql

st.set_page_config(page_title=say("title"), layout="wide")
st.navigation(
    [
        st.Page(show_home, title=say("home"), default=True),
        st.Page(show_entity, title=say("search title"), url_path=PAGES["entity"]),
        st.Page(show_document, title=say("document"), url_path=PAGES["document"]),
        st.Page(show_sparql, title=say("sparql"), url_path=PAGES["sparql"]),
    ],
    position="hidden",
).run()
