//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// Makes dockerd's own executor of containers an hcsproof testee. Belongs in libcontainerd/local, with the file of lines/
// that fits the tree; see README.md.
package local

import (
	"encoding/base64"
	"encoding/json"
	"runtime"
	"strings"

	"github.com/Microsoft/hcsshim"
	specs "github.com/opencontainers/runtime-spec/specs-go"
	"github.com/sirupsen/logrus"
)

const testeeName = "moby"

func init() {
	operations["oci-to-hcs"] = askDocument
	operations["oci-to-process"] = askProcess
}

// unsupported is what the executor cannot be asked: the answer would depend on this machine.
type unsupported string

func (u unsupported) Error() string { return string(u) }

func (u unsupported) Unsupported() {}

type documentParams struct {
	Spec       json.RawMessage
	SpecBase64 *string `json:"spec_base64"`
	Exec       *specs.Process
	Options    struct{ ID string }
	Host       struct {
		ProcessorCount *int                       `json:"processor_count"`
		OSBuild        *uint32                    `json:"os_build"`
		LayerIDs       map[string]json.RawMessage `json:"layer_ids"`
		Files          map[string]json.RawMessage
		UVMFolder      json.RawMessage `json:"uvm_folder"`
	}
}

func (p *documentParams) spec() (*specs.Spec, error) {
	data := []byte(p.Spec)
	if p.SpecBase64 != nil {
		decoded, err := base64.StdEncoding.DecodeString(*p.SpecBase64)
		if err != nil {
			return nil, err
		}
		data = decoded
	}
	var spec *specs.Spec
	return spec, json.Unmarshal(data, &spec)
}

// check says what the builder would ask of this machine and not of the question.
func (p *documentParams) check(spec *specs.Spec) error {
	if spec == nil || spec.Windows == nil {
		return nil
	}
	resources := spec.Windows.Resources
	if resources != nil && resources.CPU != nil && resources.CPU.Count != nil {
		count, here, there := *resources.CPU.Count, runtime.NumCPU(), 4
		if p.Host.ProcessorCount != nil {
			there = *p.Host.ProcessorCount
		}
		if here != there && (count > uint64(here) || count > uint64(there)) {
			return unsupported("the processors of this machine are counted")
		}
	}
	if spec.Windows.HyperV != nil {
		given := len(p.Host.UVMFolder) > 0 && string(p.Host.UVMFolder) != "null"
		for file := range p.Host.Files {
			given = given || strings.HasSuffix(file, "UtilityVM")
		}
		if given {
			return unsupported("the folder of a utility VM is looked for on this machine")
		}
	}
	build := uint32(20348)
	if p.Host.OSBuild != nil {
		build = *p.Host.OSBuild
	}
	if err := checkBuild(build, spec); err != nil {
		return err
	}
	_, err := p.layerIDs(spec)
	return err
}

// layerIDs are the ids of a question's layers, as hcsshim prints them.
func (p *documentParams) layerIDs(spec *specs.Spec) ([]string, error) {
	ids := []string{}
	folders := spec.Windows.LayerFolders
	for i := 0; i+1 < len(folders); i++ {
		value, found := p.Host.LayerIDs[folders[i]]
		if !found {
			value, found = p.Host.LayerIDs[folders[i][strings.LastIndexAny(folders[i], `\/`)+1:]]
		}
		var id string
		if !found || json.Unmarshal(value, &id) != nil {
			return nil, unsupported("the layer ids of this machine do not fail")
		}
		ids = append(ids, strings.ToLower(id))
	}
	return ids, nil
}

// complete puts the question's layer ids in place of those of the machine, which are zeroes.
func (p *documentParams) complete(document string, spec *specs.Spec) (json.RawMessage, error) {
	ids, err := p.layerIDs(spec)
	for _, id := range ids {
		document = strings.Replace(document, `"ID":"00000000-0000-0000-0000-000000000000"`, `"ID":"`+id+`"`, 1)
	}
	return json.RawMessage(document), err
}

func newClient() *client {
	return &client{logger: logrus.NewEntry(logrus.StandardLogger())}
}

func askDocument(raw json.RawMessage) (interface{}, []string, error) {
	p := &documentParams{}
	if err := json.Unmarshal(raw, p); err != nil {
		return nil, nil, err
	}
	spec, err := p.spec()
	if err != nil {
		return nil, nil, err
	}
	if err := p.check(spec); err != nil {
		return nil, nil, err
	}
	taken := ""
	hcsshim.HcsproofAnswer(func(document string) { taken = document })
	err = create(newClient(), p.Options.ID, spec)
	if taken == "" {
		return nil, nil, err
	}
	document, err := p.complete(taken, spec)
	return map[string]interface{}{"v1": document}, nil, err
}

// thrown is the document of a process, on its way out of what asked for it.
type thrown struct{ document *hcsshim.ProcessConfig }

// host takes the document that a process is to be made of. Its other methods are not called.
type host struct{ hcsshim.Container }

func (host) CreateProcess(document *hcsshim.ProcessConfig) (hcsshim.Process, error) {
	panic(thrown{document})
}

func askProcess(raw json.RawMessage) (ok interface{}, calls []string, err error) {
	p := &documentParams{}
	if err := json.Unmarshal(raw, p); err != nil {
		return nil, nil, err
	}
	spec, err := p.spec()
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		switch found := recover().(type) {
		case nil:
		case thrown:
			ok, err = map[string]interface{}{"process": found.document}, nil
		default:
			panic(found)
		}
	}()
	return nil, nil, start(newClient(), spec, p.Exec)
}
