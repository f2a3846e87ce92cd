// SPDX-License-Identifier: Apache-2.0
// Makes the page: one HTML file with the command, what it runs in, examples and licences.
//
//   node bundle.mjs SOURCE HCSPROOF.wasm NODE-MODULES LIBRARIES OUTPUT.html
//
// LIBRARIES is the folder that tools/playground/deps has filled. Beside OUTPUT.html goes OUTPUT-licences.txt.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { readExample } from "./example.mjs";

const [source, wasm, modules, libraries, output] = process.argv.slice(2);
const here = join(source, "tools", "playground");
const esbuild = createRequire(join(modules, "x"))("esbuild");
const read = (...parts) => readFileSync(join(...parts), "utf8");
const packed = (bytes) => deflateRawSync(bytes, { level: 9 }).toString("base64");

const bundle = (name) => esbuild.build({
  entryPoints: [join(here, "src", name)],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
  nodePaths: [modules],
});
const bundled = await bundle("main.js");
const scriptOf = ({ outputFiles }) => outputFiles[0].text.replaceAll("</script", "<\\/script");
const hashOf = (script) => "sha256-" + createHash("sha256").update(script).digest("base64");
const script = scriptOf(bundled);
const boot = scriptOf(await bundle("boot.js"));
const style = await esbuild.transform(read(here, "src", "style.css"), { loader: "css", minify: true });

function licenceOf(name) {
  const folder = join(modules, name);
  const { version, license } = JSON.parse(read(folder, "package.json"));
  const file = ["LICENSE", "LICENSE-MIT", "LICENSE.md"].map((name) => join(folder, name)).find(existsSync);
  if (!file) throw new Error(`${name} has no licence`);
  return { name: `${name} ${version} (${license})`, text: read(file) };
}

/** The packages that something in the page comes from. */
function bundledPackages() {
  const inputs = Object.keys(bundled.metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(inputs.filter(Boolean))].sort();
}

const DEBIAN = "/usr/share/doc";
const runtime = readdirSync(DEBIAN).find((name) => /^libclang-rt-\d+-dev-wasm32$/.test(name));
const licences = [
  { name: "hcsproof (Apache-2.0)", text: read(source, "LICENSE") },
  ...bundledPackages().map(licenceOf),
  { name: "jansson", text: read(libraries, "share", "doc", "jansson", "copyright") },
  { name: "libyaml", text: read(libraries, "share", "doc", "libyaml", "copyright") },
  { name: "wasi-libc", text: read(DEBIAN, "wasi-libc", "copyright") },
  { name: "compiler-rt of LLVM", text: read(DEBIAN, runtime, "copyright") },
]
  .map(({ name, text }) => `${name}\n${"=".repeat(name.length)}\n\n${text.trim()}\n`)
  .join("\n\n");

function exampleOf({ files, ...example }) {
  return { ...example, files: Object.fromEntries(Object.entries(files).map(([name, path]) => [name, readExample(source, path)])) };
}

const parts = {
  SCRIPT_HASH: hashOf(script),
  BOOT_HASH: hashOf(boot),
  BOOT: boot,
  STYLE: style.code.trim(),
  SCRIPT: script,
  WASM: packed(readFileSync(wasm)),
  LICENCES: packed(licences),
  EXAMPLES: JSON.stringify(JSON.parse(read(here, "examples.json")).map(exampleOf)).replaceAll("<", "\\u003c"),
};
const page = read(here, "src", "page.html").replace(/%([A-Z_]+)%/g, (_, name) => parts[name]);
for (const [path, text] of [[output, page], [output.replace(/\.html$/, "-licences.txt"), licences]]) {
  writeFileSync(path + ".new", text);
  renameSync(path + ".new", path);
}
console.log(`${output}: ${page.length} characters (WebAssembly ${parts.WASM.length}, script ${script.length})`);
