//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// What the adapter needs in moby 27.
package daemon

import (
	"bytes"
	"context"

	"github.com/docker/docker/api/types/backend"
	containertypes "github.com/docker/docker/api/types/container"
	"github.com/docker/docker/container"
	"github.com/docker/docker/image"
	"github.com/docker/docker/layer"
	"github.com/docker/docker/pkg/sysinfo"
	"github.com/docker/docker/runconfig"
	volumemounts "github.com/docker/docker/volume/mounts"
)

type (
	daemonImage      = image.Image
	daemonContainer  = container.Container
	mountPoint       = volumemounts.MountPoint
	isolation        = containertypes.Isolation
	imageOptions     = backend.GetImageOpts
	layerOfContainer = layer.RWLayer
)

func newImage(data []byte) (*image.Image, error) { return image.NewFromJSON(data) }

func newView() (*container.ViewDB, error) { return container.NewViewDB() }

func newParser() volumemounts.Parser { return volumemounts.NewParser() }

// request is what a client sends, decoded and checked by the API.
type request struct {
	config *containertypes.Config
	host   *containertypes.HostConfig
}

func decode(body []byte) (*request, error) {
	decoder := runconfig.ContainerDecoder{GetSysInfo: func() *sysinfo.SysInfo { return &sysinfo.SysInfo{} }}
	config, host, _, err := decoder.DecodeConfig(bytes.NewReader(body))
	if err == nil && config == nil {
		err = runconfig.ErrEmptyConfig // as postContainersCreate does
	}
	if host == nil {
		host = &containertypes.HostConfig{}
	}
	return &request{config, host}, err
}

func newContainerOf(daemon *Daemon, q *request, image *image.Image) (*container.Container, error) {
	return daemon.newContainer("hcsproof", image.OperatingSystem(), q.config, q.host, image.ID(), false)
}

// settle registers the mounts and gives the container its settings.
func settle(daemon *Daemon, c *container.Container, q *request) error {
	if err := daemon.setHostConfig(c, q.host, false); err != nil {
		return err
	}
	return daemon.createContainerOSSpecificSettings(context.Background(), c, q.config, q.host)
}
