"""The explorer's pages over the sample graph, drawn without a browser: `visit` opens one at an address."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from sample import ACR, build_home
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from kg.explorer.behind import OPENED
from kg.explorer.graph_page import LISTS
from kg.explorer.pages import BY_NAME
from kg.settings import settings
from kg.store import Home

Visit = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _scanned_once() -> Iterator[None]:
    """For each page that a test draws Streamlit would look for components in all that is installed, as a server does once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample graph; whoever changes it takes a home of its own."""
    return build_home(tmp_path_factory.mktemp("explored"))


@pytest.fixture
def at_home(explored: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages read the sample graph."""
    monkeypatch.setenv("KG_HOME", str(explored.path))
    settings.cache_clear()
    yield
    settings.cache_clear()


def _draw(page: str) -> None:
    from kg.explorer.pages import BY_NAME

    BY_NAME[page].draw()


@pytest.fixture
def visit(at_home: None) -> Visit:
    """Opens a page at an address, with all that is drawn when it is unfolded; no page may raise."""

    def open_page(page: str, **parameters: str | list[str]) -> AppTest:
        test = AppTest.from_function(_draw, args=(page,), default_timeout=120)
        for name in (*(f"{OPENED}{name}" for name in BY_NAME), LISTS):
            test.session_state[name] = True
        for name, value in parameters.items():
            test.query_params[name] = value.replace("acr:", ACR, 1) if isinstance(value, str) else value
        test.run()
        assert not test.exception
        return test

    return open_page


def markup(test: AppTest) -> str:
    """The HTML of the page without the sidebar; nothing hostile may be in it as markup."""
    written = "".join(str(part.proto.body) for part in _all(test, "html"))
    assert "<img" not in written
    assert "<script" not in written
    assert 'href="javascript' not in written
    return written


def words(test: AppTest) -> str:
    """What a reader reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup(test))).split())


def _all(test: AppTest, kind: str) -> list[Any]:
    return list(test.main.get(kind))
