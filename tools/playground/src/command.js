// SPDX-License-Identifier: Apache-2.0
// Runs the command hcsproof, compiled to WebAssembly, on files that are in memory: each run is a new process in a file
// system of its own, and neither the network nor a disk is within its reach.

import { ConsoleStdout, File, OpenFile, PreopenDirectory, WASI } from "@bjorn3/browser_wasi_shim";

const encoder = new TextEncoder();

/** A stream that keeps what is written to it. */
class Kept {
  #decoder = new TextDecoder();
  text = "";

  fd = new ConsoleStdout((bytes) => {
    this.text += this.#decoder.decode(bytes, { stream: true });
  });
}

export class Command {
  #module;

  /** `module`: the compiled WebAssembly.Module. */
  constructor(module) {
    this.#module = module;
  }

  /** As `hcsproof ARGUMENTS` in a folder with these files ({name: text or bytes}): {status, stdout, stderr}. */
  run(args, files = {}, input = "") {
    const bytes = (content) => (typeof content === "string" ? encoder.encode(content) : content);
    const folder = new Map(Object.entries(files).map(([name, content]) => [name, new File(bytes(content))]));
    const stdout = new Kept();
    const stderr = new Kept();
    const streams = [new OpenFile(new File(bytes(input))), stdout.fd, stderr.fd, new PreopenDirectory(".", folder)];
    const wasi = new WASI(["hcsproof", ...args], [], streams, { debug: false });
    const instance = new WebAssembly.Instance(this.#module, { wasi_snapshot_preview1: wasi.wasiImport });
    const status = wasi.start(instance);
    return { status, stdout: stdout.text, stderr: stderr.text };
  }
}
