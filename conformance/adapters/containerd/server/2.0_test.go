//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs in containerd 2.0.0 and later.
package server

import (
	"context"

	"github.com/containerd/errdefs"
	imagespec "github.com/opencontainers/image-spec/specs-go/v1"
	runtimespec "github.com/opencontainers/runtime-spec/specs-go"
	runtime "k8s.io/cri-api/pkg/apis/runtime/v1"

	"github.com/containerd/containerd/v2/core/snapshots"
	criconfig "github.com/containerd/containerd/v2/internal/cri/config"
	"github.com/containerd/containerd/v2/internal/cri/opts"
	"github.com/containerd/containerd/v2/internal/cri/server/podsandbox"
)

type (
	criContainerConfig  = runtime.ContainerConfig
	criSandboxConfig    = runtime.PodSandboxConfig
	criMount            = runtime.Mount
	criRuntime          = criconfig.Runtime
	criWindowsResources = runtime.WindowsContainerResources
	scriptedHost        = opts.HcsproofHost
	scriptedOS          = opts.HcsproofOS
)

var (
	fromCRI          = opts.HcsproofFromCRI
	withoutIDs       = opts.HcsproofPlain
	optionOperations = opts.HcsproofOperations
)

// windows is the platform of a container.
var windows = imagespec.Platform{OS: "windows", Architecture: "amd64"}

// baseSpecs has a question's base spec for the service.
type baseSpecs struct {
	RuntimeService
	base *runtimespec.Spec
}

func (b baseSpecs) LoadOCISpec(string) (*runtimespec.Spec, error) {
	if b.base == nil {
		return nil, errdefs.ErrNotFound
	}
	return b.base, nil
}

func newService(system *scriptedOS, base *runtimespec.Spec) *criService {
	return &criService{os: system, RuntimeService: baseSpecs{base: base}}
}

func volumesOf(service *criService, root string, config *criContainerConfig, image *imagespec.ImageConfig) []*criMount {
	return service.volumeMounts(windows, root, config, image)
}

func containerSpecOf(service *criService, p *specParams, name string, config *criContainerConfig, sandbox *criSandboxConfig,
	mounts []*criMount) (*runtimespec.Spec, error) {
	return service.buildContainerSpec(windows, p.ID, p.SandboxID, 0, p.NetworkNamespace, name, p.ImageName, config, sandbox,
		p.ImageConfig, mounts, p.runtime(), nil)
}

func sandboxSpecOf(p *specParams, sandbox *criSandboxConfig) (*runtimespec.Spec, error) {
	return podsandbox.HcsproofSandboxSpec(p.ID, sandbox, p.ImageConfig, p.NetworkNamespace, p.Runtime.PodAnnotations, p.SandboxImage)
}

// labelsOf has those that the snapshot of a container gets.
func labelsOf(config *criContainerConfig) map[string]string {
	info := &snapshots.Info{}
	made, _ := snapshotterOpts(config)
	for _, option := range made {
		_ = option(info)
	}
	return info.Labels
}

// updateResources is UpdateContainerResources' change of the spec.
var updateResources = func(ctx context.Context, spec *runtimespec.Spec, resources *criWindowsResources) (*runtimespec.Spec, error) {
	return updateOCIResource(ctx, spec, &runtime.UpdateContainerResourcesRequest{Windows: resources}, criconfig.Config{})
}
