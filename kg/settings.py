"""Settings, read from the environment with the prefix KG_ (KG_HOME, KG_LANGUAGE, …)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The project's folder, which holds `ontology/` and `seeds/`."""


class Settings(BaseSettings):
    """What a user may set; each field is the environment variable of its name with KG_ before it."""

    model_config = SettingsConfigDict(env_prefix="KG_", extra="ignore")

    home: Path = Field(default=Path("graph"), description="folder that holds the graph's snapshots")
    seeds: Path = Field(default=ROOT / "seeds", description="folder of the seeds: reference/ and documents/")
    ontology: Path = Field(default=ROOT / "ontology", description="folder of the ontology, lexicons, rules and queries")
    judgements: Path | None = Field(
        default=None, description="file of what reviewers judged; judgements.jsonl in the seeds by default"
    )
    reviewer: str = Field(default="", description="who judges; the user.name of git where not set")
    language: str = Field(default="en", description="language of the explorer and of saved questions: en or fr")
    keep_snapshots: int = Field(default=3, ge=1, description="how many finished snapshots to keep")
    query_seconds: float = Field(default=30.0, gt=0, description="time limit of one query")
    query_rows: int = Field(default=10_000, ge=1, description="row limit of one query in the explorer")
    query_memory: int = Field(default=4096, ge=512, description="memory limit of one query, in MB")
    token: SecretStr = Field(
        default=SecretStr(""), description="token that lets a team write its own graphs to kg serve"
    )
    serve_workers: int = Field(default=8, ge=1, description="queries that kg serve answers at once")
    serve_queue: int = Field(default=64, ge=0, description="queries that may wait beyond those")
    serve_rows: int = Field(default=100_000, ge=1, description="row limit of one query to kg serve")
    serve_body: int = Field(default=16, ge=1, description="largest body of a request to kg serve, in MB")
    serve_origins: str = Field(default="", description="web origins whose pages may ask kg serve, with commas between")
    store: str = Field(default="", description="address of the SPARQL server that is read, and published to")
    store_kind: str = Field(default="", description="which server it is, where its address does not tell")
    store_query: str = Field(default="", description="where it takes queries, if not where its kind does")
    store_update: str = Field(default="", description="where it takes updates, likewise")
    store_graphs: str = Field(default="", description="where it speaks the Graph Store Protocol, likewise")
    store_user: str = Field(default="", description="user there")
    store_password: SecretStr = Field(default=SecretStr(""), description="that user's password")
    store_token: SecretStr = Field(
        default=SecretStr(""), description="bearer token there, in place of user and password"
    )
    store_seconds: float = Field(default=300.0, gt=0, description="time limit of one write there")
    document_characters: int = Field(default=1_000_000, ge=1, description="longest document that is read")
    file_megabytes: int = Field(default=50, ge=1, description="largest file that is read at once, in MB")
    read_seconds: float = Field(default=20.0, gt=0, description="time limit to take a page, PDF, feed or message apart")
    read_memory: int = Field(default=1000, ge=100, description="memory limit to take one apart, in MB")
    document_seconds: float = Field(default=120.0, gt=0, description="time limit to extract from one document")
    workers: int | None = Field(
        default=None, ge=0, description="processes that extract, one a core by default; 0: in the command's own"
    )
    worker_memory: int = Field(default=2500, ge=1000, description="memory limit of one such process, in MB")
    shards: str = Field(
        default="",
        description="where extractions are kept, a folder or an fsspec address; shards/ in the home by default",
    )
    llm_url: str = Field(default="", description="chat endpoint that kg compare asks, such as http://localhost:8000/v1")
    llm_model: str = Field(default="", description="name of the model at that endpoint")
    llm_key: SecretStr = Field(default=SecretStr(""), description="key for that endpoint, where it wants one")
    llm_seconds: float = Field(default=120.0, gt=0, description="time limit of one of its answers")
    llm_cache: Path | None = Field(default=None, description="folder of its answers; answers/ in the home by default")


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
