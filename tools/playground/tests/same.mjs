// SPDX-License-Identifier: Apache-2.0
// The command as the page runs it, in memory, against the native one on disk: status, output and messages of whole commands.
//
//   node same.mjs HCSPROOF HCSPROOF.wasm SOURCE NODE-MODULES
//
// Skipped (status 77) where there is no native hcsproof.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readExample } from "../example.mjs";

const [native, wasm, source, modules] = process.argv.slice(2);
if (!existsSync(native)) {
  console.log(`skipped: there is no native hcsproof at ${native}`);
  process.exit(77);
}
const folder = mkdtempSync(join(tmpdir(), "hcsproof-same-"));

async function theCommand() {
  const outfile = join(folder, "command.mjs");
  const entryPoints = [join(source, "tools", "playground", "src", "command.js")];
  createRequire(join(modules, "x"))("esbuild").buildSync({ entryPoints, bundle: true, format: "esm", nodePaths: [modules], outfile });
  const { Command } = await import(pathToFileURL(outfile));
  return new Command(new WebAssembly.Module(readFileSync(wasm)));
}

function runNative(args, files, input) {
  const cwd = mkdtempSync(join(folder, "run-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const done = spawnSync(native, args, { cwd, input, env: {}, maxBuffer: 1 << 28 });
  rmSync(cwd, { recursive: true });
  return { status: done.status, stdout: done.stdout.toString(), stderr: done.stderr.toString() };
}

const read = (...path) => readFileSync(join(source, ...path), "utf8");

function* ofSpecs() {
  for (const name of readdirSync(join(source, "ref/tests/data/specs"))) {
    const part = (member) => readExample(source, `ref/tests/data/specs/${name}#${member}`);
    const files = { input: part("config"), host: part("host"), expected: part("expected") };
    const vm = "hosting-system" in JSON.parse(read("ref/tests/data/specs", name));
    if (vm) files.vm = part("hosting-system");
    const options = ["--host", "host", ...(vm ? ["--hosting-system", "vm"] : []), "input"];
    yield [`translate ${name}`, ["translate", "--pretty", "--profile", "newest", ...options], files];
    yield [`create request of ${name}`, ["translate", "--envelope", "--schema", "v1", ...options], files];
    yield [`lint the document of ${name}`, ["lint", "--format", "json", "expected"], files];
    yield [`lint ${name}`, ["lint", "input"], files];
  }
}

function* ofExamples() {
  for (const { name, files } of JSON.parse(read("tools/playground/examples.json"))) {
    const texts = Object.fromEntries(Object.entries(files).map(([tab, path]) => [tab, readExample(source, path)]));
    for (const release of ["baseline", "containerd-1.6.20", "containerd-2.3.4", "moby-28.5.2"])
      yield [`example ${name} as ${release}`, ["translate", "--profile", release, "input"], texts];
    yield [`explain example ${name}`, ["explain", "input"], texts];
    yield [`lint example ${name} from a pipe`, ["lint", "-"], {}, texts.input];
  }
}

function* ofTheRest() {
  for (const line of runNative(["schema", "--list"], {}).stdout.trim().split("\n").filter((_, i) => i % 5 === 0))
    yield [`schema ${line.split(" ")[0]}`, ["schema", line.split(" ")[0]], {}];
  for (const args of [["version"], ["--help"], ["profiles"], ["schema", "--list"], ["lint", "--rules"], ["nonsense"], ["lint", "missing"],
    ["changes", "containerd-1.6", "containerd-2.3"], ["changes", "moby-20.10", "moby-28.5"], ["explain", "0x80070057"],
    ["explain", "volume-path"], ["translate", "--pretty", "-o", "out", "missing"]])
    yield [args.join(" "), args, {}];
}

const command = await theCommand();
let failed = 0;
let passed = 0;
for (const [name, args, files, input = ""] of [...ofSpecs(), ...ofExamples(), ...ofTheRest()]) {
  const ours = command.run(args, files, input);
  const theirs = runNative(args, files, input);
  const part = ["status", "stdout", "stderr"].find((part) => ours[part] !== theirs[part]);
  if (part === undefined) passed++;
  else {
    failed++;
    console.log(`FAIL ${name}: ${part}\n  WebAssembly: ${String(ours[part]).slice(0, 1000)}\n  native:      ${String(theirs[part]).slice(0, 1000)}`);
  }
}
rmSync(folder, { recursive: true });
console.log(`ok ${passed} commands answer alike`);
process.exit(failed ? 1 : 0);
