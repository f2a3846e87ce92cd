//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs in hcsshim 0.10.0-rc.x.
package hcsoci

import (
	"context"

	specs "github.com/opencontainers/runtime-spec/specs-go"

	"github.com/Microsoft/hcsshim/internal/hcs/schema1"
	hcsschema "github.com/Microsoft/hcsshim/internal/hcs/schema2"
	"github.com/Microsoft/hcsshim/internal/oci"
	"github.com/Microsoft/hcsshim/internal/uvm"
)

func init() {
	operations["annotation-bool"] = askBool
	operations["map-named-pipe"] = askPipe
}

// prepare refuses layer ids that cannot be made, for those of this machine never fail, and mounts of disks, which this
// line finds among the virtual machine's.
func prepare(p *params, coi *createOptionsInternal) error {
	if len(p.Options.AdditionalMounts) != 0 {
		return unsupported("additional mounts came with 0.10.0")
	}
	return checkLayerIDs(p, coi.Spec)
}

// complete puts the question's layer ids in place of those of this machine, which the builder asked.
func complete(p *params, v1 *schema1.ContainerConfig, v2 *hcsschema.Container) error {
	for i := range v1.Layers {
		id, err := layerID(p.Host.LayerIDs, v1.Layers[i].Path)
		if err != nil {
			return err
		}
		v1.Layers[i].ID = id
		v2.Storage.Layers[i].Id = id
	}
	return nil
}

// askPipe takes any utility VM: only whether there is one matters.
func askPipe(_ context.Context, p *params) (interface{}, error) {
	var vm *uvm.UtilityVM
	if isGiven(p.HostingSystem) {
		vm = &uvm.UtilityVM{}
	}
	src, dst := uvm.GetContainerPipeMapping(vm, specs.Mount{Source: p.Source, Destination: p.Destination})
	return object{"host_path": src, "container_pipe": dst}, nil
}

func askBool(ctx context.Context, p *params) (interface{}, error) {
	return object{"value": oci.ParseAnnotationsBool(ctx, p.Annotations, p.Annotation, false)}, nil
}
