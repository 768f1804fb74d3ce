// What both components share.

// The child of this class; undefined where there is none. (A shadow root knows no :scope.)
export function child(parent, name) {
  return [...parent.children].find((each) => each.classList.contains(name));
}

// A child of the component's root, made once and found again when Streamlit calls the component anew.
export function once(parent, name, make) {
  const found = child(parent, name);
  if (found) return found;
  const made = make();
  made.classList.add(name);
  parent.append(made);
  return made;
}

// An element with attributes and children; text is text, never HTML.
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// A button with a label.
export function button(label, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

// The colours of Streamlit's theme as they are now.
export function colours(host) {
  const style = getComputedStyle(host);
  const read = (name, otherwise) => style.getPropertyValue(`--st-${name}`).trim() || otherwise;
  const background = read("background-color", "#ffffff");
  return {
    text: read("text-color", "#1c2430"),
    background,
    raised: read("secondary-background-color", "#f5f6f8"),
    accent: read("primary-color", "#1f4e79"),
    dark: luminance(background) < 0.4,
  };
}

function luminance(colour) {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = colour;
  const hex = probe.fillStyle;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
