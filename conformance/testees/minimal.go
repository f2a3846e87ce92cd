// SPDX-License-Identifier: Apache-2.0

// A minimal testee in Go: two operations, and "unsupported" for the rest.
//
//	go build -o minimal minimal.go
//	hcsproof run --testee ./minimal --op is-named-pipe --op dump-type
package main

import (
	"encoding/json"
	"log"
	"os"
	"strings"
)

type object = map[string]interface{}

type question struct {
	ID     uint64
	Op     string
	Params struct { // all that the operations need, together
		Path        string
		Annotations map[string]string
	}
}

var dumpTypes = map[string]int{"": 2, "mini": 1, "full": 2}

func answer(q question) object {
	switch q.Op {
	case "":
		return object{"hello": object{"protocol": 1, "name": "minimal", "version": "1.0", "language": "go",
			"ops": []string{"is-named-pipe", "dump-type"}}}
	case "is-named-pipe":
		return object{"id": q.ID, "ok": object{"is_pipe": strings.HasPrefix(q.Params.Path, `\\.\pipe\`)}}
	case "dump-type":
		value, known := dumpTypes[q.Params.Annotations["io.microsoft.wcow.processdumptype"]]
		if !known {
			return object{"id": q.ID, "error": object{
				"message": `unknown dump type specified, valid values are "mini" or "full"`}}
		}
		return object{"id": q.ID, "ok": object{"type": value}}
	}
	return object{"id": q.ID, "unsupported": "no " + q.Op}
}

func main() {
	out := json.NewEncoder(os.Stdout) // ends each value with a line break and keeps nothing back
	for in := json.NewDecoder(os.Stdin); in.More(); {
		var q question
		if err := in.Decode(&q); err != nil {
			log.Fatal(err)
		} else if err := out.Encode(answer(q)); err != nil {
			log.Fatal(err)
		}
	}
}
