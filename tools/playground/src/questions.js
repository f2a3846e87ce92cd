// SPDX-License-Identifier: Apache-2.0
// What the page asks the command, and of what.

/** The files that a person may give, in the order of their tabs: the option that each is for, and what it is. */
export const FILES = {
  input: { label: "Input", hint: "A spec, a CRI config, the output of docker inspect or crictl inspect, an HCS document, or a log line." },
  pod: { label: "Pod", option: "--pod", hint: "The pod of a CRI container config: a PodSandboxConfig as crictl reads it." },
  image: { label: "Image", option: "--image", hint: "The image of a CRI config: an OCI image config, or what docker image inspect prints." },
  cri: { label: "CRI mounts", option: "--cri", hint: "A CRI ContainerConfig that is applied to the input as the base spec." },
  host: { label: "Host", option: "--host", hint: "What the host answers, instead of the command's own Windows Server 2022." },
  vm: { label: "Utility VM", option: "--hosting-system", hint: "The utility VM that a container with Hyper-V isolation runs in." },
};

export const DOCUMENTS = {
  v2: { label: "Container, schema 2", options: ["--schema", "v2"] },
  v1: { label: "Container, schema 1", options: ["--schema", "v1"] },
  create: { label: "Whole create request", options: ["--envelope"] },
  vm: { label: "Utility VM", options: ["--part", "vm"] },
  requests: { label: "Requests to the utility VM", options: ["--part", "requests"] },
  process: { label: "Process", options: ["--part", "process"] },
};

function given(files) {
  return Object.fromEntries(Object.entries(files).filter(([, text]) => text.trim() !== ""));
}

// Members that only documents of the Host Compute Service have at the top.
const SERVICE = ["SystemType", "SchemaVersion", "ComputeSystem", "HostingSystemId", "RequestType", "ErrorEvents", "Attribution", "Container"];

/** "translated" what leads to documents, "document" what is one, "text" what is neither JSON nor YAML. */
export function sortOf(text) {
  if (!/^[\s\ufeff]*[[{]/.test(text)) return /^[\w"'-]+:(\s|$)/m.test(text) || text.trim() === "" ? "translated" : "text";
  try {
    return SERVICE.some((name) => name in JSON.parse(text)) ? "document" : "translated";
  } catch {
    return "translated";
  }
}

/** `form`: "--pretty" for the document, "--explain=json" for where its fields come from. */
export function translate(command, state, release, form = "--pretty") {
  const files = given(state.files);
  const options = Object.keys(files).flatMap((name) => (FILES[name].option ? [FILES[name].option, name] : []));
  return command.run(["translate", form, "--profile", release, ...DOCUMENTS[state.document].options, ...options, "input"], files);
}

export function lint(command, text) {
  return command.run(["lint", "--format", "json", "input"], { input: text });
}

/** `what`: a code, a rule or a text; without it the input is explained. */
export function explain(command, what, input) {
  return what ? command.run(["explain", "--", what]) : command.run(["explain", "input"], { input });
}

/** {release: the programs in it}, in the command's order, after the names that stand for one. */
export function releases(command) {
  const found = new Map([["newest", ""], ["baseline", ""]]);
  for (const line of command.run(["profiles"]).stdout.split("\n")) {
    const alias = /^(newest|baseline) is (.*)$/.exec(line);
    const release = /^(\S+-\S+) +(?:recorded|computed) +(.*)$/.exec(line) ?? alias;
    if (release) found.set(release[1], release[2]);
  }
  return found;
}

/** {name: what it is} */
export function schemas(command) {
  const lines = command.run(["schema", "--list"]).stdout.split("\n");
  return new Map(lines.map((line) => /^(\S+) +(.*)$/.exec(line)).filter(Boolean).map(([, name, what]) => [name, what]));
}
