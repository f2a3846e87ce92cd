// SPDX-License-Identifier: Apache-2.0
// Begins to unpack and compile the command on other threads, while the browser reads the rest of the page.

import { bytesOf } from "./link.js";

const packed = new Blob([bytesOf(document.getElementById("wasm").textContent)]).stream();
const headers = { "Content-Type": "application/wasm" };
globalThis.hcsproofModule = WebAssembly.compileStreaming(new Response(packed.pipeThrough(new DecompressionStream("deflate-raw")), { headers }));
