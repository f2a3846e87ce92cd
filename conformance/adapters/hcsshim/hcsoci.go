//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// The operations that functions of this package answer, most of them not exported. Belongs in internal/hcsoci, with one of
// the files of lines/ beside it; see README.md.
package hcsoci

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"strings"

	specs "github.com/opencontainers/runtime-spec/specs-go"

	hcsschema "github.com/Microsoft/hcsshim/internal/hcs/schema2"
	"github.com/Microsoft/hcsshim/internal/oci"
	"github.com/Microsoft/hcsshim/internal/uvm"
	"github.com/Microsoft/hcsshim/internal/winapi"
	"github.com/Microsoft/hcsshim/osversion"
)

// Its constant was renamed between versions.
const deviceExtensions = "io.microsoft.container.wcow.deviceextensions"

// unsupported is what these functions cannot be asked: the answer would depend on this machine.
type unsupported string

func (u unsupported) Error() string { return string(u) }

// Unsupported tells it from an error of hcsshim.
func (u unsupported) Unsupported() {}

type object = map[string]interface{}

// params has the members of all operations.
type params struct {
	Path          string
	Parts         []string
	Source        string
	Destination   string
	Requested     int32
	MaxCPUCount   int32 `json:"max_cpu_count"`
	Cid           string
	Annotation    string
	Annotations   map[string]string
	Devices       []specs.WindowsDevice
	Schema        json.RawMessage
	HostingSystem json.RawMessage `json:"hosting_system"`
	Spec          json.RawMessage
	SpecBase64    *string `json:"spec_base64"`
	Options       options
	Host          host
}

type options struct {
	ID               string
	Owner            string
	ActualID         *string `json:"actual_id"`
	ActualOwner      *string `json:"actual_owner"`
	NetworkNamespace string  `json:"network_namespace"`
	Schema           json.RawMessage
	CcgState         *hcsschema.ContainerCredentialGuardState `json:"ccg_state"`
	AdditionalMounts []hcsschema.MappedDirectory              `json:"additional_mounts"`
	HostingSystem    json.RawMessage                          `json:"hosting_system"`
	WantSpec         bool                                     `json:"want_spec"`
}

type host struct {
	HcsproofMachine
	LayerIDs map[string]json.RawMessage `json:"layer_ids"`
	Files    map[string]json.RawMessage
}

// HcsproofMachine is what a question's host says of the machine.
type HcsproofMachine struct {
	ProcessorCount *int32  `json:"processor_count"`
	OSBuild        *uint32 `json:"os_build"`
}

// Use makes it this machine, with the values that the protocol gives to one that says nothing.
func (m HcsproofMachine) Use() {
	winapi.HcsproofProcessors = 4
	if m.ProcessorCount != nil {
		winapi.HcsproofProcessors = *m.ProcessorCount
	}
	osversion.HcsproofBuild(m.Build())
}

// Build is cut to 16 bits, as hcsshim holds it.
func (m HcsproofMachine) Build() uint16 {
	if m.OSBuild == nil {
		return 20348
	}
	return uint16(*m.OSBuild)
}

// The annotations that are asked for alone: their constants were renamed between releases.
const (
	memoryAnnotation         = "io.microsoft.container.memory.sizeinmb"
	processorCountAnnotation = "io.microsoft.container.processor.count"
	storageBpsAnnotation     = "io.microsoft.container.storage.qos.bandwidthmaximum"
	storageIopsAnnotation    = "io.microsoft.container.storage.qos.iopsmaximum"
)

// operations has those of all releases; init of the file of the line adds its own.
var operations = map[string]func(context.Context, *params) (interface{}, error){
	"assigned-devices": askDevices,
	"check-mounts": func(ctx context.Context, p *params) (interface{}, error) {
		spec, err := p.spec()
		if err != nil {
			return nil, err
		}
		coi := &createOptionsInternal{CreateOptions: &CreateOptions{Spec: spec}}
		return object{"ok": true}, setupMounts(ctx, coi, nil)
	},
	"clean-path": func(_ context.Context, p *params) (interface{}, error) {
		return object{"path": filepath.Clean(p.Path)}, nil
	},
	"cpu-limits": func(ctx context.Context, p *params) (interface{}, error) {
		spec, err := p.spec()
		if err != nil {
			return nil, err
		}
		count, limit, weight, err := ConvertCPULimits(ctx, p.Cid, spec, p.MaxCPUCount)
		return object{"count": count, "limit": limit, "weight": weight}, err
	},
	"dump-type": func(_ context.Context, p *params) (interface{}, error) {
		dumpType, err := parseDumpType(p.Annotations)
		return object{"type": dumpType}, err
	},
	"is-named-pipe": func(_ context.Context, p *params) (interface{}, error) {
		return object{"is_pipe": uvm.IsPipe(p.Path)}, nil
	},
	"join-path": func(_ context.Context, p *params) (interface{}, error) {
		return object{"path": filepath.Join(p.Parts...)}, nil
	},
	"memory-limit": func(ctx context.Context, p *params) (interface{}, error) {
		spec, err := p.spec()
		if err != nil {
			return nil, err
		}
		return object{"mb": oci.ParseAnnotationsMemory(ctx, spec, memoryAnnotation, 0)}, nil
	},
	"normalize-processor-count": func(ctx context.Context, p *params) (interface{}, error) {
		return object{"count": NormalizeProcessorCount(ctx, p.Cid, p.Requested, p.MaxCPUCount)}, nil
	},
	"oci-to-hcs": askDocuments,
	"sandbox-mount-path": func(_ context.Context, p *params) (interface{}, error) {
		return object{"path": convertToWCOWSandboxMountPath(p.Path)}, nil
	},
	"split-path": func(_ context.Context, p *params) (interface{}, error) {
		dir, file := filepath.Split(p.Path)
		return object{"base": filepath.Base(p.Path), "dir": filepath.Dir(p.Path), "is_abs": filepath.IsAbs(p.Path), "split_dir": dir,
			"split_file": file, "volume": filepath.VolumeName(p.Path)}, nil
	},
	"storage-limits": func(ctx context.Context, p *params) (interface{}, error) {
		spec, err := p.spec()
		if err != nil {
			return nil, err
		}
		bps := oci.ParseAnnotationsStorageBps(ctx, spec, storageBpsAnnotation, 0)
		iops := oci.ParseAnnotationsStorageIops(ctx, spec, storageIopsAnnotation, 0)
		return object{"bps": bps, "iops": iops}, nil
	},
}

func isGiven(value json.RawMessage) bool {
	return len(value) > 0 && string(value) != "null"
}

func (p *params) spec() (*specs.Spec, error) {
	data := []byte(p.Spec)
	if p.SpecBase64 != nil {
		decoded, err := base64.StdEncoding.DecodeString(*p.SpecBase64)
		if err != nil {
			return nil, err
		}
		data = decoded
	} else if !isGiven(p.Spec) {
		return nil, nil
	}
	spec := &specs.Spec{}
	return spec, json.Unmarshal(data, spec)
}

func schemaOf(value json.RawMessage) (*hcsschema.Version, error) {
	if !isGiven(value) {
		return &hcsschema.Version{}, nil
	}
	switch string(value) {
	case `"v1"`:
		return &hcsschema.Version{Major: 1}, nil
	case `"v2"`:
		return &hcsschema.Version{Major: 2, Minor: 1}, nil
	}
	version := &hcsschema.Version{}
	return version, json.Unmarshal(value, version)
}

func askDevices(ctx context.Context, p *params) (interface{}, error) {
	version, err := schemaOf(p.Schema)
	if err != nil {
		return nil, err
	}
	coi := &createOptionsInternal{
		CreateOptions:       &CreateOptions{Spec: &specs.Spec{Windows: &specs.Windows{Devices: p.Devices}}},
		actualSchemaVersion: version,
	}
	document := &hcsschema.Container{}
	err = parseAssignedDevices(ctx, coi, document)
	return object{"devices": document.AssignedDevices}, err
}

func askDocuments(ctx context.Context, p *params) (interface{}, error) {
	spec, err := p.spec()
	if err != nil {
		return nil, err
	}
	if err := canBuild(p, spec); err != nil {
		return nil, err
	}
	version, err := schemaOf(p.Options.Schema)
	if err != nil {
		return nil, err
	}
	coi := &createOptionsInternal{
		CreateOptions:          &CreateOptions{ID: p.Options.ID, Owner: p.Options.Owner, Spec: spec},
		actualSchemaVersion:    version,
		actualID:               firstOf(p.Options.ActualID, p.Options.ID),
		actualOwner:            firstOf(p.Options.ActualOwner, p.Options.Owner),
		actualNetworkNamespace: p.Options.NetworkNamespace,
		ccgState:               p.Options.CcgState,
	}
	if err := prepare(p, coi); err != nil {
		return nil, err
	}
	v1, v2, err := createWindowsContainerDocument(ctx, coi)
	if err != nil {
		return nil, err
	}
	if err := complete(p, v1, v2); err != nil {
		return nil, err
	}
	answer := object{"v1": v1, "v2": v2}
	if p.Options.WantSpec {
		answer["spec"] = coi.Spec
	}
	return answer, nil
}

func firstOf(value *string, other string) string {
	if value != nil {
		return *value
	}
	return other
}

// canBuild says what the document builder would ask of this machine and not of the question.
func canBuild(p *params, spec *specs.Spec) error {
	if isGiven(p.Options.HostingSystem) {
		return unsupported("a utility VM cannot be made up from outside of its package")
	}
	for file := range p.Host.Files {
		if strings.HasSuffix(file, ".cim") {
			return unsupported("a CIM is mounted on this machine")
		}
	}
	if spec == nil || spec.Windows == nil {
		return nil
	}
	if _, found := spec.Annotations[deviceExtensions]; found {
		return unsupported("device extensions are read from this machine")
	}
	for _, mount := range spec.Mounts {
		if !uvm.IsPipe(mount.Source) {
			return unsupported("mount sources are resolved on this machine")
		}
	}
	return nil
}

// layerID is the question's own id for a layer folder, as hcsshim prints it: the cases have made-up ones.
func layerID(ids map[string]json.RawMessage, path string) (string, error) {
	value, found := ids[path]
	if !found {
		value, found = ids[path[strings.LastIndexAny(path, `\/`)+1:]]
	}
	var id string
	if !found || json.Unmarshal(value, &id) != nil {
		return "", unsupported("the layer ids of this machine do not fail")
	}
	return strings.ToLower(id), nil
}

// checkLayerIDs says what a question's layers cannot be asked for.
func checkLayerIDs(p *params, spec *specs.Spec) error {
	if spec == nil || spec.Windows == nil {
		return nil
	}
	folders := spec.Windows.LayerFolders
	for i := 0; i+1 < len(folders); i++ {
		if _, err := layerID(p.Host.LayerIDs, folders[i]); err != nil {
			return err
		}
	}
	return nil
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
			p.Host.Use()
			ok, err := run(context.Background(), p)
			return ok, nil, err
		}
	}
	return all
}
