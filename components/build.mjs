// Builds what the browser loads into ../static, and records in built.json from which sources: `npm ci && npm run build`.
// The same sources and lock file give the same bytes; nothing is loaded from elsewhere when the explorer runs.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { world } from "./world.mjs";

const HERE = new URL(".", import.meta.url);
const OUT = new URL(process.env.OUT ? `file://${process.env.OUT}/` : "../static/", HERE);
const BUNDLES = ["editor", "graph"];

const hash = (data) => createHash("sha256").update(data).digest("hex");

// The licence of each library in a bundle, with its name and version, to stand at the bundle's head.
async function licences(inputs) {
  const folders = new Set(inputs.map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean));
  const texts = [];
  for (const name of [...folders].sort()) {
    const folder = new URL(`node_modules/${name}/`, HERE);
    const { version, license } = JSON.parse(await readFile(new URL("package.json", folder), "utf8"));
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no licence text`);
    const text = (await readFile(new URL(file, folder), "utf8")).trim().replaceAll("*/", "* /").replaceAll("\r", "");
    texts.push(`${name} ${version} (${license})\n\n${text}`);
  }
  return `/*!\nThis file holds the libraries named here, each under its own licence.\n\n${texts.join("\n\n---\n\n")}\n*/\n`;
}

async function bundle(name) {
  const result = await build({
    absWorkingDir: new URL(".", HERE).pathname,
    entryPoints: [`src/${name}.js`],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
  });
  return (await licences(Object.keys(result.metafile.inputs))) + result.outputFiles[0].text;
}

async function sources() {
  const names = ["build.mjs", "package-lock.json", "package.json", "world.mjs"];
  for (const name of await readdir(new URL("src/", HERE))) names.push(`src/${name}`);
  const found = {};
  for (const name of names.sort()) found[name] = hash(await readFile(new URL(name, HERE)));
  return found;
}

const files = { "world.json": await world() };
for (const name of BUNDLES) {
  files[`${name}.js`] = await bundle(name);
  files[`${name}.css`] = await readFile(new URL(`src/${name}.css`, HERE), "utf8");
}
await mkdir(OUT, { recursive: true });
const built = {};
for (const name of Object.keys(files).sort()) {
  await writeFile(new URL(name, OUT), files[name]);
  built[name] = hash(files[name]);
}
await writeFile(new URL("built.json", OUT), JSON.stringify({ sources: await sources(), files: built }, null, 1) + "\n");
