//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// The testee protocol (docs/testees.md), for a program that answers from within its own test binary: the part that all
// adapters share. Each adapter's install puts it into a package of the program, as testee_test.go names it.
package adapter

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"sort"
	"strings"
	"testing"
)

var beTestee = flag.Bool("hcsproof", false, "answer hcsproof's questions on standard input")

// operation answers one question: the payload, and what the host was asked, if the question scripts a host.
type operation = func(params json.RawMessage) (ok interface{}, calls []string, err error)

// operations has what the program answers; init functions fill it.
var operations = map[string]operation{}

// refusal is an error of the adapter, not of the program: the question cannot be put to it.
type refusal interface {
	error
	Unsupported()
}

// interrupted is an error that comes after requests had been sent.
type interrupted interface {
	error
	Requests() interface{}
}

// ask answers one question; a panic of what it calls is an error.
func ask(run operation, params json.RawMessage) (ok interface{}, calls []string, err error) {
	defer func() {
		if p := recover(); p != nil {
			ok, err = nil, fmt.Errorf("panic: %v", p)
		}
	}()
	return run(params)
}

func hello() map[string]interface{} {
	names := []string{}
	for name := range operations {
		names = append(names, name)
	}
	sort.Strings(names)
	releases := map[string]string{testeeName: testeeRelease, "go": strings.TrimPrefix(runtime.Version(), "go")}
	return map[string]interface{}{"protocol": 1, "name": testeeName, "version": testeeRelease, "language": "go", "ops": names,
		"releases": releases}
}

func reply(line []byte) (map[string]interface{}, error) {
	var frame struct {
		Hello  json.RawMessage
		ID     uint64
		Op     string
		Params json.RawMessage
	}
	if err := json.Unmarshal(line, &frame); err != nil {
		return nil, err
	}
	if frame.Hello != nil {
		return map[string]interface{}{"hello": hello()}, nil
	}
	answered := map[string]interface{}{"id": frame.ID}
	run, known := operations[frame.Op]
	if !known {
		answered["unsupported"] = "no " + frame.Op
		return answered, nil
	}
	ok, calls, err := ask(run, frame.Params)
	if calls != nil {
		answered["host_calls"] = calls
	}
	var refused refusal
	var late interrupted
	switch {
	case errors.As(err, &refused):
		answered["unsupported"] = refused.Error()
	case errors.As(err, &late):
		answered["error"] = map[string]interface{}{"message": err.Error(), "requests": late.Requests()}
	case err != nil:
		answered["error"] = map[string]interface{}{"message": err.Error()}
	default:
		answered["ok"] = ok
	}
	return answered, nil
}

func TestHcsproof(t *testing.T) {
	if !*beTestee {
		t.Skip("no hcsproof at the other end (-hcsproof)")
	}
	in, out := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) == 0 && err != nil {
			os.Exit(0) // before the test prints its result to standard output
		}
		answered, err := reply(line)
		if err == nil {
			err = out.Encode(answered)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
