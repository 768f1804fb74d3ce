/* What Streamlit says in English alone is said in the language of the page: its texts, and the names that its inputs and buttons have for
   screen readers. Data: `language` of the page, and `words`: pairs of what Streamlit says and what is to stand there, "{}" for what
   changes. Only what Streamlit draws is looked at; HTML of ours, the charts and what a reader types are left alone. */

const NAMES = ["aria-label", "aria-valuetext", "aria-roledescription", "title", "placeholder"];
const OURS = "[data-testid=stHtml], svg, canvas, script, style, .cm-editor, code, pre";

function literally(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

class Speech {
  constructor() {
    this.said = new WeakMap(); // by node, by attribute ("" for its text): what Streamlit said, what stands there instead
    this.exact = new Map();
    this.patterns = [];
    const seen = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES };
    new MutationObserver((changes) => changes.forEach((change) => this.changed(change))).observe(document.body, seen);
  }

  use(words) {
    this.exact = new Map(words.filter(([from]) => !from.includes("{}")));
    this.patterns = words
      .filter(([from]) => from.includes("{}"))
      .map(([from, to]) => [new RegExp("^" + from.split("{}").map(literally).join("(.+)") + "$", "s"), to]);
    this.within(document.body);
  }

  changed({ type, target, attributeName, addedNodes }) {
    if (type === "childList") addedNodes.forEach((node) => this.within(node));
    else if (!(target.parentElement ?? target).closest(OURS)) this.say(target, type === "attributes" ? attributeName : "");
  }

  within(node) {
    if (node.parentElement?.closest(OURS)) return;
    const kept = (each) =>
      each.nodeType === 1 && each.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    const all = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, kept);
    for (let each = node; each; each = all.nextNode()) {
      if (each.nodeType === 3) this.say(each, "");
      else if (each.nodeType === 1) for (const name of NAMES) if (each.hasAttribute(name)) this.say(each, name);
    }
  }

  say(node, name) {
    const now = name ? node.getAttribute(name) : node.data;
    if (!now) return;
    const kept = this.said.get(node)?.[name];
    const from = kept && kept.ours === now ? kept.theirs : now;
    const ours = this.word(from);
    if (ours === now) return;
    this.said.set(node, { ...this.said.get(node), [name]: { theirs: from, ours } });
    if (name) node.setAttribute(name, ours);
    else node.data = ours;
  }

  word(text) {
    const found = this.exact.get(text);
    if (found !== undefined) return found;
    for (const [pattern, to] of this.patterns) {
      const parts = pattern.exec(text);
      if (parts) return parts.slice(1).reduce((whole, part) => whole.replace("{}", () => this.word(part)), to);
    }
    return text;
  }
}

/* The calendar takes its months and days from the language of the browser, which may be another than that of the page. */
function tell(language) {
  document.documentElement.lang = language;
  const browsers = Object.getOwnPropertyDescriptor(Navigator.prototype, "language").get.call(navigator);
  const spoken = browsers.startsWith(language) ? browsers : language;
  Object.defineProperty(navigator, "language", { configurable: true, get: () => spoken });
}

export default function ({ data }) {
  tell(data.language);
  if (window.kgLanguage === data.language) return;
  window.kgLanguage = data.language;
  window.kgSpeech ??= new Speech();
  window.kgSpeech.use(data.words);
}
