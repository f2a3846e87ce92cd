//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// Makes the CRI plugin an hcsproof testee: whole specs here, the rest in package opts. Belongs in the package server of the
// CRI plugin, with the file of lines/ that fits the tree; see README.md.
package server

import (
	"context"
	"encoding/json"
	"errors"

	imagespec "github.com/opencontainers/image-spec/specs-go/v1"
	runtimespec "github.com/opencontainers/runtime-spec/specs-go"
)

const testeeName = "containerd"

// The name of a question's base spec, which stands for a file of containerd's configuration.
const baseSpec = "base.json"

func init() {
	for name, run := range optionOperations() {
		operations[name] = run
	}
	operations["cri-container-spec"] = askContainer
	operations["cri-sandbox-spec"] = askSandbox
	if updateResources != nil {
		operations["cri-update-resources"] = askUpdate
	}
}

// specParams has the members of the operations on whole specs.
type specParams struct {
	ID                 string
	SandboxID          string  `json:"sandbox_id"`
	ContainerName      *string `json:"container_name"`
	ImageName          string  `json:"image_name"`
	NetworkNamespace   string  `json:"network_namespace"`
	Config             json.RawMessage
	SandboxConfig      json.RawMessage        `json:"sandbox_config"`
	ImageConfig        *imagespec.ImageConfig `json:"image_config"`
	ExtraMounts        json.RawMessage        `json:"extra_mounts"`
	ContainerRoot      string                 `json:"container_root"`
	IgnoreImageVolumes bool                   `json:"ignore_image_volumes"`
	SandboxImage       string                 `json:"sandbox_image"`
	Spec               *runtimespec.Spec
	Resources          json.RawMessage
	Runtime            struct {
		PodAnnotations         []string          `json:"pod_annotations"`
		ContainerAnnotations   []string          `json:"container_annotations"`
		BaseRuntimeSpec        *runtimespec.Spec `json:"base_runtime_spec"`
		BaseRuntimeSpecMissing bool              `json:"base_runtime_spec_missing"`
	}
	Host scriptedHost
}

// paramsOf reads a question; the image's config is never null.
func paramsOf(raw json.RawMessage) (*specParams, error) {
	p := &specParams{ImageConfig: &imagespec.ImageConfig{}}
	return p, json.Unmarshal(raw, p)
}

// runtime is what containerd's configuration says of the runtime.
func (p *specParams) runtime() criRuntime {
	runtime := criRuntime{PodAnnotations: p.Runtime.PodAnnotations, ContainerAnnotations: p.Runtime.ContainerAnnotations}
	if p.Runtime.BaseRuntimeSpec != nil || p.Runtime.BaseRuntimeSpecMissing {
		runtime.BaseRuntimeSpec = baseSpec
	}
	return runtime
}

// plain writes {id} for random names in what is answered.
func plain(answer interface{}) (json.RawMessage, error) {
	data, err := json.Marshal(answer)
	return json.RawMessage(withoutIDs(string(data))), err
}

func askContainer(raw json.RawMessage) (interface{}, []string, error) {
	p, err := paramsOf(raw)
	if err != nil {
		return nil, nil, err
	}
	var config *criContainerConfig
	var sandbox *criSandboxConfig
	var mounts []*criMount
	for message, data := range map[interface{}]json.RawMessage{
		&config: p.Config, &sandbox: p.SandboxConfig, &mounts: p.ExtraMounts,
	} {
		if err := fromCRI(data, message); err != nil {
			return nil, nil, err
		}
	}
	system := &scriptedOS{Host: p.Host, Made: []string{}}
	service := newService(system, p.Runtime.BaseRuntimeSpec)
	if p.ContainerRoot != "" && !p.IgnoreImageVolumes {
		mounts = append(mounts, volumesOf(service, p.ContainerRoot, config, p.ImageConfig)...)
	}
	name := config.GetMetadata().GetName()
	if p.ContainerName != nil {
		name = *p.ContainerName
	}
	spec, err := containerSpecOf(service, p, name, config, sandbox, mounts)
	if err != nil {
		return nil, system.Calls, errors.New(withoutIDs(err.Error()))
	}
	answer := map[string]interface{}{"mkdir": system.Made, "spec": spec}
	if labels := labelsOf(config); len(labels) != 0 {
		answer["snapshot_labels"] = labels
	}
	ok, err := plain(answer)
	return ok, system.Calls, err
}

func askSandbox(raw json.RawMessage) (interface{}, []string, error) {
	p, err := paramsOf(raw)
	if err != nil {
		return nil, nil, err
	}
	var sandbox *criSandboxConfig
	if err := fromCRI(p.SandboxConfig, &sandbox); err != nil {
		return nil, nil, err
	}
	spec, err := sandboxSpecOf(p, sandbox)
	return map[string]interface{}{"spec": spec}, nil, err
}

func askUpdate(raw json.RawMessage) (interface{}, []string, error) {
	p, err := paramsOf(raw)
	if err != nil {
		return nil, nil, err
	}
	var resources *criWindowsResources
	if err := fromCRI(p.Resources, &resources); err != nil {
		return nil, nil, err
	}
	spec, err := updateResources(context.Background(), p.Spec, resources)
	return map[string]interface{}{"spec": spec}, nil, err
}
