//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs in containerd 1.7.x.
package server

import (
	"context"

	imagespec "github.com/opencontainers/image-spec/specs-go/v1"
	runtimespec "github.com/opencontainers/runtime-spec/specs-go"
	runtime "k8s.io/cri-api/pkg/apis/runtime/v1"

	criconfig "github.com/containerd/containerd/pkg/cri/config"
	"github.com/containerd/containerd/pkg/cri/opts"
	"github.com/containerd/containerd/snapshots"
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

func newService(system *scriptedOS, base *runtimespec.Spec) *criService {
	service := &criService{os: system}
	if base != nil {
		service.baseOCISpecs = map[string]*runtimespec.Spec{baseSpec: base}
	}
	return service
}

func volumesOf(service *criService, root string, config *criContainerConfig, image *imagespec.ImageConfig) []*criMount {
	return service.volumeMounts(root, config.GetMounts(), image)
}

func containerSpecOf(service *criService, p *specParams, name string, config *criContainerConfig, sandbox *criSandboxConfig,
	mounts []*criMount) (*runtimespec.Spec, error) {
	return service.containerSpec(p.ID, p.SandboxID, 0, p.NetworkNamespace, name, p.ImageName, config, sandbox, p.ImageConfig,
		mounts, p.runtime())
}

func sandboxSpecOf(p *specParams, sandbox *criSandboxConfig) (*runtimespec.Spec, error) {
	return newService(nil, nil).sandboxContainerSpec(p.ID, sandbox, p.ImageConfig, p.NetworkNamespace, p.Runtime.PodAnnotations)
}

// labelsOf has those that the snapshot of a container gets, with the snapshotter for Windows.
func labelsOf(config *criContainerConfig) map[string]string {
	info := &snapshots.Info{}
	made, _ := snapshotterOpts("windows", config)
	for _, option := range made {
		_ = option(info)
	}
	return info.Labels
}

// updateResources is UpdateContainerResources' change of the spec.
var updateResources = func(ctx context.Context, spec *runtimespec.Spec, resources *criWindowsResources) (*runtimespec.Spec, error) {
	return updateOCIResource(ctx, spec, &runtime.UpdateContainerResourcesRequest{Windows: resources}, criconfig.Config{})
}
