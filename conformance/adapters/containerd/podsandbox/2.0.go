//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs of pods in containerd 2.0.0 to 2.2.x.
package podsandbox

import (
	imagespec "github.com/opencontainers/image-spec/specs-go/v1"
	runtimespec "github.com/opencontainers/runtime-spec/specs-go"
	runtime "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// pinned has the image of the pause container that is configured.
type pinned struct {
	ImageService
	name string
}

func (p pinned) PinnedImage(string) string { return p.name }

// HcsproofSandboxSpec is the spec of a pod's pause container.
func HcsproofSandboxSpec(id string, config *runtime.PodSandboxConfig, image *imagespec.ImageConfig, namespace string,
	annotations []string, pause string) (*runtimespec.Spec, error) {
	controller := &Controller{imageService: pinned{name: pause}}
	return controller.sandboxContainerSpec(id, config, image, namespace, annotations)
}
