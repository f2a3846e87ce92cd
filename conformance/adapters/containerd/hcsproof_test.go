//go:build windows

// SPDX-License-Identifier: Apache-2.0

// Makes containerd's CRI options for Windows an hcsproof testee. Belongs in the package opts of the CRI plugin, with files
// of lines/ beside it; see README.md.
package opts

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	goruntime "runtime"
	"sort"
	"strings"
	"testing"

	runtimespec "github.com/opencontainers/runtime-spec/specs-go"
)

var beTestee = flag.Bool("hcsproof", false, "answer hcsproof's questions on standard input")

type object = map[string]interface{}

// params has the members of all operations.
type params struct {
	Path             string
	Parts            []string
	Mounts           []string
	Config           json.RawMessage
	ExtraMounts      json.RawMessage `json:"extra_mounts"`
	Spec             json.RawMessage
	SpecBase64       *string         `json:"spec_base64"`
	NetworkNamespace *string         `json:"network_namespace"`
	SandboxShares    bool            `json:"sandbox_shares"`
	CredentialSpec   *string         `json:"credential_spec"`
	Resources        json.RawMessage `json:"resources"`
	Host             struct {
		Paths map[string]struct {
			Stat    string
			Mkdir   *failure
			Resolve json.RawMessage
		}
	}
}

var humps = regexp.MustCompile(`[a-z][A-Z]`)

func snakeCase(value interface{}) interface{} {
	switch value := value.(type) {
	case []interface{}:
		for i := range value {
			value[i] = snakeCase(value[i])
		}
	case object:
		for name, inner := range value {
			delete(value, name)
			name = strings.ToLower(humps.ReplaceAllStringFunc(name, func(hump string) string { return hump[:1] + "_" + hump[1:] }))
			if name != "annotations" && name != "labels" { // their members are the user's
				inner = snakeCase(inner)
			}
			value[name] = inner
		}
	}
	return value
}

// fromCRI reads a message of the CRI, in its own names or in protobuf's ("hostPath").
func fromCRI(data json.RawMessage, message interface{}) error {
	if len(data) == 0 {
		return nil
	}
	var tree interface{}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&tree); err != nil {
		return err
	}
	renamed, err := json.Marshal(snakeCase(tree))
	if err != nil {
		return err
	}
	return json.Unmarshal(renamed, message)
}

// affinity has the last step of releases that give a container's processors to the spec.
var affinity = func(*criWindowsConfig) []specOpts { return nil }

type failure struct {
	Error string
}

// scriptedOS answers from the question and writes down what it is asked. Its other methods are not called.
type scriptedOS struct {
	systemOS
	p     *params
	calls []string
	made  []string
}

func (s *scriptedOS) Stat(name string) (os.FileInfo, error) {
	s.calls = append(s.calls, "stat "+name)
	switch stat := s.p.Host.Paths[name].Stat; stat {
	case "", "ok":
		return nil, nil
	case "not_exist":
		return nil, os.ErrNotExist
	default:
		return nil, errors.New(stat)
	}
}

func (s *scriptedOS) MkdirAll(path string, perm os.FileMode) error {
	s.calls = append(s.calls, fmt.Sprintf("mkdir %s %o", path, perm))
	if mkdir := s.p.Host.Paths[path].Mkdir; mkdir != nil {
		return errors.New(mkdir.Error)
	}
	s.made = append(s.made, path)
	return nil
}

func (s *scriptedOS) ResolveSymbolicLink(name string) (string, error) {
	s.calls = append(s.calls, "resolve "+name)
	resolve := s.p.Host.Paths[name].Resolve
	if len(resolve) == 0 || string(resolve) == "null" {
		return name, nil
	}
	var target string
	if json.Unmarshal(resolve, &target) == nil {
		return target, nil
	}
	var failed failure
	if err := json.Unmarshal(resolve, &failed); err != nil {
		return "", err
	}
	return "", errors.New(failed.Error)
}

// reply has the payload, and the questions to the host.
type reply struct {
	ok    interface{}
	calls []string
}

var operations = map[string]func(*params) (reply, error){
	"clean-mount-path": func(p *params) (reply, error) {
		return reply{ok: object{"path": cleanMount(p.Path)}}, nil
	},
	"clean-path": func(p *params) (reply, error) {
		return reply{ok: object{"path": filepath.Clean(p.Path)}}, nil
	},
	"cri-to-oci": askSpec,
	"is-named-pipe": func(p *params) (reply, error) {
		return reply{ok: object{"is_pipe": namedPipePath(p.Path)}}, nil
	},
	"join-path": func(p *params) (reply, error) {
		return reply{ok: object{"path": filepath.Join(p.Parts...)}}, nil
	},
	"sort-mounts": askOrder,
}

func askOrder(p *params) (reply, error) {
	mounts, place := orderedMounts{}, map[*criMount]int{}
	for i, path := range p.Mounts {
		mount := &criMount{ContainerPath: path}
		mounts, place[mount] = append(mounts, mount), i
	}
	if stableSort { // as WithWindowsMounts does
		sort.Stable(mounts)
	} else {
		sort.Sort(mounts)
	}
	paths, order, parts := []string{}, []int{}, []int{}
	for i, mount := range mounts {
		paths, order = append(paths, mount.ContainerPath), append(order, place[mount])
		parts = append(parts, mounts.parts(i))
	}
	return reply{ok: object{"mounts": paths, "order": order, "parts": parts}}, nil
}

func (p *params) spec() (*runtimespec.Spec, error) {
	data := []byte(p.Spec)
	if p.SpecBase64 != nil {
		decoded, err := base64.StdEncoding.DecodeString(*p.SpecBase64)
		if err != nil {
			return nil, err
		}
		data = decoded
	}
	spec := &runtimespec.Spec{}
	if len(strings.TrimSpace(string(data))) == 0 {
		return spec, nil
	}
	return spec, json.Unmarshal(data, spec)
}

func askSpec(p *params) (reply, error) {
	spec, err := p.spec()
	if err != nil {
		return reply{}, err
	}
	var config *criContainerConfig
	var extra []*criMount
	var resources *criWindowsResources
	for message, data := range map[interface{}]json.RawMessage{
		&config: p.Config, &extra: p.ExtraMounts, &resources: p.Resources,
	} {
		if err := fromCRI(data, message); err != nil {
			return reply{}, err
		}
	}
	if resources == nil {
		resources = config.GetWindows().GetResources()
	}
	credentials := config.GetWindows().GetSecurityContext().GetCredentialSpec()
	if p.CredentialSpec != nil {
		credentials = *p.CredentialSpec
	}
	system := &scriptedOS{p: p, made: []string{}}
	var steps []specOpts
	if p.NetworkNamespace != nil {
		steps = append(steps, withNetworkNamespace(*p.NetworkNamespace))
	}
	steps = append(steps, WithWindowsMounts(system, config, extra))
	steps = append(steps, devices(config)...)
	if p.SandboxShares {
		steps = append(steps, WithWindowsDefaultSandboxShares)
	}
	if resources != nil {
		steps = append(steps, WithWindowsResources(resources))
	}
	if p.CredentialSpec != nil || credentials != "" {
		steps = append(steps, WithWindowsCredentialSpec(credentials))
	}
	if config.GetWindows() != nil {
		steps = append(steps, affinity(config.GetWindows())...)
	}
	for _, step := range steps {
		if err := step(context.Background(), nil, nil, spec); err != nil {
			return reply{calls: system.calls}, err
		}
	}
	return reply{object{"mkdir": system.made, "spec": spec}, system.calls}, nil
}

// ask answers one question; a panic of what it calls is an error.
func ask(run func(*params) (reply, error), raw json.RawMessage) (found reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	p := &params{}
	if err := json.Unmarshal(raw, p); err != nil {
		return reply{}, err
	}
	return run(p)
}

func answer(line []byte) (object, error) {
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
		names := []string{}
		for name := range operations {
			names = append(names, name)
		}
		releases := object{"containerd": release, "go": strings.TrimPrefix(goruntime.Version(), "go")}
		return object{"hello": object{"protocol": 1, "name": "containerd", "version": release, "language": "go", "ops": names,
			"releases": releases}}, nil
	}
	run, known := operations[frame.Op]
	if !known {
		return object{"id": frame.ID, "unsupported": "no " + frame.Op}, nil
	}
	got, err := ask(run, frame.Params)
	answered := object{"id": frame.ID}
	if err != nil {
		answered["error"] = object{"message": err.Error()}
	} else {
		answered["ok"] = got.ok
	}
	if got.calls != nil {
		answered["host_calls"] = got.calls
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
		answered, err := answer(line)
		if err == nil {
			err = out.Encode(answered)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
