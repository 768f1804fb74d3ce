// The picture of a part of the graph: cytoscape with the layout fcose.
//
// data: {nodes: [{id, label, kind, shape, open, more}], edges: [{id, source, target, label, sourced}], selected, label, words, file}
// gives: the triggers `tap` with the id of a node or an edge, and `expand` with that of a node.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { button, child, colours, element, once } from "./shared.js";

cytoscape.use(fcose);

const PICTURES = new WeakMap();
const FILLS = {
  light: { state: "#c9dcf0", treaty: "#ddd3f2", weapon: "#cfe8d8", person: "#f6e0bd", body: "#f3d3d6", place: "#dfe3e8", event: "#ffffff" },
  dark: { state: "#27496b", treaty: "#4b3a78", weapon: "#22573d", person: "#6e4d14", body: "#6e2f36", place: "#414a57", event: "#14181f" },
};

function style(theme) {
  const fills = theme.dark ? FILLS.dark : FILLS.light;
  const rules = [
    {
      selector: "node",
      style: {
        label: "data(name)", shape: "data(shape)", width: 30, height: 30, "font-size": 11, color: theme.text, "text-wrap": "wrap",
        "text-max-width": 110, "text-valign": "bottom", "text-margin-y": 4, "background-color": fills.place, "border-width": 1.5,
        "border-color": theme.text, "text-background-color": theme.background, "text-background-opacity": 0.8, "text-background-padding": 1,
      },
    },
    { selector: "node[?open]", style: { "border-width": 4 } },
    { selector: "node[?more]", style: { "border-style": "double", "border-width": 5 } },
    {
      selector: "edge",
      style: {
        label: "data(label)", width: 1.4, "line-color": theme.text, "line-opacity": 0.55, "curve-style": "bezier", "font-size": 9,
        color: theme.text, "text-rotation": "autorotate", "text-background-color": theme.background, "text-background-opacity": 0.85,
        "text-background-padding": 1, "target-arrow-shape": "triangle", "target-arrow-color": theme.text, "arrow-scale": 0.8,
        "min-zoomed-font-size": 11,
      },
    },
    { selector: "edge[?even]", style: { "target-arrow-shape": "none" } },
    { selector: "edge[!sourced]", style: { "line-style": "dashed" } },
    { selector: ":selected", style: { "border-color": theme.accent, "border-width": 5, "line-color": theme.accent, width: 3, "line-opacity": 1 } },
    { selector: "node:selected", style: { width: 36, height: 36 } },
    { selector: "edge:selected, edge.near", style: { "min-zoomed-font-size": 0, "z-index": 9 } },
    { selector: ".here", style: { "overlay-color": theme.accent, "overlay-opacity": 0.25, "overlay-padding": 6 } },
  ];
  for (const [kind, fill] of Object.entries(fills)) rules.push({ selector: `node[kind = "${kind}"]`, style: { "background-color": fill } });
  return rules;
}

const LONGEST = 44;

function short(label) {
  return label.length > LONGEST ? `${label.slice(0, LONGEST - 1).trimEnd()}…` : label;
}

// Puts the data into the picture; nodes that stay keep their places. Whether anything was added.
function update(box, { nodes, edges, selected }) {
  const { cy } = box;
  const wanted = new Set([...nodes, ...edges].map((each) => each.id));
  cy.elements().filter((each) => !wanted.has(each.id())).remove();
  const added = [];
  const put = (group) => (each) => {
    const data = { ...each, name: short(each.label) };
    const known = cy.getElementById(data.id);
    if (known.nonempty()) known.data(data);
    else added.push({ group, data });
  };
  nodes.forEach(put("nodes"));
  edges.forEach(put("edges"));
  const kept = cy.nodes().map((node) => ({ nodeId: node.id(), position: { ...node.position() } }));
  cy.add(added);
  cy.elements().unselect();
  if (selected) cy.getElementById(selected).select();
  if (added.some((each) => each.group === "nodes")) arrange(box, kept);
}

function arrange(box, kept) {
  box.cy
    .layout({
      name: "fcose", quality: "default", animate: false, randomize: kept.length === 0, nodeDimensionsIncludeLabels: true, idealEdgeLength: 150,
      nodeRepulsion: 16000, nodeSeparation: 120, fixedNodeConstraint: kept.length ? kept : undefined, padding: 24,
    })
    .run();
}

// Keys: arrows walk through nodes, Enter shows one, Shift+Enter expands it, + - 0 zoom.
function keys(box, event) {
  const { cy } = box;
  const zoom = { "+": 1.25, "=": 1.25, "-": 0.8 }[event.key];
  if (zoom) cy.zoom({ level: cy.zoom() * zoom, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  else if (event.key === "0") cy.fit(undefined, 24);
  else if (event.key.startsWith("Arrow")) walk(box, ["ArrowRight", "ArrowDown"].includes(event.key) ? 1 : -1);
  else if (event.key === "Enter" && box.here) box.component.setTriggerValue(event.shiftKey ? "expand" : "tap", box.here);
  else return;
  event.preventDefault();
}

function walk(box, step) {
  const nodes = box.cy.nodes().sort((one, other) => one.data("label").localeCompare(other.data("label")));
  if (nodes.empty()) return;
  const at = nodes.toArray().findIndex((each) => each.id() === box.here);
  const node = nodes[(at + step + nodes.length) % nodes.length];
  box.cy.elements().removeClass("here");
  node.addClass("here");
  box.here = node.id();
  box.said.textContent = node.data("label");
}

async function save(box) {
  const { background } = colours(box.frame);
  const picture = await box.cy.png({ output: "blob-promise", full: true, scale: 2, bg: background, maxWidth: 8000, maxHeight: 8000 });
  const link = element("a", { href: URL.createObjectURL(picture), download: box.component.data.file });
  box.frame.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(link.href);
}

function open(parentElement, component) {
  const frame = once(parentElement, "kg-graph", () => element("div"));
  const box = { component, frame, here: null };
  const canvas = element("div", { class: "canvas", tabindex: "0", role: "application" });
  box.said = element("p", { class: "said", "aria-live": "polite" });
  box.bar = element("div", { class: "bar" });
  box.canvas = canvas;
  frame.replaceChildren(box.bar, canvas, box.said);
  box.cy = cytoscape({ container: canvas, minZoom: 0.1, maxZoom: 4, boxSelectionEnabled: false, autounselectify: false });
  canvas.cy = box.cy;
  box.cy.on("onetap", "node, edge", (event) => box.component.setTriggerValue("tap", event.target.id()));
  box.cy.on("dbltap", "node", (event) => box.component.setTriggerValue("expand", event.target.id()));
  box.cy.on("mouseover", "node", (event) => event.target.connectedEdges().addClass("near"));
  box.cy.on("mouseout", "node", (event) => event.target.connectedEdges().removeClass("near"));
  box.cy.on("mouseover mouseout", "edge", (event) => event.target.toggleClass("near", event.type === "mouseover"));
  canvas.addEventListener("keydown", (event) => keys(box, event));
  // Where the picture stands is looked up anew: cytoscape keeps it, and does not see the page move it.
  for (const name of ["pointerenter", "pointerdown"]) {
    canvas.addEventListener(name, () => box.cy.renderer().invalidateContainerClientCoordsCache(), { capture: true });
  }
  new ResizeObserver(() => box.cy.resize()).observe(canvas);
  PICTURES.set(frame, box);
  return frame;
}

export default function (component) {
  const { parentElement, data } = component;
  let frame = child(parentElement, "kg-graph");
  if (!frame || !PICTURES.has(frame)) frame = open(parentElement, component);
  const box = PICTURES.get(frame);
  box.component = component;
  box.canvas.setAttribute("aria-label", data.label);
  box.bar.replaceChildren(
    button(data.words.fit, () => box.cy.fit(undefined, 24)),
    button(data.words.arrange, () => arrange(box, [])),
    button("PNG", () => save(box), { "aria-label": data.words.png }),
  );
  box.cy.style(style(colours(frame)));
  update(box, data);
}
