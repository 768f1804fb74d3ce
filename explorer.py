"""What `kg explore` starts (`streamlit run explorer.py`): the pages of app.py, and a page that says so for addresses that lie too deep."""

import streamlit as st
from starlette.middleware import Middleware

from kg.explorer.astray import Astray

app = st.App("app.py", middleware=[Middleware(Astray, base=st.get_option("server.baseUrlPath"))])
