// The outlines of the world's states as TopoJSON: world-atlas at 1:110 million (Natural Earth, public domain), each outline with the code of the
// state that it shows, as our reference data writes it (ISO 3166-1 alpha-3; the atlas has numeric codes).
import { readFile } from "node:fs/promises";
import countries from "i18n-iso-countries";

const UNCODED = { Kosovo: "XKX" }; // the standard has no code for it; the reference data uses the customary one

export async function world() {
  const atlas = JSON.parse(await readFile(new URL("node_modules/world-atlas/countries-110m.json", import.meta.url), "utf8"));
  for (const shape of atlas.objects.countries.geometries) {
    const name = shape.properties.name;
    const state = shape.id ? countries.numericToAlpha3(shape.id) : UNCODED[name];
    delete shape.id;
    shape.properties = state ? { state } : { name };
  }
  delete atlas.objects.land;
  return JSON.stringify(atlas) + "\n";
}
