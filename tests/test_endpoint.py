"""The second extractor, against a local server that replays answers written by hand, and the comparison with the rules."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from fakes import lean_project

from kg import mapping, vocabulary
from kg.comparison import compare
from kg.errors import CallError, DataError
from kg.extract import Extractor
from kg.extract.lexicon import function_words, line_words
from kg.extract.lines.sentences import Sentences
from kg.extract.proposing.chat import Chat
from kg.extract.proposing.endpoint import PART, Endpoint, configured
from kg.extract.proposing.linking import Linker
from kg.extract.proposing.together import Together
from kg.extract.protocol import both
from kg.model import Document, Reference, Span
from kg.namespaces import AC
from kg.settings import ROOT, settings

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]

TEXT = (
    "La Russie a livré des S-400 à l’Inde en mai 2021, affirme Vladimir Poutine.\n"
    "Washington pourrait sanctionner New Delhi. Le drone Valkyr-7 a été testé par Ankara."
)
DOCUMENT = Document("note", TEXT, "note.txt", issued="2021-06-01")
WORDS = vocabulary.load(ROOT / "ontology")
SENTENCES = Sentences(line_words(ROOT / "ontology" / "lexicon" / "fr"))
ID = "https://w3id.org/arms-control/id/"

DELIVERY: dict[str, Any] = {
    "quote": "La Russie a livré des S-400 à l'Inde en mai 2021, affirme Vladimir Poutine.",
    "trigger": "a livré",
    "event": "ArmsTransfer",
    "roles": [
        {"role": "supplier", "name": "La Russie", "kind": "State"},
        {"role": "recipient", "name": "l'Inde", "kind": "State"},
        {"role": "item", "name": "S-400", "kind": "WeaponSystem"},
    ],
    "modality": "Actual",
    "polarity": "Affirmed",
    "claimant": {"name": "Vladimir Poutine", "kind": "Person"},
    "relayed_by": [],
    "date": "2021-05",
    "date_words": "en mai 2021",
}
SANCTION: dict[str, Any] = {
    "quote": "Washington pourrait sanctionner New Delhi.",
    "trigger": "sanctionner",
    "event": "Sanction",
    "roles": [
        {"role": "agent", "name": "Washington", "kind": "State"},
        {"role": "target", "name": "New Delhi", "kind": "State"},
    ],
    "modality": "Possible",
    "polarity": "Affirmed",
    "claimant": None,
    "relayed_by": [],
    "date": None,
    "date_words": None,
}
TEST: dict[str, Any] = SANCTION | {
    "quote": "Le drone Valkyr-7 a été testé par Ankara.",
    "trigger": "testé",
    "event": "WeaponTest",
    "roles": [
        {"role": "agent", "name": "Ankara", "kind": "State"},
        {"role": "item", "name": "Valkyr-7", "kind": "WeaponSystem"},
    ],
    "modality": "Actual",
}


class Server:
    """A chat endpoint that gives what it was told to give, and remembers what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.body = b""
        self.delay = 0.0
        self.pieces = 1
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                server.give(self)

            def log_message(self, format: str, *values: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def give(self, handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.send_response(self.status)
            handler.end_headers()
            size = max(1, len(self.body) // self.pieces)
            for begin in range(0, len(self.body), size):
                time.sleep(self.delay)
                handler.wfile.write(self.body[begin : begin + size])
                handler.wfile.flush()
        except OSError:
            pass  # who asked has gone

    def answer(self, content: object, **choice: object) -> None:
        """Give this content as the model's message."""
        text = content if isinstance(content, str) else json.dumps(content)
        self.body = json.dumps({"choices": [{"message": {"content": text}, **choice}]}).encode()

    def claims(self, *claims: dict[str, Any]) -> None:
        self.answer({"claims": claims})

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    server = Server()
    yield server
    server.close()


@pytest.fixture
def chat(server: Server, tmp_path: Path) -> Chat:
    return Chat(server.url, "tiny", 5.0, tmp_path / "answers", "geheim")


@pytest.fixture(scope="module")
def linker(reference_data: Reference) -> Linker:
    return Linker(reference_data, function_words(ROOT / "ontology" / "lexicon" / "fr"))


@pytest.fixture
def endpoint(chat: Chat, linker: Linker) -> Endpoint:
    return Endpoint(linker, WORDS, chat, SENTENCES)


def changed(claim: dict[str, Any], **fields: object) -> dict[str, Any]:
    return claim | fields


def test_what_is_asked(server: Server, endpoint: Endpoint) -> None:
    server.claims()
    endpoint.extract(DOCUMENT)
    ((path, headers, body),) = server.requests
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == "Bearer geheim"
    assert (body["model"], body["temperature"]) == ("tiny", 0)
    assert body["messages"][1] == {"role": "user", "content": f"Date of publication: 2021-06-01\n\n{TEXT}"}
    assert "- TransferOffer (supplier, recipient, item): An offer to sell" in body["messages"][0]["content"]
    claim = body["response_format"]["json_schema"]["schema"]["properties"]["claims"]["items"]
    assert set(claim["required"]) == set(DELIVERY)
    assert claim["properties"]["modality"]["enum"] == ["Actual", "Planned", "Possible"]
    assert len(claim["properties"]["event"]["enum"]) == 25
    assert "Agent" not in claim["properties"]["roles"]["items"]["properties"]["kind"]["enum"]


def test_good_answers_become_claims(server: Server, endpoint: Endpoint) -> None:
    server.claims(DELIVERY, SANCTION, TEST)
    proposal = endpoint.propose(DOCUMENT)
    read = proposal.extraction
    assert proposal.set_aside == ()
    assert [event.kind for event in read.events] == ["ArmsTransfer", "Sanction", "WeaponTest"]
    transfer, sanction, _ = read.events
    assert [(f.role, f.entity.removeprefix(ID), f.rule) for f in transfer.fillers] == [
        ("item", "weapon/s-400", "proposed/gazetteer"),
        ("recipient", "state/IND", "proposed/gazetteer"),
        ("supplier", "state/RUS", "proposed/gazetteer"),
    ]
    assert [(f.entity.removeprefix(ID), f.rule) for f in sanction.fillers] == [
        ("state/USA", "proposed/metonym"),
        ("state/IND", "proposed/metonym"),
    ]
    assert transfer.when is not None
    assert (transfer.when.edtf, transfer.when.earliest, transfer.when.latest) == ("2021-05", "2021-05-01", "2021-05-31")
    assert transfer.when.span is not None
    assert transfer.when.span.of(TEXT) == "en mai 2021"
    claim = read.claims[0]
    assert claim.method == "endpoint:tiny"
    assert claim.sentence.of(TEXT) == "La Russie a livré des S-400 à l’Inde en mai 2021, affirme Vladimir Poutine."
    assert claim.trigger.of(TEXT) == "a livré"
    assert (claim.modality, claim.polarity, claim.confidence) == ("Actual", "Affirmed", 0.5)
    assert claim.claimant == ID + "person/vladimir-putin"
    (new,) = read.entities
    assert (new.kind, new.label, new.reconciled) == ("WeaponSystem", "Valkyr-7", False)
    assert [s.of(TEXT) for s in read.sentences][1:] == [SANCTION["quote"], TEST["quote"]]
    assert {m.span.of(TEXT) for m in read.mentions} >= {"La Russie", "l’Inde", "Washington", "Valkyr-7"}


def test_what_stands_can_be_mapped(server: Server, endpoint: Endpoint) -> None:
    server.claims(DELIVERY, SANCTION, TEST)
    quads = set(mapping.quads(endpoint.extract(DOCUMENT)))
    methods = {
        q.object.value for q in quads if q.predicate.value.endswith("#method") and isinstance(q.object, ox.Literal)
    }
    assert {"endpoint:tiny", "proposed/new", "proposed/metonym"} <= methods


def test_two_claims_about_one_event(server: Server, endpoint: Endpoint) -> None:
    server.claims(SANCTION, changed(SANCTION, modality="Planned"), SANCTION)
    read = endpoint.extract(DOCUMENT)
    assert len(read.events) == 1
    assert [claim.modality for claim in read.claims] == ["Possible", "Planned"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"quote": "La Chine a tout livré."}, "The quote “La Chine a tout livré.” does not stand in the text."),
        ({"quote": " "}, "The quote “ ” does not stand in the text."),
        ({"trigger": "affirme"}, "The trigger “affirme” does not stand in the quote."),
        ({"event": "Party"}, "There is no event class 'Party'."),
        ({"modality": "Certain"}, "There is no modality 'Certain'."),
        ({"polarity": "Denied"}, "There is no polarity 'Denied'."),
        ({"roles": []}, "It fills no role."),
        (
            {"roles": [{"role": "supplier", "name": "Washington", "kind": "State"}]},
            "Sanction has no role 'supplier'.",
        ),
        (
            {"roles": [{"role": "target", "name": "Pékin", "kind": "State"}]},
            "The target “Pékin” is not named in the text.",
        ),
        (
            {"roles": [{"role": "target", "name": "S-400", "kind": "WeaponSystem"}]},
            "The target “S-400” is no Agent or ArmedGroup or Company or GovernmentBody or InternationalOrganization or "
            "MediaOutlet or Organization or Person or State that the reference knows.",
        ),
        (
            {"claimant": {"name": "pourrait", "kind": "State"}},
            "The claimant “pourrait” is no Agent or ArmedGroup or Company or GovernmentBody or "
            "InternationalOrganization or MediaOutlet or Organization or Person or State that the reference knows.",
        ),
        ({"relayed_by": [{"name": "RT", "kind": "MediaOutlet"}]}, "The relay “RT” is not named in the text."),
        ({"date": "mai"}, "The date 'mai' is none."),
        ({"date": "2021-13"}, "The date '2021-13' is none."),
        ({"date": "2021-05", "date_words": "en juin"}, "The date “en juin” does not stand in the text."),
        ({"modality": 1}, "It does not keep to the schema: modality: Input should be a valid string."),
        ({"tone": "harsh"}, "It does not keep to the schema: tone: Extra inputs are not permitted."),
    ],
)
def test_a_claim_that_does_not_stand_is_set_aside_alone(
    server: Server, endpoint: Endpoint, fields: dict[str, Any], reason: str
) -> None:
    server.claims(TEST, changed(SANCTION, **fields), DELIVERY)
    proposal = endpoint.propose(DOCUMENT)
    assert [each.reason for each in proposal.set_aside] == [reason]
    assert [event.kind for event in proposal.extraction.events] == ["WeaponTest", "ArmsTransfer"]


def test_what_is_no_claim_at_all_is_set_aside(server: Server, endpoint: Endpoint) -> None:
    server.answer({"claims": ["boo", {"quote": 3}]})
    proposal = endpoint.propose(DOCUMENT)
    assert [each.quote for each in proposal.set_aside] == ["", ""]
    assert proposal.set_aside[0].reason.startswith(
        "It does not keep to the schema: claim: Input should be a valid dict"
    )
    assert proposal.extraction.claims == ()


def test_extract_warns_of_what_it_sets_aside(
    server: Server, endpoint: Endpoint, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import logging

    monkeypatch.setattr(logging.getLogger("kg"), "propagate", True)
    server.claims(changed(SANCTION, event="Party"))
    assert next(endpoint.pipe([DOCUMENT])).claims == ()
    assert set(caplog.messages) == {"note: a proposed claim is set aside: There is no event class 'Party'."}


@pytest.mark.parametrize("name", ["Iran", "l’Iran", "l'Iran", "L'Iran", "d'Iran", " Iran "])
def test_a_name_is_linked_whatever_article_stands_before_it(linker: Linker, name: str) -> None:
    found = linker.link(name, "State", {"State"})
    assert found is not None
    assert found.entity.label == "Iran"


def test_answers_are_kept_and_asked_once(server: Server, endpoint: Endpoint, chat: Chat, linker: Linker) -> None:
    server.claims(SANCTION)
    first = endpoint.extract(DOCUMENT)
    again = Endpoint(linker, WORDS, chat, SENTENCES)
    assert again.extract(DOCUMENT) == first
    assert len(server.requests) == 1
    (kept,) = chat.cache.iterdir()
    assert json.loads(kept.read_text())["model"] == "tiny"
    assert "geheim" not in kept.read_text()
    other = Chat(chat.url, "large", 5.0, chat.cache)
    Endpoint(linker, WORDS, other, SENTENCES).extract(DOCUMENT)
    assert len(server.requests) == 2
    assert "authorization" not in server.requests[1][1]


def test_a_damaged_answer_is_named(server: Server, endpoint: Endpoint, chat: Chat) -> None:
    server.claims()
    endpoint.extract(DOCUMENT)
    (kept,) = chat.cache.iterdir()
    kept.write_text("{")
    with pytest.raises(DataError, match=r"The kept answer .* cannot be read\. Delete it"):
        endpoint.extract(DOCUMENT)


def test_an_answer_in_a_fence_is_read(server: Server, endpoint: Endpoint) -> None:
    server.answer(f"```json\n{json.dumps({'claims': [SANCTION]})}\n```")
    assert len(endpoint.extract(DOCUMENT).claims) == 1


@pytest.mark.parametrize("content", ["Here are the claims:", '{"claims": 3}', "[1]", '{"events": []}', ""])
def test_answers_that_are_no_json_with_claims(server: Server, endpoint: Endpoint, chat: Chat, content: str) -> None:
    server.answer(content)
    with pytest.raises(DataError, match="The answer of tiny is no JSON with claims: '") as caught:
        endpoint.extract(DOCUMENT)
    assert caught.value.remedy == "Ask a model that keeps to a schema."
    assert not chat.cache.exists()


@pytest.mark.parametrize("body", [b"<html>", b"{}", b'{"choices": []}', b'{"choices": [{"message": null}]}'])
def test_responses_that_are_no_chat_completion(server: Server, endpoint: Endpoint, body: bytes) -> None:
    server.body = body
    with pytest.raises(DataError, match=r"The endpoint's response is no chat completion\. Check KG_LLM_URL\."):
        endpoint.extract(DOCUMENT)


def test_an_answer_that_was_cut_short(server: Server, endpoint: Endpoint) -> None:
    server.answer('{"claims": [', finish_reason="length")
    with pytest.raises(DataError, match="cut short at its length limit"):
        endpoint.extract(DOCUMENT)


@pytest.mark.parametrize(
    ("status", "error", "remedy"),
    [
        (500, DataError, "Try again later; answers already given are kept."),
        (429, DataError, "Try again later; answers already given are kept."),
        (401, CallError, "Check KG_LLM_KEY."),
        (404, CallError, "Check KG_LLM_URL and KG_LLM_MODEL."),
        (302, CallError, "Check KG_LLM_URL and KG_LLM_MODEL."),
    ],
)
def test_refusals(server: Server, endpoint: Endpoint, status: int, error: type[DataError], remedy: str) -> None:
    server.status, server.body = status, b"no such\nthing for geheim"
    with pytest.raises(error) as caught:
        endpoint.extract(DOCUMENT)
    assert caught.value.problem == f"The endpoint {server.url} answered {status} (no such thing for …)."
    assert caught.value.remedy == remedy


@pytest.mark.parametrize("pieces", [1, 160])
def test_a_slow_endpoint_is_given_up(server: Server, linker: Linker, tmp_path: Path, pieces: int) -> None:
    """Silent from the start, or sending so slowly that no single piece is late."""
    server.claims(SANCTION)
    server.pieces, server.delay = pieces, 0.6 if pieces == 1 else 0.05
    chat = Chat(server.url, "tiny", 0.3, tmp_path)
    started = time.monotonic()
    with pytest.raises(DataError, match=r"did not answer within 0\.3 s\. Try again, or raise KG_LLM_SECONDS\."):
        Endpoint(linker, WORDS, chat, SENTENCES).extract(DOCUMENT)
    assert time.monotonic() - started < 7


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1", "ftp://example.org", "no url"])
def test_an_endpoint_that_cannot_be_reached(linker: Linker, tmp_path: Path, url: str) -> None:
    chat = Chat(url, "tiny", 5.0, tmp_path)
    with pytest.raises(CallError, match=f"The endpoint {url} cannot be reached: .* Check KG_LLM_URL"):
        Endpoint(linker, WORDS, chat, SENTENCES).extract(DOCUMENT)


def test_long_texts_are_asked_in_parts(server: Server, endpoint: Endpoint) -> None:
    filler = "Rien à signaler aujourd'hui. " * (PART // 29) + "\n"
    text = filler + filler + TEXT
    server.claims(SANCTION)
    proposal = endpoint.propose(Document("long", text, "long.txt"))
    asked = [body["messages"][1]["content"] for _, _, body in server.requests]
    assert len(asked) == 3
    assert "".join(each.partition("\n\n")[2] for each in asked) == text
    assert [claim.sentence.of(text) for claim in proposal.extraction.claims] == [SANCTION["quote"]]
    assert len(proposal.set_aside) == 2  # the first parts hold no such quotation


def test_names_are_found_where_they_stand_nearest(server: Server, endpoint: Endpoint) -> None:
    text = "Ankara et Ankara. Ankara teste le S-400. Ankara."
    roles = [
        {"role": "agent", "name": "Ankara", "kind": "State"},
        {"role": "item", "name": "S-400", "kind": "WeaponSystem"},
    ]
    server.claims(changed(TEST, quote="Ankara teste le S-400.", trigger="teste", roles=roles))
    (event,) = endpoint.extract(Document("d", text, "d.txt")).events
    assert event.fillers[0].span == Span(18, 24)


def test_versions_tell_what_a_text_was_read_with(endpoint: Endpoint, chat: Chat, linker: Linker) -> None:
    same = Endpoint(linker, WORDS, chat, SENTENCES)
    large = Endpoint(linker, WORDS, Chat(chat.url, "large", 5.0, chat.cache), SENTENCES)
    assert same.version == endpoint.version != large.version


def test_both_extractors_keep_to_one_protocol(extractor: Extractor, endpoint: Endpoint, server: Server) -> None:
    server.claims()
    names = []
    for each in both(extractor, endpoint):
        names.append(each.name)
        assert each.extract(DOCUMENT) == next(each.pipe([DOCUMENT]))
        assert len(each.version) >= 16
    assert names == ["rules", "endpoint"]


def test_rules_and_proposals_claim_by_claim(extractor: Extractor, endpoint: Endpoint, server: Server) -> None:
    server.claims(DELIVERY, changed(SANCTION, polarity="Negated"), changed(SANCTION, event="Warning"))
    comparison = compare(extractor.extract(DOCUMENT), endpoint.extract(DOCUMENT))
    assert [(pair.rules.event.kind, pair.differs) for pair in comparison.both] == [
        ("ArmsTransfer", ()),
        ("Sanction", ("polarity",)),
    ]
    assert [told.event.kind for told in comparison.only_rules] == ["WeaponTest"]
    assert [told.event.kind for told in comparison.only_proposals] == ["Warning"]


def test_each_claim_is_paired_once_with_the_most_alike(endpoint: Endpoint, server: Server) -> None:
    half = changed(SANCTION, roles=[{"role": "agent", "name": "Washington", "kind": "State"}])
    server.claims(half, SANCTION)
    two = endpoint.extract(DOCUMENT)
    server.claims(SANCTION)
    one = endpoint.extract(Document("note", TEXT, "note.txt"))
    assert len(server.requests) == 2
    both_ways = compare(two, one), compare(one, two)
    assert [len(pair.rules.fillers) for each in both_ways for pair in each.both] == [2, 2]
    assert [len(told.fillers) for each in both_ways for told in (*each.only_rules, *each.only_proposals)] == [1, 1]


@pytest.fixture
def note(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, extractor: Extractor) -> Path:
    """A document; the command gets the extractor that is loaded already."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.extract.Extractor", lambda known, lexicon: extractor)
    path = tmp_path / "note.md"
    path.write_text(f"---\ndate: 2021-06-01\n---\n{TEXT}\n")
    return path


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch, server: Server) -> Iterator[None]:
    monkeypatch.setenv("KG_LLM_URL", server.url)
    monkeypatch.setenv("KG_LLM_MODEL", "tiny")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.usefixtures("set_up")
def test_compare_in_words(kg: Kg, server: Server, note: Path) -> None:
    server.claims(DELIVERY, changed(SANCTION, polarity="Negated"), changed(SANCTION, quote="Rien."))
    assert kg("compare", note) == (
        0,
        "note\n"
        "both            ArmsTransfer: they agree\n"
        "    rules       item S-400 Triumf; recipient Inde; supplier Russie; 2021-05; Actual, Affirmed; "
        "according to Vladimir Poutine\n"
        "    proposal    item S-400 Triumf; recipient Inde; supplier Russie; 2021-05; Actual, Affirmed; "
        "according to Vladimir Poutine\n"
        "    sentence    “La Russie a livré des S-400 à l’Inde en mai 2021, affirme Vladimir Poutine.”\n"
        "both            Sanction: they differ in polarity\n"
        "    rules       agent États-Unis; target Inde; Possible, Affirmed\n"
        "    proposal    agent États-Unis; target Inde; Possible, Negated\n"
        "    sentence    “Washington pourrait sanctionner New Delhi.”\n"
        "only rules      WeaponTest: agent Turquie; item Valkyr-7; Actual, Affirmed\n"
        "    sentence    “Le drone Valkyr-7 a été testé par Ankara.”\n"
        "set aside       The quote “Rien.” does not stand in the text.\n"
        "2 in both (1 agree in all), 1 only rules, 0 only proposals, 1 set aside.\n",
        "",
    )
    assert [path.parent.name for path in Path("graph").rglob("*.json")] == ["answers"]


@pytest.mark.usefixtures("set_up")
def test_compare_as_json(kg: Kg, server: Server, note: Path) -> None:
    server.claims(SANCTION, changed(SANCTION, event="Warning"), changed(SANCTION, quote="Rien."))
    code, out, _ = kg("compare", note, "--json")
    ((told),) = json.loads(out)
    assert code == 0
    assert told["document"] == "note"
    assert told["both"][0]["differs"] == []
    assert told["both"][0]["proposal"]["method"] == "endpoint:tiny"
    assert told["both"][0]["rules"]["roles"] == {"agent": [ID + "state/USA"], "target": [ID + "state/IND"]}
    assert [each["event"] for each in told["only_rules"]] == ["ArmsTransfer", "WeaponTest"]
    assert [each["event"] for each in told["only_proposals"]] == ["Warning"]
    assert told["set_aside"] == [{"quote": "Rien.", "reason": "The quote “Rien.” does not stand in the text."}]


@pytest.mark.usefixtures("set_up")
def test_compare_tells_what_fails_in_one_line(kg: Kg, server: Server, note: Path) -> None:
    server.status = 503
    assert kg("compare", note) == (
        1,
        "",
        f"kg: The endpoint {server.url} answered 503. Try again later; answers already given are kept.\n",
    )
    assert kg("compare", "nowhere.txt")[2] == "kg: nowhere.txt does not exist. Name a file or a folder that does.\n"
    Path("empty.txt").write_text(" ")
    code, out, err = kg("compare", "empty.txt")
    assert (code, out) == (1, "")
    assert err.startswith("kg: empty.txt is set aside. It holds no text.")
    assert len(server.requests) == 1


def test_nothing_is_asked_unless_an_endpoint_is_set(
    kg: Kg, note: Path, monkeypatch: pytest.MonkeyPatch, reference_data: Reference
) -> None:
    for name in ("KG_LLM_URL", "KG_LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    remedy = "Set KG_LLM_URL, such as http://localhost:8000/v1, and KG_LLM_MODEL."
    assert kg("compare", note) == (2, "", f"kg: No endpoint is set: KG_LLM_URL is empty. {remedy}\n")
    monkeypatch.setenv("KG_LLM_URL", "http://127.0.0.1:1/v1")
    settings.cache_clear()
    with pytest.raises(CallError, match="KG_LLM_MODEL is empty"):
        configured(reference_data)
    settings.cache_clear()


def test_both_extractors_read_one_document(server: Server, extractor: Extractor, endpoint: Endpoint) -> None:
    server.claims(DELIVERY, changed(SANCTION, event="Warning"))
    read = Together(*both(extractor, endpoint)).extract(DOCUMENT)
    told = {claim.event: claim.method.split(":")[0] for claim in read.claims}
    assert {event.kind: told[event.iri] for event in read.events} == {
        "ArmsTransfer": "rules",
        "Sanction": "rules",
        "WeaponTest": "rules",
        "Warning": "endpoint",
    }
    assert len({mention.span for mention in read.mentions}) == len(read.mentions)
    graph = ox.Dataset(mapping.quads(read, {}))
    assert len(list(graph.quads_for_predicate(ox.NamedNode(AC + "modality")))) == 4


@pytest.mark.usefixtures("set_up")
def test_a_graph_of_proposals(kg: Kg, server: Server, note: Path, tmp_path: Path) -> None:
    server.claims(DELIVERY)
    with lean_project(tmp_path / "lean"):
        code, out, err = kg("build", "--extractor", "endpoint", note, "--home", "proposed")
        assert (code, out.splitlines()[0], err) == (0, "1 document read: 4 mentions, 1 event, 1 claim.", "")
        code, out, _ = kg(
            "query",
            "SELECT ?method { ?claim ac:method ?method ; a ac:Claim }",
            "--home",
            "proposed",
            "--format",
            "json",
        )
    assert code == 0
    assert "endpoint:tiny" in out


@pytest.mark.parametrize("name", ["endpoint", "both"])
def test_a_graph_of_proposals_needs_an_endpoint(
    kg: Kg, note: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.delenv("KG_LLM_URL", raising=False)
    with lean_project(tmp_path / "lean"):
        code, out, err = kg("build", "--extractor", name, note, "--home", "nothing")
    assert (code, out) == (2, "")
    assert err.endswith(
        "No endpoint is set: KG_LLM_URL is empty. Set KG_LLM_URL, such as http://localhost:8000/v1, and KG_LLM_MODEL.\n"
    )
    assert not Path("nothing", "current").exists()
