//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs in containerd 1.7.x.
package opts

import (
	runtime "k8s.io/cri-api/pkg/apis/runtime/v1"

	"github.com/containerd/containerd/oci"
	osinterface "github.com/containerd/containerd/pkg/os"
)

type (
	specOpts            = oci.SpecOpts
	systemOS            = osinterface.OS
	criContainerConfig  = runtime.ContainerConfig
	criWindowsConfig    = runtime.WindowsContainerConfig
	criMount            = runtime.Mount
	criWindowsResources = runtime.WindowsContainerResources
)

func withNetworkNamespace(path string) specOpts {
	return oci.WithWindowsNetworkNamespace(path)
}

// devices has the step that comes after the mounts.
func devices(config *criContainerConfig) []specOpts {
	return []specOpts{WithWindowsDevices(config)}
}
