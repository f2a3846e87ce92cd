//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs in containerd 1.6.x.
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
	return WithWindowsNetworkNamespace(path)
}

// devices has no step: this line does not know them.
func devices(*criContainerConfig) []specOpts {
	return nil
}
