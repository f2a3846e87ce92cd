# SPDX-License-Identifier: Apache-2.0
"""The recorded Go types as Go source, and as example values."""
import os
import re

STANDARD = {"json": "encoding/json", "time": "time", "fs": "io/fs"}
WRAPPER = re.compile(r"(\*|\[\]|\[\d+\]|map\[\w+\])")
QUALIFIED = re.compile(r"\b([a-z]\w*)\.([A-Z]\w*)")
GUID = """package guid

import (
	"encoding/hex"
	"fmt"
	"strings"
)

type GUID struct{ bytes [16]byte }

func (g GUID) MarshalText() ([]byte, error) {
	h := hex.EncodeToString(g.bytes[:])
	return []byte(strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")), nil
}

func (g *GUID) UnmarshalText(text []byte) error {
	s := string(text)
	if len(s) == 36 && s[8] == '-' && s[13] == '-' && s[18] == '-' && s[23] == '-' {
		raw, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
		if err == nil && len(raw) == 16 {
			copy(g.bytes[:], raw)
			return nil
		}
	}
	return fmt.Errorf("invalid GUID %q", s)
}
"""


def read(*paths):
    """Structs {name: [(json name, type, omit)]} and named types {name: kind}; later files go first."""
    structs, named, fields = {}, {}, None
    for path in paths:
        for line in open(path, encoding="utf-8"):
            line = line.rstrip("\n")
            if line.startswith("#") or not line:
                continue
            if " = " in line and not line.startswith(" "):
                name, kind = line.split(" = ")
                named[name] = kind
            elif line.startswith("  "):
                omit = line.endswith(" omitempty")
                name, kind = line[2:].removesuffix(" omitempty").split(" ", 1)
                fields.append((name, kind, omit))
            else:
                fields = structs[line] = []
    return structs, named


def _field_name(json_name, taken):
    name = re.sub(r"\W", "_", json_name[:1].upper() + json_name[1:])
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _package_source(package, structs, named, module):
    prefix = package + "."
    body = []
    for name, kind in named.items():
        if name.startswith(prefix):
            body.append("type %s %s" % (name[len(prefix):], kind))
    for name, fields in structs.items():
        if not name.startswith(prefix):
            continue
        body.append("type %s struct {" % name[len(prefix):])
        taken = set()
        for json_name, kind, omit in fields:
            tag = json_name + (",omitempty" if omit else "")
            body.append('\t%s %s `json:"%s"`' % (_field_name(json_name, taken), kind.replace(prefix, ""), tag))
        body.append("}")
    text = "\n".join(body)
    used = sorted({m.group(1) for m in QUALIFIED.finditer(text)})
    imports = "".join('import %s "%s"\n' % (p, STANDARD.get(p, module + "/" + p)) for p in used)
    return "package %s\n\n%s\n%s\n" % (package, imports, text)


def write(folder, structs, named, module):
    """One folder a package."""
    packages = {name.split(".")[0] for name in list(structs) + list(named)} - set(STANDARD) - {"guid"}
    for package in packages:
        os.makedirs(os.path.join(folder, package), exist_ok=True)
        with open(os.path.join(folder, package, "types.go"), "w", encoding="utf-8") as out:
            out.write(_package_source(package, structs, named, module))
    os.makedirs(os.path.join(folder, "guid"), exist_ok=True)
    with open(os.path.join(folder, "guid", "guid.go"), "w", encoding="utf-8") as out:
        out.write(GUID)


def example(kind, structs, named, depth=0):
    """A JSON value with every field set, recursive types a few levels deep."""
    wrapper = WRAPPER.match(kind)
    if wrapper:
        inner = kind[wrapper.end():]
        token = wrapper.group(1)
        if token == "*":
            return example(inner, structs, named, depth)
        if token == "[]":
            return [example(inner, structs, named, depth)]
        if token.startswith("map"):
            return {"1" if "int" in token else "key": example(inner, structs, named, depth)}
        return [example(inner, structs, named, depth)] * int(token[1:-1])
    if kind in structs:
        if depth > 5:
            return {}
        return {name: example(k, structs, named, depth + 1) for name, k, _ in structs[kind]}
    if kind in named:
        return example(named[kind], structs, named, depth)
    scalars = {"bool": True, "string": "C:\\a<b>&", "time.Time": "2023-11-01T10:20:30.5+02:00",
               "guid.GUID": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "json.RawMessage": {"a": [1, 2.5]},
               "interface {}": {"b": [1, -2.5e-7, "x"], "a": None}, "float64": 1.5}
    return scalars.get(kind, 5)
