# SPDX-License-Identifier: Apache-2.0
# A minimal testee in PowerShell 7 (pwsh), on Windows and elsewhere: two operations, and "unsupported" for the rest.
#
#     hcsproof run --testee 'pwsh -NoProfile -NonInteractive -File minimal.ps1' --op is-named-pipe --op dump-type
#
# UNTESTED: read over by eye only; no pwsh was to be had where this was written.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$utf8 = [Text.UTF8Encoding]::new($false) # without a byte order mark
$in = [IO.StreamReader]::new([Console]::OpenStandardInput(), $utf8)
$out = [IO.StreamWriter]::new([Console]::OpenStandardOutput(), $utf8)
$out.NewLine = "`n"

$operations = [ordered]@{
    'is-named-pipe' = {
        param($p)
        @{ is_pipe = $p['path'].StartsWith('\\.\pipe\', [StringComparison]::Ordinal) }
    }
    'dump-type' = {
        param($p)
        $name = ''
        if ($p['annotations']) { $name = [string]$p['annotations']['io.microsoft.wcow.processdumptype'] }
        # -ceq: PowerShell's == and switch ignore case unless told otherwise.
        if ($name -ceq '' -or $name -ceq 'full') { @{ type = 2 } }
        elseif ($name -ceq 'mini') { @{ type = 1 } }
        else { throw 'unknown dump type specified, valid values are "mini" or "full"' }
    }
}

while ($null -ne ($line = $in.ReadLine())) {
    $frame = ConvertFrom-Json -InputObject $line -AsHashtable -Depth 100
    if ($frame.ContainsKey('hello')) {
        $reply = @{ hello = @{ protocol = 1; name = 'minimal'; version = '1.0'; language = 'powershell'
                               ops = @($operations.Keys) } }
    }
    elseif (-not $operations.Contains($frame['op'])) {
        $reply = @{ id = $frame['id']; unsupported = "no $($frame['op'])" }
    }
    else {
        try { $reply = @{ id = $frame['id']; ok = & $operations[$frame['op']] $frame['params'] } }
        catch { $reply = @{ id = $frame['id']; error = @{ message = $_.Exception.Message } } }
    }
    $out.WriteLine((ConvertTo-Json -InputObject $reply -Depth 100 -Compress))
    $out.Flush()
}
