// SPDX-License-Identifier: Apache-2.0
// The state of the page in the fragment of its address: JSON, compressed, in the alphabet of base64url.

/** What a link may unfold to: a longer one is somebody's joke. */
const LARGEST = 4 << 20;

async function pass(bytes, through) {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const parts = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > LARGEST) throw new Error("the link holds too much");
    parts.push(next.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** An exception: it is not base64. */
export function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

export function inflate(bytes) {
  return pass(bytes, new DecompressionStream("deflate-raw"));
}

export async function fragmentOf(state) {
  const bytes = await pass(new TextEncoder().encode(JSON.stringify(state)), new CompressionStream("deflate-raw"));
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return "#s=" + btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Null: the fragment holds no state, or a damaged one. */
export async function stateOf(fragment) {
  if (!fragment.startsWith("#s=")) return null;
  try {
    const bytes = bytesOf(fragment.slice(3).replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(new TextDecoder().decode(await inflate(bytes)));
  } catch {
    return null;
  }
}
