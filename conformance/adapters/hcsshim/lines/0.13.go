//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs in hcsshim 0.13.0 and later.
package hcsoci

import (
	"context"

	specs "github.com/opencontainers/runtime-spec/specs-go"

	"github.com/Microsoft/hcsshim/internal/hcs/schema1"
	hcsschema "github.com/Microsoft/hcsshim/internal/hcs/schema2"
	"github.com/Microsoft/hcsshim/internal/layers"
	"github.com/Microsoft/hcsshim/internal/oci"
	"github.com/Microsoft/hcsshim/internal/uvm"
)

func init() {
	operations["annotation-bool"] = askBool
	operations["dump-count"] = askDumpCount
	operations["map-named-pipe"] = askPipe
}

// prepare does what allocateWindowsResources did before: layers are mounted and pipes are parsed by then.
func prepare(p *params, coi *createOptionsInternal) error {
	coi.windowsAdditionalMounts = p.Options.AdditionalMounts
	if coi.Spec == nil || coi.Spec.Windows == nil {
		return nil
	}
	for _, mount := range coi.Spec.Mounts {
		if pipe, ok := uvm.ParseNamedPipe(nil, mount); ok {
			coi.namedPipeMounts = append(coi.namedPipeMounts, pipe)
		}
	}
	if coi.Spec.Windows.HyperV != nil {
		return nil
	}
	mounted := &layers.MountedWCOWLayers{}
	if coi.Spec.Root != nil {
		mounted.RootFS = coi.Spec.Root.Path
	}
	folders := coi.Spec.Windows.LayerFolders
	for i := 0; i+1 < len(folders); i++ {
		id, err := layerID(p.Host.LayerIDs, folders[i])
		if err != nil {
			return err
		}
		mounted.MountedLayerPaths = append(mounted.MountedLayerPaths, layers.MountedWCOWLayer{LayerID: id, MountedPath: folders[i]})
	}
	coi.mountedWCOWLayers = mounted
	return nil
}

func complete(*params, *schema1.ContainerConfig, *hcsschema.Container) error {
	return nil
}

// askPipe takes no utility VM: one that is made up has no operating system, and the parser then says no.
func askPipe(_ context.Context, p *params) (interface{}, error) {
	if isGiven(p.HostingSystem) {
		return nil, unsupported("a utility VM cannot be made up from outside of its package")
	}
	pipe, ok := uvm.ParseNamedPipe(nil, specs.Mount{Source: p.Source, Destination: p.Destination})
	if !ok {
		return object{"is_pipe": false}, nil
	}
	return object{"host_path": pipe.HostPath, "container_pipe": pipe.ContainerPath}, nil
}

func askBool(ctx context.Context, p *params) (interface{}, error) {
	return object{"value": oci.ParseAnnotationsBool(ctx, p.Annotations, p.Annotation, false)}, nil
}

func askDumpCount(_ context.Context, p *params) (interface{}, error) {
	count, err := parseDumpCount(p.Annotations)
	return object{"count": count}, err
}
