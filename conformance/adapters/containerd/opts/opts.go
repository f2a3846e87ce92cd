//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// The operations that the options of the CRI plugin for Windows answer, and what a question scripts. Belongs in
// package opts of the CRI plugin: see README.md.
package opts

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	runtimespec "github.com/opencontainers/runtime-spec/specs-go"
)

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
	Host             HcsproofHost
}

// HcsproofHost is a question's file system.
type HcsproofHost struct {
	Paths map[string]struct {
		Stat    string
		Mkdir   *failure
		Resolve json.RawMessage
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

// HcsproofFromCRI reads a message of the CRI, in its own names or in protobuf's ("hostPath").
func HcsproofFromCRI(data json.RawMessage, message interface{}) error {
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

// HcsproofOS answers from the question and writes down what it is asked. Its other methods are not called.
type HcsproofOS struct {
	systemOS
	Host  HcsproofHost
	Calls []string
	Made  []string
}

// The folder of an image's volume has a random name and is new.
var volume = regexp.MustCompile(`(\\volumes\\+)[0-9a-f]{64}`)

// HcsproofPlain writes {id} for the names of volumes.
func HcsproofPlain(text string) string {
	return volume.ReplaceAllString(text, "${1}{id}")
}

func (s *HcsproofOS) Stat(name string) (os.FileInfo, error) {
	plain := HcsproofPlain(name)
	s.Calls = append(s.Calls, "stat "+plain)
	path, known := s.Host.Paths[plain]
	if !known && plain != name {
		return nil, os.ErrNotExist
	}
	switch path.Stat {
	case "", "ok":
		return nil, nil
	case "not_exist":
		return nil, os.ErrNotExist
	default:
		return nil, errors.New(path.Stat)
	}
}

func (s *HcsproofOS) MkdirAll(path string, perm os.FileMode) error {
	path = HcsproofPlain(path)
	s.Calls = append(s.Calls, fmt.Sprintf("mkdir %s %o", path, perm))
	if mkdir := s.Host.Paths[path].Mkdir; mkdir != nil {
		return errors.New(mkdir.Error)
	}
	s.Made = append(s.Made, path)
	return nil
}

func (s *HcsproofOS) ResolveSymbolicLink(name string) (string, error) {
	s.Calls = append(s.Calls, "resolve "+HcsproofPlain(name))
	resolve := s.Host.Paths[HcsproofPlain(name)].Resolve
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
	"split-path": func(p *params) (reply, error) {
		dir, file := filepath.Split(p.Path)
		return reply{ok: object{"base": filepath.Base(p.Path), "dir": filepath.Dir(p.Path), "is_abs": filepath.IsAbs(p.Path),
			"split_dir": dir, "split_file": file, "volume": filepath.VolumeName(p.Path)}}, nil
	},
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
		if err := HcsproofFromCRI(data, message); err != nil {
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
	system := &HcsproofOS{Host: p.Host, Made: []string{}}
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
			return reply{calls: system.Calls}, err
		}
	}
	return reply{object{"mkdir": system.Made, "spec": spec}, system.Calls}, nil
}

// HcsproofOperations has what this package answers.
func HcsproofOperations() map[string]func(json.RawMessage) (interface{}, []string, error) {
	all := map[string]func(json.RawMessage) (interface{}, []string, error){}
	for name, run := range operations {
		run := run
		all[name] = func(raw json.RawMessage) (interface{}, []string, error) {
			p := &params{}
			if err := json.Unmarshal(raw, p); err != nil {
				return nil, nil, err
			}
			got, err := run(p)
			return got.ok, got.calls, err
		}
	}
	return all
}
