//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs of pods in containerd 2.3.0 and later.
package podsandbox

import (
	imagespec "github.com/opencontainers/image-spec/specs-go/v1"
	runtimespec "github.com/opencontainers/runtime-spec/specs-go"
	runtime "k8s.io/cri-api/pkg/apis/runtime/v1"

	criconfig "github.com/containerd/containerd/v2/internal/cri/config"
)

// HcsproofSandboxSpec is the spec of a pod's pause container.
func HcsproofSandboxSpec(id string, config *runtime.PodSandboxConfig, image *imagespec.ImageConfig, namespace string,
	annotations []string, pause string) (*runtimespec.Spec, error) {
	controller := &Controller{imageConfig: criconfig.ImageConfig{PinnedImages: map[string]string{"sandbox": pause}}}
	return controller.sandboxContainerSpec(id, config, image, namespace, annotations)
}
