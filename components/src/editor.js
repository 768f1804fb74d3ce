// The editor of SPARQL: CodeMirror 6 in the component's shadow root.
//
// data: {text, label, error: {line, message} | null, prefixes: {prefix: IRI}, terms: [{name, label, kind}], words: {run, keys, history}}
// gives: the trigger `run` with the text (Ctrl+Enter or the button). What was run before is kept by the browser, on this machine.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, LanguageSupport, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, tooltips } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";
import { button, child, colours, element, once } from "./shared.js";

const KEYWORDS = (
  "SELECT DISTINCT REDUCED WHERE ASK CONSTRUCT DESCRIBE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER EXISTS NOT BIND AS VALUES UNDEF " +
  "PREFIX BASE GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT SEPARATOR BOUND IF COALESCE STR " +
  "LANG LANGMATCHES DATATYPE IRI STRLEN SUBSTR UCASE LCASE STRSTARTS STRENDS CONTAINS CONCAT REPLACE REGEX YEAR MONTH DAY NOW IN"
).split(" ");
const NAMES = styleTags({ "Pname_ln Pname_ns": tags.propertyName, A_predicate: tags.keyword, Langtag: tags.literal });
const SPARQL = new LanguageSupport(SparqlLanguage.configure({ props: [NAMES] }));
const EDITORS = new WeakMap();
const HISTORY = "kg-sparql-history";
const REMEMBERED = 30;

const LIGHT = { keyword: "#7a2d8c", name: "#1f4e79", variable: "#8a4b08", string: "#1d6b3f", number: "#8c2f39", comment: "#5b6675" };
const DARK = { keyword: "#d7a6e8", name: "#9ecbf2", variable: "#f0bd7c", string: "#94d6ae", number: "#f2a3ab", comment: "#a3adba" };

function look(theme) {
  const ink = theme.dark ? DARK : LIGHT;
  const style = HighlightStyle.define([
    { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: ink.keyword, fontWeight: "600" },
    { tag: [tags.variableName, tags.special(tags.variableName)], color: ink.variable },
    { tag: [tags.namespace, tags.propertyName, tags.typeName, tags.className, tags.url, tags.labelName], color: ink.name },
    { tag: [tags.string, tags.literal], color: ink.string },
    { tag: [tags.number, tags.bool, tags.integer, tags.float], color: ink.number },
    { tag: [tags.comment, tags.lineComment], color: ink.comment, fontStyle: "italic" },
  ]);
  const view = EditorView.theme(
    {
      "&": { color: theme.text, backgroundColor: theme.background, fontSize: "0.9rem" },
      ".cm-content": { fontFamily: 'ui-monospace, "DejaVu Sans Mono", Consolas, monospace', caretColor: theme.text },
      ".cm-content, .cm-gutter": { minHeight: "11rem" },
      ".cm-scroller": { maxHeight: "26rem", overflow: "auto" },
      ".cm-gutters": { backgroundColor: theme.raised, color: ink.comment, border: "0" },
      ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, currentColor 6%, transparent)" },
      "&.cm-focused": { outline: `2px solid ${theme.accent}` },
      ".cm-cursor": { borderLeftColor: theme.text },
      ".cm-tooltip": { backgroundColor: theme.raised, color: theme.text, border: `1px solid ${ink.comment}` },
      ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: theme.accent, color: theme.background },
      ".cm-completionDetail": { fontStyle: "normal", opacity: "0.85" },
    },
    { dark: theme.dark },
  );
  return [view, syntaxHighlighting(style)];
}

// Completion: our terms by their names or by their labels, things by their labels, prefixes, variables of the query, keywords.
function completer(box) {
  return (context) => {
    const word = context.matchBefore(/[?$]?[\p{L}\p{N}_-]*:?[\p{L}\p{N}_.-]*/u);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const typed = word.text;
    if (/^[?$]/.test(typed)) return { from: word.from, options: variables(context, word), validFor: /^[?$][\w]*$/ };
    const { terms, prefixes } = box.data;
    const named = terms.filter(({ kind }) => kind !== "thing").map(({ name, label, kind }) => ({ label: name, detail: label, type: kind, boost: 1 }));
    if (typed.includes(":")) return { from: word.from, options: named, validFor: /^[\w-]*:[\w.-]*$/ };
    const called = terms.map(({ name, label, kind }) => ({ label, detail: kind === "thing" ? "" : name, apply: name, type: kind }));
    const spaces = Object.entries(prefixes).map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, type: "namespace" }));
    const keywords = KEYWORDS.map((each) => ({ label: each, type: "keyword" }));
    return { from: word.from, options: [...named, ...called, ...spaces, ...keywords], validFor: /^[\p{L}\p{N}_-]*$/u };
  };
}

function variables(context, word) {
  const text = context.state.doc.toString();
  const found = new Set(text.slice(0, word.from).match(/[?$]\w+/g) ?? []);
  for (const each of text.slice(word.to).match(/[?$]\w+/g) ?? []) found.add(each);
  found.delete(word.text);
  return [...found].map((label) => ({ label, type: "variable" }));
}

function mark(box, error) {
  const { doc } = box.view.state;
  const marks = [];
  if (error) {
    const line = doc.line(Math.min(Math.max(error.line, 1), doc.lines));
    marks.push({ from: line.from, to: line.to, severity: "error", message: error.message });
  }
  box.view.dispatch(setDiagnostics(box.view.state, marks));
  box.message.textContent = error ? error.message : "";
  box.message.hidden = !error;
}

// What was run before, the newest first; nothing where the browser keeps nothing.
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(HISTORY)) ?? [];
  } catch {
    return [];
  }
}

function remember(text) {
  const kept = [text, ...remembered().filter((each) => each !== text)].slice(0, REMEMBERED);
  try {
    localStorage.setItem(HISTORY, JSON.stringify(kept));
  } catch {
    // A private window keeps nothing.
  }
}

function replace(box, text) {
  box.view.dispatch({ changes: { from: 0, to: box.view.state.doc.length, insert: text } });
}

function list(box) {
  const items = remembered().map((text) => {
    const choose = () => {
      replace(box, text);
      box.history.open = false;
      box.view.focus();
    };
    return element("li", {}, button(text.replace(/\s+/g, " ").slice(0, 160), choose));
  });
  box.history.hidden = items.length === 0;
  box.history.replaceChildren(element("summary", {}, box.data.words.history), element("ul", {}, ...items));
}

function open(parentElement, component) {
  const frame = once(parentElement, "kg-editor", () => element("div"));
  const box = { component, data: component.data, theme: new Compartment(), given: component.data.text, error: null };
  const run = () => {
    const text = box.view.state.doc.toString();
    remember(text);
    box.component.setTriggerValue("run", text);
    return true;
  };
  const changed = EditorView.updateListener.of((update) => {
    if (update.docChanged && box.error) queueMicrotask(() => mark(box, (box.error = null)));
  });
  box.message = element("p", { class: "message", role: "alert" });
  box.button = button("", run, { class: "run" });
  box.keys = element("span", { class: "keys" });
  const place = element("div");
  box.history = element("details", { class: "history" });
  frame.replaceChildren(place, box.message, element("div", { class: "bar" }, box.button, box.keys), box.history);
  box.view = new EditorView({
    parent: place,
    root: parentElement.getRootNode(),
    state: EditorState.create({
      doc: box.given,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run }, { key: "Tab", run: acceptCompletion }])),
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(), highlightSelectionMatches(),
        lintGutter(), SPARQL, autocompletion({ override: [completer(box)], icons: false }), tooltips({ position: "absolute" }),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap]),
        EditorView.lineWrapping, EditorView.contentAttributes.of({ "aria-label": component.data.label }),
        box.theme.of([]), changed,
      ],
    }),
  });
  EDITORS.set(frame, box);
  return frame;
}

export default function (component) {
  const { parentElement, data } = component;
  let frame = child(parentElement, "kg-editor");
  if (!frame || !EDITORS.has(frame)) frame = open(parentElement, component);
  const box = EDITORS.get(frame);
  box.component = component;
  box.data = data;
  if (data.text !== box.given) {
    // Another address; what is typed stays where only the page is drawn anew.
    box.given = data.text;
    if (data.text !== box.view.state.doc.toString()) replace(box, data.text);
  }
  box.button.textContent = data.words.run;
  box.keys.textContent = data.words.keys;
  if (!box.history.open) list(box);
  box.view.dispatch({ effects: box.theme.reconfigure(look(colours(frame))) });
  queueMicrotask(() => {
    box.error = data.error && data.text === box.view.state.doc.toString() ? data.error : null;
    mark(box, box.error);
  });
}
