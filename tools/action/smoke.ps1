# SPDX-License-Identifier: Apache-2.0
<#
.SYNOPSIS
Tries real containers out on this Windows host: hcsrun doctor, then hcsrun smoke, with reports.

.DESCRIPTION
Run it as administrator, from the folder that the zip was unpacked to. Without -Image and -Layers it takes the Nano Server
image of this build of Windows, and pulls it when docker does not have it. Ends with hcsrun's exit status.

.EXAMPLE
.\smoke.ps1

.EXAMPLE
.\smoke.ps1 -Image mcr.microsoft.com/windows/servercore:ltsc2022 -Filter 'mount/*'
#>
param(
  [string]$Programs = (Join-Path $PSScriptRoot 'bin'),
  [string]$Image = '',
  [string[]]$Layers = @(),
  [string]$Filter = '*',
  [string]$Reports = 'hcsrun-reports'
)

$ErrorActionPreference = 'Stop'
$hcsrun = Join-Path $Programs 'hcsrun.exe'

function Get-DefaultImage {
  $tags = @{ 17763 = '1809'; 20348 = 'ltsc2022'; 26100 = 'ltsc2025' }
  $build = [Environment]::OSVersion.Version.Build
  if (-not $tags.ContainsKey($build)) {
    throw "build $build has no image that is known here: give -Image or -Layers"
  }
  "mcr.microsoft.com/windows/nanoserver:$($tags[$build])"
}

& $hcsrun doctor
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

$source = @()
if ($Layers.Count -gt 0) {
  foreach ($layer in $Layers) { $source += '--layers', $layer }
} else {
  if ($Image -eq '') { $Image = Get-DefaultImage }
  Start-Service docker
  if ((docker image ls --quiet $Image).Count -eq 0) {
    docker pull $Image
    if ($LASTEXITCODE -ne 0) { throw "docker could not pull $Image" }
  }
  $source = '--image', $Image
}

New-Item -ItemType Directory -Force $Reports | Out-Null
& $hcsrun smoke @source --filter $Filter `
  --report "junit=$Reports\smoke.xml" --report "tap=$Reports\smoke.tap" --report "html=$Reports\smoke.html"
$status = $LASTEXITCODE

& $hcsrun cleanup
exit $status
